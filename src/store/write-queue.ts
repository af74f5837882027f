/**
 * One write after the other, each whole or not at all. While another process holds the file locked, they wait here and not in
 * SQLite, which would hold up the event loop: only the first in the row tries, so that many that wait cost no more than one.
 */
import { ParleyError } from '../errors.ts';
import type { Clock, Timer } from '../types/clock.ts';
import type { OpenDatabase } from './open-database.ts';
import { sqliteFault } from './sqlite-error.ts';

/** Pauses between tries while the file stays locked, ms; the last one repeats. A try itself blocks for up to 50 ms. */
const RETRY_DELAYS_MS = [50, 150, 400] as const;

/** Longer than a backup or a person with `sqlite3` usually takes, and short enough for a command's answer. */
const PATIENCE_MS = 2_000;

export interface WriteQueue {
  /**
   * Does `change` in a transaction, in the order of the calls.
   *
   * @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed
   */
  write<T>(change: () => T): Promise<T>;
  /** What still waits fails. */
  close(): void;
}

interface Waiting {
  readonly attempt: () => void;
  readonly fail: (cause: unknown) => void;
  readonly givesUpAt: number;
}

export function createWriteQueue({ database, readOnly }: OpenDatabase, clock: Clock): WriteQueue {
  let waiting: readonly Waiting[] = [];
  let refusals = 0;
  let timer: Timer | null = null;

  const transaction = <T>(change: () => T): T => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = change();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };

  /** Everybody waits for the same lock: whose time is over has no better chance than the one that tried. */
  const waitOn = (cause: unknown): void => {
    const over = waiting.filter(({ givesUpAt }) => givesUpAt <= clock.now());
    waiting = waiting.filter((it) => !over.includes(it));
    for (const { fail } of over) fail(cause);
    if (waiting.length === 0) return;
    timer = clock.after(RETRY_DELAYS_MS[refusals] ?? RETRY_DELAYS_MS[RETRY_DELAYS_MS.length - 1] ?? 0, run);
    refusals += 1;
  };

  const run = (): void => {
    timer = null;
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      try {
        first.attempt();
      } catch (error) {
        if (sqliteFault(error) === 'locked') return waitOn(error);
        first.fail(error);
      }
      refusals = 0;
      waiting = waiting.slice(1);
    }
  };

  return {
    write<T>(change: () => T): Promise<T> {
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      const fail = (cause: unknown): void => reject(new ParleyError('STORE_WRITE_FAILED', { cause }));
      if (readOnly) fail(new Error('the database is read-only'));
      else {
        const attempt = (): void => resolve(transaction(change));
        waiting = [...waiting, { attempt, fail, givesUpAt: clock.now() + PATIENCE_MS }];
        if (timer === null) run();
      }
      return promise;
    },
    close() {
      timer?.cancel();
      timer = null;
      for (const { fail } of waiting) fail(new Error('the database was closed'));
      waiting = [];
    },
  };
}
