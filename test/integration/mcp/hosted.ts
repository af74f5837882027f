import { join } from 'node:path';
import { parseMcpConfig } from '../../../src/config/mcp-config.ts';
import type { Tool } from '../../../src/tools/define-tool.ts';
import type { GuildActions } from '../../../src/tools/guild-actions.ts';
import { createMcpHost } from '../../../src/tools/mcp/mcp-host.ts';
import { type Clock, systemClock } from '../../../src/types/clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

export const EVERYTHING = join(
  import.meta.dirname,
  '../../../node_modules/@modelcontextprotocol/server-everything/dist/index.js',
);
const PROBE = join(import.meta.dirname, 'probe-server.ts');

/** An entry of an `mcp.json` for the probe. */
export function probe(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  return { command: process.execPath, args: [PROBE, ...args], env };
}

/** A host of the servers of an `mcp.json`, tried again at once. */
export async function startHost(mcpServers: Readonly<Record<string, unknown>>, clock: Clock = systemClock) {
  const parsed = parseMcpConfig(JSON.stringify({ mcpServers }), join(import.meta.dirname, 'mcp.json'), process.env);
  if ('problems' in parsed) throw new Error(parsed.problems.join('\n'));
  const log = createRecordingLog();
  const host = createMcpHost({ servers: parsed.servers, clock, random: () => 0, log, count: () => undefined });
  host.start();

  const tool = (name: string): Tool => {
    const found = host.tools().find((it) => it.name === name);
    if (found === undefined) throw new Error(`there is no ${name}: ${host.tools().map((it) => it.name)}`);
    return found;
  };
  const call = (name: string, args: Readonly<Record<string, unknown>> = {}, signal = new AbortController().signal) =>
    tool(name).run(args, { signal, guild: {} as GuildActions, actorIds: [] });
  return {
    host,
    log,
    tool,
    call,
    /** What a tool of the probe tells. */
    ask: async (name: string): Promise<unknown> => JSON.parse(String(await call(name))),
    [Symbol.asyncDispose]: () => host.close(),
  };
}

/** Whether there is such a process; one that has ended and waits to be taken note of is none. */
export async function isAlive(pid: number): Promise<boolean> {
  const { readFile } = await import('node:fs/promises');
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return status !== null && !/\) Z /.test(status);
}
