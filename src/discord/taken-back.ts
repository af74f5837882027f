/**
 * What is taken back of settings that the Live service does not take. Pure.
 */
import type { SettingsChange } from '../store/store.ts';
import type { RoomSettings } from '../types/settings.ts';

/** A change that is not in force yet, the oldest first where there are several. */
export interface PendingChange {
  readonly before: RoomSettings;
  readonly change: SettingsChange;
}

/**
 * Those that may be meant: the service saw all of them at once. Where it names a setting, only who changed that one.
 *
 * @param setting as `live/refused-setting.ts` names it
 */
export function blamed<Pending extends PendingChange>(
  pending: readonly Pending[],
  setting: string | number | undefined,
): readonly Pending[] {
  const named = pending.filter(({ change }) => typeof setting === 'string' && setting in change);
  return named.length > 0 ? named : pending;
}

/** What brings back how it was before them, but for what somebody has set again since. */
export function takenBack(refused: readonly PendingChange[], now: RoomSettings): SettingsChange {
  let undone: SettingsChange = {};
  // The newest first: what it replaced may be an older one's.
  for (const it of refused.toReversed()) undone = merged(undone, inverse(it, { ...now, ...merged(now, undone) }));
  return undone;
}

function merged(before: SettingsChange, change: SettingsChange): SettingsChange {
  const tools = { ...before.tools, ...change.tools };
  return { ...before, ...change, ...(Object.keys(tools).length > 0 && { tools }) };
}

function inverse({ before, change }: PendingChange, now: RoomSettings): SettingsChange {
  const { tools = {}, ...others } = change;
  const fields = Object.entries(others) as [keyof typeof others, unknown][];
  const undone = fields.flatMap(([name, value]) => (now[name] === value ? [[name, before[name]] as const] : []));
  const tooled = Object.entries(tools)
    .filter(([name, on]) => now.tools[name] === on)
    .map(([name, on]) => [name, before.tools[name] ?? !on] as const);
  return {
    ...Object.fromEntries(undone),
    ...(tooled.length > 0 && { tools: Object.fromEntries(tooled) }),
  };
}
