import type { Clock, Timer } from '../../src/types/clock.ts';

/** A clock of one owner, whose timers can be stopped for good: nothing of the owner runs by itself any more. */
export interface StoppableClock extends Clock {
  stop(): void;
}

export function createStoppableClock(clock: Clock): StoppableClock {
  const timers = new Set<Timer>();
  let stopped = false;
  return {
    now: () => clock.now(),
    after(ms, fn) {
      if (stopped) return { cancel: () => undefined };
      const inner = clock.after(ms, () => {
        timers.delete(inner);
        fn();
      });
      timers.add(inner);
      return {
        cancel() {
          timers.delete(inner);
          inner.cancel();
        },
      };
    },
    stop() {
      stopped = true;
      for (const timer of timers) timer.cancel();
      timers.clear();
    },
  };
}
