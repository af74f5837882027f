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

/** `timeOrigin` differs a thread; the sum is one time line for the whole process. */
const now = (): number => performance.timeOrigin + performance.now();

/**
 * The real clock.
 *
 * Node cuts a timer's fraction of a millisecond off and measures it on a clock of its own: one for 4,999.9 ms calls back before
 * they are over. Whoever looks whether something is due would find that it is not, and wait for ever.
 */
export const systemClock: Clock = {
  now,
  after(ms, fn) {
    const dueAt = now() + ms;
    const fire = (): void => {
      const leftMs = dueAt - now();
      if (leftMs <= 0) fn();
      else handle = setTimeout(fire, Math.ceil(leftMs));
    };
    let handle = setTimeout(fire, Math.ceil(ms));
    return { cancel: () => clearTimeout(handle) };
  },
};

/** Uniform in [0, 1). Handed in wherever a delay has jitter, so that tests can fix it. */
export type Random = () => number;
