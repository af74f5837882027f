/**
 * One timer for a deadline that moves: when it is put off, the timer stays and looks again when it runs out.
 */
import type { Clock, Timer } from '../types/clock.ts';

export interface DeadlineTimer {
  /** @param at ms on the clock; null: nothing is due */
  set(at: number | null): void;
}

/** @param onDue called at the deadline that was set when the timer was, or later; sets the next */
export function createDeadlineTimer(clock: Clock, onDue: () => void): DeadlineTimer {
  let armed: { readonly timer: Timer; readonly at: number } | null = null;
  return {
    set(at) {
      if (at !== null && armed !== null && armed.at <= at) return;
      armed?.timer.cancel();
      armed = null;
      if (at === null) return;
      const timer = clock.after(Math.max(0, at - clock.now()), () => {
        armed = null;
        onDue();
      });
      armed = { timer, at };
    },
  };
}
