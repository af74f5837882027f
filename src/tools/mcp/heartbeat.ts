/**
 * Asks a server from time to time whether it is still there: one at an address can go without a word, one on this machine hang.
 */
import type { Clock, Timer } from '../../types/clock.ts';

export interface HeartbeatOptions {
  readonly clock: Clock;
  /** Rejects when there is no answer. */
  readonly ping: () => Promise<void>;
  /** At most once. */
  readonly onSilent: (error: unknown) => void;
}

export interface Heartbeat {
  /** Asks soon, because something went wrong. */
  check(): void;
  close(): void;
}

const PERIOD_MS = 60_000;
/** From one question to the next at least: what goes wrong may go wrong with every question. */
const GAP_MS = 5_000;

export function createHeartbeat({ clock, ping, onSilent }: HeartbeatOptions): Heartbeat {
  let state: 'waiting' | 'asking' | 'closed' = 'waiting';
  let askedAt = Number.NEGATIVE_INFINITY;
  let timer: Timer = clock.after(PERIOD_MS, () => void ask());

  const ask = async (): Promise<void> => {
    state = 'asking';
    askedAt = clock.now();
    try {
      await ping();
    } catch (error) {
      if (isClosed()) return;
      state = 'closed';
      return onSilent(error);
    }
    if (isClosed()) return;
    state = 'waiting';
    timer = clock.after(PERIOD_MS, () => void ask());
  };
  /** The state as it is after a wait, which the type system takes for the one before. */
  const isClosed = (): boolean => state === 'closed';

  return {
    check() {
      if (state !== 'waiting') return;
      timer.cancel();
      timer = clock.after(Math.max(0, askedAt + GAP_MS - clock.now()), () => void ask());
    },
    close() {
      state = 'closed';
      timer.cancel();
    },
  };
}
