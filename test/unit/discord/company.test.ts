import { expect, test } from 'vitest';
import { createCompanyWatch } from '../../../src/discord/company.ts';
import { people } from '../../../src/discord/roster.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';

function setUp() {
  const clock = createFakeClock();
  const alone: string[] = [];
  return { clock, alone, watch: createCompanyWatch(clock, (roomId) => alone.push(roomId)) };
}

test('a room is alone after a minute without people, told once', () => {
  const { clock, alone, watch } = setUp();
  watch.update('r', 0);
  clock.advance(30_000);
  watch.update('r', 0);
  clock.advance(29_999);
  expect(alone).toEqual([]);
  clock.advance(1);
  expect(alone).toEqual(['r']);
  clock.advance(120_000);
  expect(alone).toEqual(['r']);
});

test('somebody who comes back in time starts the minute anew', () => {
  const { clock, alone, watch } = setUp();
  watch.update('r', 0);
  clock.advance(59_000);
  watch.update('r', 1);
  watch.update('r', 0);
  clock.advance(59_000);
  expect(alone).toEqual([]);
  watch.close();
  expect(clock.pending).toBe(0);
});

test('bots are no company', () => {
  const entry = { id: '1', name: 'x', optedOut: false, locale: null };
  expect(people([{ ...entry, bot: true }])).toBe(0);
  expect(
    people([
      { ...entry, bot: true },
      { ...entry, bot: false },
    ]),
  ).toBe(1);
});

test('one room that ended does not end the waiting of another', () => {
  const { clock, alone, watch } = setUp();
  watch.update('a', 0);
  watch.update('b', 0);
  watch.forget('a');
  clock.advance(60_000);
  expect(alone).toEqual(['b']);
});
