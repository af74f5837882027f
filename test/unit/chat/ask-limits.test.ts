import { expect, test } from 'vitest';
import { createAskLimits } from '../../../src/chat/ask-limits.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';

test('ten questions in any minute, each member and server by itself', () => {
  const clock = createFakeClock();
  const limits = createAskLimits(clock);
  for (let n = 0; n < 10; n++) {
    expect(limits.take('guild', 'ada')).toBeNull();
    clock.advance(1_000);
  }
  expect(limits.take('guild', 'ada')).toBe(50_000);
  expect(limits.take('guild', 'ben')).toBeNull();
  expect(limits.take('other', 'ada')).toBeNull();
  clock.advance(50_000);
  expect(limits.take('guild', 'ada')).toBeNull();
  expect(limits.take('guild', 'ada')).toBe(1_000);
});

test('what was refused does not count', () => {
  const clock = createFakeClock();
  const limits = createAskLimits(clock);
  for (let n = 0; n < 100; n++) limits.take('guild', 'ada');
  clock.advance(60_000);
  expect(limits.take('guild', 'ada')).toBeNull();
});

test('a member is told once a minute', () => {
  const clock = createFakeClock();
  const limits = createAskLimits(clock);
  expect(limits.mayTell('guild', 'ada')).toBe(true);
  clock.advance(59_999);
  expect([limits.mayTell('guild', 'ada'), limits.mayTell('guild', 'ben')]).toEqual([false, true]);
  clock.advance(1);
  expect(limits.mayTell('guild', 'ada')).toBe(true);
});
