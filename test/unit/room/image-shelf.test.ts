import { expect, test } from 'vitest';
import { createImageShelf, MOST_SHELVED, SHELVED_MS } from '../../../src/room/image-shelf.ts';

const jpeg = (number: number): Uint8Array => Uint8Array.of(number);

function setUp() {
  let dropped = 0;
  const shelf = createImageShelf((_name, by = 1) => {
    dropped += by;
  });
  return { shelf, dropped: () => dropped };
}

test('images are shown one a second, the oldest first', () => {
  const { shelf, dropped } = setUp();
  shelf.put(jpeg(1), 0);
  shelf.put(jpeg(2), 0);
  expect([0, 20, 999, 1_000, 2_000].map((now) => shelf.next(now)?.[0] ?? null)).toEqual([1, null, null, 2, null]);
  expect(dropped()).toBe(0);
});

test('of too many the oldest go, and whoever speaks a minute later does not speak of any', () => {
  const { shelf, dropped } = setUp();
  for (let number = 0; number < MOST_SHELVED + 2; number++) shelf.put(jpeg(number), 0);
  expect(dropped()).toBe(2);
  expect(shelf.next(0)).toEqual(jpeg(2));
  expect(shelf.next(SHELVED_MS)).toBeNull();
  expect(dropped()).toBe(2 + MOST_SHELVED - 1);
});

test('all of them go with what is typed, once', () => {
  const { shelf } = setUp();
  shelf.put(jpeg(1), 0);
  shelf.put(jpeg(2), 0);
  expect(shelf.takeAll(0)).toEqual([jpeg(1), jpeg(2)]);
  expect(shelf.takeAll(0)).toEqual([]);
});
