import type { Clock } from '../../../src/types/clock.ts';

/** Real time for real sockets, which can be skipped forward for what waits for seconds. */
export interface SkippingClock extends Clock {
  /** Jumps ahead; what has fallen due meanwhile runs at once. */
  skip(ms: number): void;
  readonly pending: number;
  close(): void;
}

interface Pending {
  readonly dueAt: number;
  readonly fire: () => void;
  handle: NodeJS.Timeout;
}

export function createSkippingClock(): SkippingClock {
  let skipped = 0;
  const timers = new Set<Pending>();
  const now = (): number => performance.timeOrigin + performance.now() + skipped;
  const arm = (timer: Pending): void => {
    clearTimeout(timer.handle);
    timer.handle = setTimeout(timer.fire, Math.max(0, timer.dueAt - now()));
  };
  return {
    now,
    after(ms, fn) {
      const cancel = (): void => {
        clearTimeout(timer.handle);
        timers.delete(timer);
      };
      const fire = (): void => {
        if (now() < timer.dueAt) arm(timer);
        else {
          cancel();
          fn();
        }
      };
      const timer: Pending = { dueAt: now() + ms, fire, handle: setTimeout(fire, ms) };
      timers.add(timer);
      return { cancel };
    },
    skip(ms) {
      skipped += ms;
      for (const timer of timers) arm(timer);
    },
    get pending() {
      return timers.size;
    },
    close() {
      for (const timer of timers) clearTimeout(timer.handle);
      timers.clear();
    },
  };
}
