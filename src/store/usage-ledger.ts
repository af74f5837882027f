/**
 * What each guild used: counted in memory, so that limits hold also while nothing can be written, and put into the store from
 * time to time. What a failed write could not save is kept for the next one.
 */
import type { Clock, Timer } from '../types/clock.ts';
import type { TurnUsage } from '../types/live.ts';
import type { Log } from '../types/log.ts';
import { utcDay } from './limits.ts';
import type { Store, Usage, UsageQuery, UsageReport } from './store.ts';
import { tokenCounts } from './token-counts.ts';
import { addReports, addUsages, createUsageTally } from './usage-tally.ts';

/** What a `kill -9` may forget; a write takes well under a millisecond. */
const SAVE_EVERY_MS = 15_000;

/** Who uses tokens, and of which model. */
export interface TokenUser {
  readonly guildId: string;
  readonly roomId: string;
  readonly model: string;
}

export interface UsageLedger {
  /** All of the guild's use of the present UTC day. */
  today(guildId: string): Promise<Usage>;
  /** Saved or not yet. With a read-only store: what was counted today. */
  report(guildId: string, query: UsageQuery): Promise<UsageReport>;
  /** Counts time of an open voice room, ms. */
  addVoice(guildId: string, voiceMs: number): void;
  /** Counts the tokens of a turn. */
  addTurn(user: TokenUser, usage: TurnUsage): void;
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

export function createUsageLedger({ store, clock, now, log }: UsageLedgerOptions): UsageLedger {
  /** Not saved yet. Bounded by the guilds and rooms that used the bot since the last save that succeeded. */
  let unsaved = createUsageTally();
  /** Being saved: neither in the store for sure nor in `unsaved`. */
  let saving = createUsageTally();
  let timer: Timer | null = null;
  let inFlight: Promise<void> = Promise.resolve();
  let closed = false;

  const saveNow = async (): Promise<void> => {
    if (unsaved.isEmpty || store.readOnly) return;
    saving = unsaved;
    unsaved = createUsageTally();
    try {
      await store.addUsage(saving.usage, saving.tokens);
    } catch (error) {
      unsaved.add(saving.usage, saving.tokens);
      log.warn({ err: error }, 'usage could not be saved; it is kept and tried again');
    } finally {
      saving = createUsageTally();
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
        if (!unsaved.isEmpty) schedule();
      });
    });
  };

  const add = (...use: Parameters<typeof unsaved.add>): void => {
    // Without a place to save to, only the present day is of use.
    if (store.readOnly) unsaved.forgetOtherDays(utcDay(now()));
    unsaved.add(...use);
    schedule();
  };

  return {
    // Here and below: taken before the store is asked, so that a save in between may count twice for a moment, but never not at all.
    async today(guildId) {
      const day = utcDay(now());
      const pending = addUsages(unsaved.ofDay(guildId, day), saving.ofDay(guildId, day));
      return addUsages(await store.usage(guildId, day), pending);
    },
    async report(guildId, query) {
      const pending = addReports(unsaved.report(guildId, query), saving.report(guildId, query));
      return addReports(await store.usageReport(guildId, query), pending);
    },
    addVoice: (guildId, voiceMs) => add([{ guildId, day: utcDay(now()), voiceMs, tokens: 0 }], []),
    addTurn({ guildId, roomId, model }, usage) {
      const day = utcDay(now());
      const counts = tokenCounts(model, usage).map((count) => ({ ...count, guildId, day, roomId }));
      add([{ guildId, day, voiceMs: 0, tokens: usage.totalTokens }], counts);
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
