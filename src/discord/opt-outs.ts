/**
 * Who does not want to be heard, in any server. Kept in memory, since every roster asks; the store has it over restarts.
 */
import type { Store } from '../store/store.ts';
import { createKeyedQueue } from './keyed-queue.ts';

export interface OptOuts {
  has(userId: string): boolean;
  /**
   * One wish of a person after another, so that the last one holds, however long the write of the first takes.
   *
   * @returns false when it was so already
   * @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed
   */
  set(userId: string, optedOut: boolean): Promise<boolean>;
}

/** @param onChange the rosters of that person's rooms have to be told */
export async function loadOptOuts(
  store: Pick<Store, 'optedOut' | 'setOptedOut'>,
  onChange: (userId: string) => void,
): Promise<OptOuts> {
  const ids = new Set(await store.optedOut());
  const perPerson = createKeyedQueue();

  const setNow = async (userId: string, optedOut: boolean): Promise<boolean> => {
    if (ids.has(userId) === optedOut) return false;
    await store.setOptedOut(userId, optedOut);
    if (optedOut) ids.add(userId);
    else ids.delete(userId);
    onChange(userId);
    return true;
  };

  return {
    has: (userId) => ids.has(userId),
    set: (userId, optedOut) => perPerson.run(userId, () => setNow(userId, optedOut)),
  };
}
