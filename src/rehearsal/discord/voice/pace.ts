/**
 * Real pace: things that fall due at given times, run by one chain of timers anchored in `performance.now()`. A timer
 * that comes late is followed by an earlier one, so lateness never adds up.
 */

/** Runs everything due at `now` (ms of `performance.now()`) and says when the next thing is due; `null`: all done. */
export type Paced = (now: number) => number | null;

/** Resolves when `step` has returned `null`. Rejects with what `step` throws. */
export function runPaced(step: Paced): Promise<void> {
  return new Promise((resolve, reject) => {
    const run = (): void => {
      try {
        const now = performance.now();
        const next = step(now);
        if (next === null) resolve();
        else setTimeout(run, Math.max(0, next - performance.now()));
      } catch (error) {
        reject(error);
      }
    };
    run();
  });
}
