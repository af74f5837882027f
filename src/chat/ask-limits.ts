/**
 * How much one member may ask on one server, and how often they are told that something cannot be done.
 */
import type { Clock } from '../types/clock.ts';

const MINUTE_MS = 60_000;
export const QUESTIONS_A_MINUTE = 10;

export interface AskLimits {
  /** Counts a question. Null: it may be asked; else how long until the next one may be, ms. */
  take(guildId: string, memberId: string): number | null;
  /** Whether a member is to be told now why a message of theirs is not answered: once a minute. */
  mayTell(guildId: string, memberId: string): boolean;
}

export function createAskLimits(clock: Clock): AskLimits {
  const asked = createRecent(clock);
  const told = createRecent(clock);
  return {
    take(guildId, memberId) {
      const key = `${guildId} ${memberId}`;
      const times = asked.of(key);
      const [oldest] = times;
      if (oldest !== undefined && times.length >= QUESTIONS_A_MINUTE) return oldest + MINUTE_MS - clock.now();
      asked.add(key);
      return null;
    },
    mayTell(guildId, memberId) {
      const key = `${guildId} ${memberId}`;
      if (told.of(key).length > 0) return false;
      told.add(key);
      return true;
    },
  };
}

/** When something happened within the last minute, by key, oldest first. */
function createRecent(clock: Clock) {
  /** The key that happened last is the last one. */
  const times = new Map<string, readonly number[]>();
  const recent = (key: string): readonly number[] =>
    (times.get(key) ?? []).filter((at) => clock.now() - at < MINUTE_MS);

  /** Whoever has not asked for a minute is forgotten. */
  const forgetOld = (): void => {
    for (const [key, all] of times) {
      if (clock.now() - (all.at(-1) ?? 0) < MINUTE_MS) return;
      times.delete(key);
    }
  };

  return {
    of: recent,
    add(key: string): void {
      const now = [...recent(key), clock.now()];
      times.delete(key);
      times.set(key, now);
      forgetOld();
    },
  };
}
