/**
 * What each guild used today: counted in memory, so that limits hold also while nothing can be written, and put into the store
 * from time to time. What a failed write could not save is kept for the next one.
 */
import type { Clock, Timer } from '../types/clock.ts';
import type { Log } from '../types/log.ts';
import { utcDay } from './limits.ts';
import type { Store, Usage, UsageEntry } from './store.ts';

/** What a `kill -9` may forget; a write takes well under a millisecond. */
const SAVE_EVERY_MS = 15_000;

export interface UsageLedger {
  /** All of the guild's use of the present UTC day. */
  today(guildId: string): Promise<Usage>;
  add(guildId: string, use: Partial<Usage>): void;
  /** Saves what is not saved yet. Never throws: what cannot be saved stays for the next time. */
  save(): Promise<void>;
  /** Saves a last time. */
  close(): Promise<void>;
}

export interface UsageLedgerOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

const NOTHING: Usage = { voiceMs: 0, tokens: 0 };

export function createUsageLedger({ store, clock, now, log }: UsageLedgerOptions): UsageLedger {
  /** Not saved yet, by guild and day. Bounded by the guilds that used the bot since the last save that succeeded. */
  let unsaved = new Map<string, UsageEntry>();
  /** Being saved: neither in the store for sure nor in `unsaved`. */
  let saving: readonly UsageEntry[] = [];
  let timer: Timer | null = null;
  let inFlight: Promise<void> = Promise.resolve();
  let closed = false;

  const add = (guildId: string, day: string, use: Partial<Usage>): void => {
    if (store.readOnly) forgetOtherDays(unsaved, day);
    const key = `${guildId} ${day}`;
    unsaved.set(key, { guildId, day, ...sum(unsaved.get(key) ?? NOTHING, { ...NOTHING, ...use }) });
  };

  const saveNow = async (): Promise<void> => {
    if (unsaved.size === 0 || store.readOnly) return;
    saving = [...unsaved.values()];
    unsaved = new Map();
    try {
      await store.addUsage(saving);
    } catch (error) {
      for (const { guildId, day, ...use } of saving) add(guildId, day, use);
      log.warn({ err: error }, 'usage could not be saved; it is kept and tried again');
    } finally {
      saving = [];
    }
  };

  const save = (): Promise<void> => {
    inFlight = inFlight.then(saveNow);
    return inFlight;
  };

  const schedule = (): void => {
    if (closed || store.readOnly || timer !== null) return;
    timer = clock.after(SAVE_EVERY_MS, () => {
      timer = null;
      void save().then(() => {
        if (unsaved.size > 0) schedule();
      });
    });
  };

  return {
    async today(guildId) {
      const day = utcDay(now());
      // Taken before the store is asked: a save in between may count twice for a moment, but never not at all.
      const pending = [
        unsaved.get(`${guildId} ${day}`),
        ...saving.filter((e) => e.guildId === guildId && e.day === day),
      ];
      const stored = await store.usage(guildId, day);
      return pending.reduce<Usage>((total, entry) => sum(total, entry ?? NOTHING), stored);
    },
    add(guildId, use) {
      add(guildId, utcDay(now()), use);
      schedule();
    },
    save,
    async close() {
      closed = true;
      timer?.cancel();
      timer = null;
      await save();
    },
  };
}

/** Without a place to save to, only the present day is of use. */
function forgetOtherDays(entries: Map<string, UsageEntry>, day: string): void {
  for (const [key, entry] of entries) if (entry.day !== day) entries.delete(key);
}

function sum(one: Usage, other: Usage): Usage {
  return { voiceMs: one.voiceMs + other.voiceMs, tokens: one.tokens + other.tokens };
}
