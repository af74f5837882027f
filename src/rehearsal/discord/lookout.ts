/**
 * Waits for what is to happen by looking again after everything that happens: no sleeping, no missing what was there before.
 */

export interface Lookout {
  /** Something has happened, or is about to have: everybody looks again in a moment. */
  changed(): void;
  /** Resolves with the first truthy answer of `look`. @throws Error after `timeoutMs`, or what `look` throws */
  until<Found>(look: () => Found, timeoutMs?: number): Promise<NonNullable<Found>>;
  /** Ends every wait with an error. */
  close(): void;
}

/** How long `until` waits unless told. */
const UNTIL_MS = 10_000;

interface Looker {
  look(): void;
  end(reason: string): void;
}

export function createLookout(): Lookout {
  const lookers = new Set<Looker>();
  let pending = false;
  const everybodyLooks = (): void => {
    pending = false;
    for (const looker of [...lookers]) looker.look();
  };
  return {
    changed() {
      if (pending) return;
      pending = true;
      // What is told of is complete only when whoever tells it has come to an end.
      queueMicrotask(everybodyLooks);
    },
    until<Found>(look: () => Found, timeoutMs = UNTIL_MS) {
      const { promise, resolve, reject } = Promise.withResolvers<NonNullable<Found>>();
      const looker: Looker = {
        look() {
          try {
            const found = look();
            if (found) resolve(found);
          } catch (error) {
            reject(error);
          }
        },
        end: (reason) => reject(new Error(reason)),
      };
      const timer = setTimeout(() => looker.end(`what was waited for did not come within ${timeoutMs} ms`), timeoutMs);
      lookers.add(looker);
      looker.look();
      return promise.finally(() => {
        clearTimeout(timer);
        lookers.delete(looker);
      });
    },
    close() {
      for (const looker of lookers) looker.end('the loopback was closed');
    },
  };
}
