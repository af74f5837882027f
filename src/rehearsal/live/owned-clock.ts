/**
 * A clock whose timers belong to one connection and end with it, whoever of its parts has set them.
 */
import type { LiveClock, LiveTimer } from './live-clock.ts';

export interface OwnedClock extends LiveClock {
  /** Cancels what is set; what is set from then on never runs. */
  release(): void;
}

export function createOwnedClock(clock: LiveClock): OwnedClock {
  const timers = new Set<LiveTimer>();
  let released = false;
  return {
    now: () => clock.now(),
    after(ms, fn) {
      if (released) return { cancel: () => {} };
      const inner = clock.after(ms, () => {
        timers.delete(timer);
        fn();
      });
      const timer: LiveTimer = {
        cancel() {
          timers.delete(timer);
          inner.cancel();
        },
      };
      timers.add(timer);
      return timer;
    },
    release() {
      released = true;
      for (const timer of timers) timer.cancel();
    },
  };
}
