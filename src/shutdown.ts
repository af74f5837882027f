/**
 * Ending in time: what may hang gets a limit, and the process one for everything.
 */
import type { Clock } from './types/clock.ts';

/** Waits for `work`, but no longer than `ms`. What it throws is thrown. */
export async function within(ms: number, clock: Clock, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = clock.after(ms, resolve);
  try {
    await Promise.race([work, promise]);
  } finally {
    timer.cancel();
  }
}
