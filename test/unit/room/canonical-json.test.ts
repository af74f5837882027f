import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../src/room/canonical-json.ts';

const json = fc.jsonValue({ maxDepth: 4 });

/** The same value with its keys in the other order, all the way down. */
function turned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(turned);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, each]) => [key, turned(each)]),
  );
}

test('the order of keys makes no difference', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
    }),
  );
});

test('different values are different texts', () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      const [first, second] = [JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b))];
      let same = true;
      try {
        expect(first).toEqual(second);
      } catch {
        same = false;
      }
      expect(canonicalJson(first) === canonicalJson(second)).toBe(same);
    }),
  );
});

test.each([
  ['a list and the object with the same entries', ['a'], { 0: 'a' }],
  ['a text and a number', '1', 1],
  ['nothing and null', {}, { a: null }],
  ['lists in another order', [1, 2], [2, 1]],
])('%s are not the same', (_what, a, b) => {
  expect(canonicalJson(a)).not.toBe(canonicalJson(b));
});

test('what is nested without end is no value', () => {
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  expect(canonicalJson(deep)).toBeNull();
});
