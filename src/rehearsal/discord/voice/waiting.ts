/**
 * Waiting for a state instead of sleeping: conditions that are looked at whenever something has changed.
 */

export interface Waiting {
  /** Something changed: every condition is looked at again. */
  changed(): void;
  /** Resolves `true` as soon as `condition` holds, `false` after `timeoutMs`. */
  until(condition: () => boolean, timeoutMs: number): Promise<boolean>;
  /** Ends every wait with `false`. */
  close(): void;
}

interface Waiter {
  readonly condition: () => boolean;
  readonly done: (held: boolean) => void;
}

export function createWaiting(): Waiting {
  const waiters = new Set<Waiter>();
  return {
    changed() {
      for (const waiter of [...waiters]) if (waiter.condition()) waiter.done(true);
    },
    until(condition, timeoutMs) {
      if (condition()) return Promise.resolve(true);
      return new Promise((resolve) => {
        const done = (held: boolean): void => {
          clearTimeout(timer);
          waiters.delete(waiter);
          resolve(held);
        };
        const waiter = { condition, done };
        const timer = setTimeout(() => done(false), timeoutMs);
        waiters.add(waiter);
      });
    },
    close() {
      for (const waiter of [...waiters]) waiter.done(false);
    },
  };
}

/** Resolves with `task`, or after `timeoutMs` without it. */
export async function within(task: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([task, timeout]);
  clearTimeout(timer);
}
