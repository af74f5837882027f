/**
 * Time as everything in Parley sees it: handed in, so that tests own it.
 */

/** A pending call; cancelling one that has run, or twice, does nothing. */
export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Monotonic milliseconds, comparable between threads: `performance.timeOrigin + performance.now()`. */
  now(): number;
  /** Calls `fn` once, after at least `ms` milliseconds. */
  after(ms: number, fn: () => void): Timer;
}

/** The real clock. `timeOrigin` differs a thread; the sum is one time line for the whole process. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after: (ms, fn) => {
    const handle = setTimeout(fn, ms);
    return { cancel: () => clearTimeout(handle) };
  },
};

/** Uniform in [0, 1). Handed in wherever a delay has jitter, so that tests can fix it. */
export type Random = () => number;
