import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closest, fold, search } from '../../../src/discord/search.ts';

const FRUIT = ['Apple', 'Pineapple', 'Crème brûlée', 'apple pie', 'Big apple'];
const itself = (name: string): readonly string[] => [name];

test('whatever the case and the accents, and the best match first', () => {
  expect(search(FRUIT, 'APPLE', itself)).toEqual(['Apple', 'apple pie', 'Big apple', 'Pineapple']);
  expect(search(FRUIT, 'creme bru', itself)).toEqual(['Crème brûlée']);
  expect(search(FRUIT, 'pear', itself)).toEqual([]);
});

test('nothing typed yet finds everything, in its own order', () => {
  expect(search(FRUIT, '  ', itself)).toEqual(FRUIT);
});

test('a slip of up to two letters is understood, another word is not', () => {
  expect(closest(FRUIT, 'Aplpe', itself, 3)).toEqual(['Apple']);
  expect(closest(FRUIT, 'xApplx', itself, 3)).toEqual(['Apple']);
  expect(closest(FRUIT, 'Banana', itself, 3)).toEqual([]);
  expect(closest(FRUIT, 'apple', itself, 2)).toHaveLength(2);
});

test('everything is found by any part of what it is called', () => {
  const names = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 });
  fc.assert(
    fc.property(names, fc.nat(), fc.nat(), (items, from, length) => {
      const [item = ''] = items;
      const folded = fold(item);
      const part = folded.slice(from % (folded.length + 1)).slice(0, length % 5);
      fc.pre(fold(part) === part);
      expect(search(items, part, itself)).toContain(item);
    }),
  );
});

test('thousands of characters are no harder than a word', () => {
  expect(closest(FRUIT, 'é'.repeat(6000), itself, 3)).toEqual([]);
});
