/**
 * Counts what happens, by name, from the start of the process.
 */
import type { Count } from '../types/log.ts';

export interface Counts {
  readonly count: Count;
  snapshot(): Readonly<Record<string, number>>;
}

export function createCounts(): Counts {
  const totals = new Map<string, number>();
  return {
    count: (name, by = 1) => {
      totals.set(name, (totals.get(name) ?? 0) + by);
    },
    snapshot: () => Object.fromEntries([...totals].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}
