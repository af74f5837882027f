/**
 * Why a call is not carried out, in words for the model: it passes them on, so they say what would help.
 */
import type { ToolPermission, ToolTrouble } from './define-tool.ts';

export function unknownTool(name: string): string {
  return `there is no tool called ${JSON.stringify(name.slice(0, 100))}`;
}

export const SWITCHED_OFF =
  'this tool is switched off on this server; who manages the server can switch it on with /tools enable';
export const TOO_MANY_CALLS = 'too many calls are running already; try again when they are done';
export const NOT_CHECKED = 'it could not be looked up who may use this; nothing was done';
export const TOO_LATE = 'it took too long and was given up';
export const CANCELLED = 'cancelled';
export const NOT_ALLOWED = 'the members did not allow it';
export const NOBODY_TO_ASK = 'it needs a confirmation, and there is no channel to ask for it in';
export const NOBODY_ASKED = 'it needs a confirmation, and it cannot be told who asked for it';

export function troubleWords(trouble: ToolTrouble): string {
  if (trouble.why === 'schema')
    return 'what it takes is described in a way that cannot be checked, so it is never called';
  const { server, retryInMs } = trouble;
  const next = retryInMs === null ? 'it will not come back by itself' : `the next try is in ${seconds(retryInMs)} s`;
  return `the server ${server} that it belongs to is not running; ${next}`;
}

export function badArguments(problem: string): string {
  return `the arguments do not fit: ${problem}`;
}

/** @param known whether it is known who asked */
export function lacksPermission(permission: ToolPermission, known: boolean): string {
  const name = permission.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').replace('Guild', 'Server');
  return known
    ? `it needs the permission ${name}, which not everybody who spoke has`
    : `it needs the permission ${name}, and it cannot be told who asked`;
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
