/**
 * Runs tasks with the same key one after another, others side by side: two members who call the bot at once are one after the
 * other to it.
 */
export interface KeyedQueue {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
}

export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<void>>();
  return {
    async run(key, task) {
      const before = tails.get(key) ?? Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      tails.set(key, promise);
      await before;
      try {
        return await task();
      } finally {
        if (tails.get(key) === promise) tails.delete(key);
        resolve();
      }
    },
  };
}
