/**
 * A place in a body that can report what is wrong with it. Checks take the place and the value, never a path.
 */
import type { Fault } from './faults.ts';
import type { Problem } from './form-error.ts';

export interface Spot {
  at(...keys: readonly (string | number)[]): Spot;
  report(fault: Fault): void;
}

export interface Examined<T> {
  readonly result: T;
  /** Everything that the check reported, in its order. */
  readonly problems: readonly Problem[];
}

export function examine<T>(check: (body: Spot) => T): Examined<T> {
  const problems: Problem[] = [];
  const spot = (path: Problem['path']): Spot => ({
    at: (...keys) => spot([...path, ...keys]),
    report: ({ code, message }) => problems.push({ path, code, message }),
  });
  return { result: check(spot([])), problems };
}
