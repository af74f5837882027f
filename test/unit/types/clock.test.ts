import { expect, test } from 'vitest';
import { systemClock } from '../../../src/types/clock.ts';

test('nothing is called back before its time, to the fraction of a millisecond', async () => {
  const early: number[] = [];
  const timers = Array.from({ length: 300 }, (_, index) => {
    const dueAt = systemClock.now() + 1 + index / 7;
    const { promise, resolve } = Promise.withResolvers<void>();
    systemClock.after(dueAt - systemClock.now(), () => {
      const tooEarlyMs = dueAt - systemClock.now();
      if (tooEarlyMs > 0) early.push(tooEarlyMs);
      resolve();
    });
    return promise;
  });
  await Promise.all(timers);
  expect(early).toEqual([]);
});

test('what was cancelled is not called, also when it is waiting for its last fraction', async () => {
  let called = false;
  const timer = systemClock.after(2.9, () => {
    called = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 2));
  timer.cancel();
  timer.cancel();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(called).toBe(false);
});
