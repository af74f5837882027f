import { expect, test } from 'vitest';
import { realClock } from '../../../../src/rehearsal/live/live-clock.ts';
import { createOwnedClock } from '../../../../src/rehearsal/live/owned-clock.ts';
import { createFakeClock } from '../../../kit/fake-clock.ts';

test('what is set with it runs, unless cancelled', () => {
  const inner = createFakeClock();
  const clock = createOwnedClock(inner);
  const ran: string[] = [];
  clock.after(10, () => ran.push('a'));
  clock.after(20, () => ran.push('b')).cancel();
  clock.after(30, () => ran.push('c'));
  inner.advance(100);
  expect(ran).toEqual(['a', 'c']);
  expect(clock.now()).toBe(inner.now());
});

test('released, it leaves nothing behind and takes nothing on, and other owners keep theirs', () => {
  const inner = createFakeClock();
  const [clock, other] = [createOwnedClock(inner), createOwnedClock(inner)];
  const ran: string[] = [];
  clock.after(10, () => ran.push('a'));
  other.after(10, () => ran.push('other'));
  clock.release();
  clock.after(5, () => ran.push('late')).cancel();
  clock.after(5, () => ran.push('late'));
  expect(inner.pending).toBe(1);
  inner.advance(100);
  expect(ran).toEqual(['other']);
});

test('the real clock never rings early, and can be cancelled', async () => {
  const cancelled: string[] = [];
  realClock.after(1, () => cancelled.push('rang')).cancel();
  const delays = [0, 0.4, 1.5, 2.7, 3.999];
  const late = delays.map((ms) => {
    const dueAt = realClock.now() + ms;
    return new Promise<number>((resolve) => realClock.after(ms, () => resolve(realClock.now() - dueAt)));
  });
  for (const by of await Promise.all(late)) expect(by).toBeGreaterThanOrEqual(0);
  expect(cancelled).toEqual([]);
});
