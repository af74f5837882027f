/**
 * What the work comes to, or null when the signal aborts first. The work itself goes on: for what is asked of somebody else, and
 * cannot be called back.
 */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  signal.addEventListener('abort', () => resolve(null), { once: true });
  return Promise.race([work, promise]);
}
