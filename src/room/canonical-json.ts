/**
 * JSON in which the order of keys makes no difference: the same value is always the same text.
 */

/** Arguments of functions have two or three levels; this many are a mistake, and would end in a stack that is full. */
const DEEPEST = 32;

/** Null for what is nested too deeply. */
export function canonicalJson(value: unknown): string | null {
  const sorted = sortedKeys(value, 0);
  return sorted === TOO_DEEP ? null : JSON.stringify(sorted);
}

const TOO_DEEP = Symbol('too deep');

function sortedKeys(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) return TOO_DEEP;
  const entries: [string, unknown][] = [];
  for (const [key, each] of Object.entries(value)) {
    const inner = sortedKeys(each, depth + 1);
    if (inner === TOO_DEEP) return TOO_DEEP;
    entries.push([key, inner]);
  }
  if (Array.isArray(value)) return entries.map(([, each]) => each);
  // As a list, since an object puts keys that look like numbers first and takes `__proto__` for something else.
  return { object: entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, each ?? null]) };
}
