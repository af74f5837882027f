/**
 * Does something about a service that says nothing; `silence-watch.ts` says when, and what.
 */
import type { ModelProfile } from '../catalogue/models.ts';
import type { Count, Log } from '../types/log.ts';
import { nudgeMessage } from './client-messages.ts';
import type { Ledger } from './ledger.ts';
import type { Line } from './line.ts';
import type { Replies } from './replies.ts';
import { remedyFor, watchDeadline } from './silence-watch.ts';

export interface SilenceBreakerOptions {
  readonly profile: ModelProfile;
  readonly line: Line;
  readonly ledger: Ledger;
  readonly replies: Replies;
  readonly count: Count;
  readonly log: Log;
  /** The connection is deaf. */
  deaf(): void;
}

export interface SilenceBreaker {
  /** When to check again, ms; null: nothing is waited for. */
  readonly deadline: number | null;
  check(now: number): void;
}

export function createSilenceBreaker(options: SilenceBreakerOptions): SilenceBreaker {
  const { profile, line, ledger, replies, count, log } = options;
  const isDue = (now: number): boolean => {
    const due = watchDeadline(replies.watch);
    return due !== null && now >= due;
  };
  return {
    get deadline() {
      return watchDeadline(replies.watch);
    },
    check(now) {
      if (!isDue(now)) return;
      const remedy = remedyFor(replies.watch, profile.clientContentMidSession, ledger.unanswered);
      count(`live_silence_${remedy.toLowerCase()}_total`);
      log.warn({ remedy }, 'the Live service is silent');
      switch (remedy) {
        case 'nudge':
          line.send(nudgeMessage(), 'control');
          return replies.nudged();
        case 'reconnect':
          return options.deaf();
        case 'endTurn':
          return replies.endTurn();
        case 'forget':
          ledger.answered();
          return replies.spokenOver();
      }
    },
  };
}
