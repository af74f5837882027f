import type { Clock, Timer } from '../../src/types/clock.ts';

interface Pending {
  readonly dueAt: number;
  readonly order: number;
  readonly fn: () => void;
}

export interface FakeClock extends Clock {
  /** Lets `ms` pass: every timer that falls due runs at its own time, in order, also those set meanwhile. */
  advance(ms: number): void;
  /** Lets `ms` pass with the thread standing still: no timer runs until the next `advance`, when they are all late. */
  stall(ms: number): void;
  /** Timers that are set and have neither run nor been cancelled: 0 when everything was released. */
  readonly pending: number;
}

/** More timers than any test needs in one `advance`: a chain that sets itself again after 0 ms would never end. */
const MOST_CALLS = 1_000_000;

/** A clock that stands still until a test moves it. `startsAt` in ms. */
export function createFakeClock(startsAt = 1_000_000): FakeClock {
  let now = startsAt;
  let order = 0;
  const timers = new Set<Pending>();

  const earliest = (): Pending | undefined => {
    let first: Pending | undefined;
    for (const timer of timers) {
      if (!first || timer.dueAt < first.dueAt || (timer.dueAt === first.dueAt && timer.order < first.order))
        first = timer;
    }
    return first;
  };

  return {
    now: () => now,
    after(ms, fn): Timer {
      const timer = { dueAt: now + Math.max(0, ms), order: order++, fn };
      timers.add(timer);
      return { cancel: () => void timers.delete(timer) };
    },
    advance(ms) {
      const end = now + ms;
      for (let calls = 0; calls < MOST_CALLS; calls++) {
        const next = earliest();
        if (!next || next.dueAt > end) {
          now = end;
          return;
        }
        timers.delete(next);
        now = Math.max(now, next.dueAt);
        next.fn();
      }
      throw new Error('a timer sets itself again without time passing');
    },
    stall(ms) {
      now += ms;
    },
    get pending() {
      return timers.size;
    },
  };
}
