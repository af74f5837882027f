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

/** The real clock, on the time line that all threads of the process share. */
export const realClock: LiveClock = {
  now: () => performance.timeOrigin + performance.now(),
  after(ms, fn) {
    const handle = setTimeout(fn, ms);
    return { cancel: () => clearTimeout(handle) };
  },
};
