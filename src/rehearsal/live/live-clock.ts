/**
 * Time as the loopback Live sees it: handed in, so that tests own it and a long conversation can pass quickly.
 */

export interface LiveTimer {
  cancel(): void;
}

export interface LiveClock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls `fn` once, after at least `ms` milliseconds. */
  after(ms: number, fn: () => void): LiveTimer;
}

const now = (): number => performance.timeOrigin + performance.now();

/** The real clock, on the time line that all threads of the process share. Node's own timers may ring a fraction of a millisecond early. */
export const realClock: LiveClock = {
  now,
  after(ms, fn) {
    const dueAt = now() + ms;
    const ring = (): void => {
      const leftMs = dueAt - now();
      if (leftMs <= 0) fn();
      else handle = setTimeout(ring, Math.ceil(leftMs));
    };
    let handle = setTimeout(ring, Math.ceil(ms));
    return { cancel: () => clearTimeout(handle) };
  },
};
