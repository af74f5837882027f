/**
 * What was asked of a room and is answered by an event: whoever asks gets an answer once, whatever becomes of the room.
 */
export interface Pending<T> {
  /** Whether somebody waits. */
  readonly any: boolean;
  wait(): Promise<T>;
  /** Answers whoever has waited longest. */
  settleFirst(value: T): void;
  settleAll(value: T): void;
}

export function createPending<T>(): Pending<T> {
  const waiting: ((value: T) => void)[] = [];
  return {
    get any() {
      return waiting.length > 0;
    },
    wait() {
      const { promise, resolve } = Promise.withResolvers<T>();
      waiting.push(resolve);
      return promise;
    },
    settleFirst: (value) => waiting.shift()?.(value),
    settleAll(value) {
      for (const resolve of waiting.splice(0)) resolve(value);
    },
  };
}
