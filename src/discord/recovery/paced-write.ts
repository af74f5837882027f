/**
 * Writes what changes often: the first change at once, what follows together after a while, the last one always. One write at a
 * time; one that fails is tried again.
 */
import type { Clock, Timer } from '../../types/clock.ts';

export interface PacedWriteOptions {
  /** Writes what is true when it is called. */
  readonly write: () => Promise<void>;
  readonly clock: Clock;
  /** From one write to the next, ms, while things change. */
  readonly paceMs: number;
  /** From one write to the next, ms, while nothing does. */
  readonly idleMs: number;
  /** From a write that failed to the next try, ms. */
  readonly retryMs: number;
  readonly onFailure: (error: unknown) => void;
}

export interface PacedWrite {
  /** There is something new. */
  changed(): void;
  /** There is something new that cannot wait, whatever was written a moment ago. */
  hurry(): void;
  /** Nothing is written any more by itself. */
  stop(): void;
  /** Stops, and tries a last time what is not written yet. Never rejects. */
  finish(): Promise<void>;
}

export function createPacedWrite(options: PacedWriteOptions): PacedWrite {
  const { write, clock, paceMs, idleMs, retryMs, onFailure } = options;
  let unwritten = false;
  let hurried = false;
  let failed = false;
  let stopped = false;
  let startedAt = Number.NEGATIVE_INFINITY;
  let timer: Timer | null = null;
  let inFlight: Promise<void> | null = null;

  const attempt = async (): Promise<void> => {
    unwritten = false;
    hurried = false;
    startedAt = clock.now();
    try {
      await write();
      failed = false;
    } catch (error) {
      unwritten = true;
      failed = true;
      onFailure(error);
    }
  };

  const start = (): Promise<void> => {
    timer?.cancel();
    inFlight ??= attempt().finally(() => {
      inFlight = null;
      plan();
    });
    return inFlight;
  };

  const dueInMs = (): number => {
    if (hurried) return 0;
    const pause = unwritten ? paceMs : idleMs;
    return startedAt + (failed ? retryMs : pause) - clock.now();
  };

  const plan = (): void => {
    if (stopped || inFlight !== null) return;
    timer?.cancel();
    const ms = dueInMs();
    if (ms <= 0) void start();
    else timer = clock.after(ms, () => void start());
  };

  const stop = (): void => {
    stopped = true;
    timer?.cancel();
  };

  return {
    changed() {
      unwritten = true;
      plan();
    },
    hurry() {
      unwritten = true;
      hurried = true;
      plan();
    },
    stop,
    async finish() {
      stop();
      await inFlight;
      if (unwritten) await start();
    },
  };
}
