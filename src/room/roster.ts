/**
 * Who is in the room's channel, and who of them may be heard.
 */
import type { RosterEntry } from '../types/settings.ts';

export interface Roster {
  /** Takes the whole list anew. Returns the ids that are not heard any more. */
  replace(entries: readonly RosterEntry[]): readonly string[];
  /** People who have not opted out. Bots are never heard: two of them would talk to each other for ever. */
  audible(): ReadonlySet<string>;
  nameOf(speakerId: string): string;
}

export function createRoster(initial: readonly RosterEntry[], selfId: string): Roster {
  let entries = new Map(initial.map((entry) => [entry.id, entry] as const));

  const audible = (): Set<string> =>
    new Set([...entries.values()].filter((it) => !it.bot && !it.optedOut && it.id !== selfId).map((it) => it.id));

  return {
    replace(next) {
      const before = audible();
      entries = new Map(next.map((entry) => [entry.id, entry] as const));
      const now = audible();
      return [...before].filter((id) => !now.has(id));
    },
    audible,
    nameOf: (speakerId) => entries.get(speakerId)?.name ?? 'somebody',
  };
}
