import { expect, test } from 'vitest';
import { createFrameClock } from '../../../src/audio/frame-clock.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';

function setUp() {
  const clock = createFakeClock(0);
  const errors: unknown[] = [];
  return { clock, errors, frames: createFrameClock({ clock, onError: (error) => errors.push(error) }) };
}

test('a tick comes every 20 ms, playout before everything else', () => {
  const { clock, frames } = setUp();
  const calls: string[] = [];
  frames.onFrame((now) => calls.push(`frame ${now}`));
  frames.onPlayout((now) => calls.push(`playout ${now}`));
  clock.advance(59);
  expect(calls).toEqual(['playout 20', 'frame 20', 'playout 40', 'frame 40']);
});

test('timers that run late do not shift the ticks after them', () => {
  const { clock, frames } = setUp();
  const at: number[] = [];
  frames.onPlayout((now) => at.push(now));
  clock.advance(15);
  clock.stall(12);
  clock.advance(73);
  expect(at).toEqual([27, 40, 60, 80, 100]);
});

test('a timer that fires a fraction early is not asked twice', () => {
  const { clock, frames } = setUp();
  let calls = 0;
  const early = { now: () => clock.now() - 0.4, after: clock.after };
  const counting = createFrameClock({ clock: early, onError: () => {} });
  counting.onPlayout(() => calls++);
  clock.advance(20);
  expect(calls).toBe(1);
  counting.close();
  frames.close();
});

test('a short stall is made up for, a long one only in part, and then the clock starts anew', () => {
  const { clock, frames } = setUp();
  const at: number[] = [];
  frames.onPlayout((now) => at.push(now));
  clock.advance(20);
  clock.stall(60);
  clock.advance(0);
  expect(at).toEqual([20, 80, 80, 80]);

  clock.stall(500);
  clock.advance(0);
  expect(at.slice(4)).toEqual([580, 580, 580, 580, 580]);
  clock.advance(60);
  expect(at.slice(9)).toEqual([600, 620, 640]);
});

test('the clock runs only while somebody listens', () => {
  const { clock, frames } = setUp();
  expect(clock.pending).toBe(0);
  const stopFirst = frames.onPlayout(() => {});
  const stopSecond = frames.onFrame(() => {});
  expect(clock.pending).toBe(1);
  stopFirst();
  stopFirst();
  expect(clock.pending).toBe(1);
  stopSecond();
  expect(clock.pending).toBe(0);
  let ticks = 0;
  frames.onFrame(() => ticks++);
  clock.advance(40);
  expect(ticks).toBe(2);
});

test('a listener that throws is reported and stops neither the others nor the clock', () => {
  const { clock, errors, frames } = setUp();
  let others = 0;
  frames.onPlayout(() => {
    throw new Error('broken');
  });
  frames.onPlayout(() => others++);
  frames.onFrame(() => others++);
  clock.advance(40);
  expect(others).toBe(4);
  expect(errors).toHaveLength(2);
});

test('a listener that leaves during a tick is not called again in it, and closing during a tick is final', () => {
  const { clock, frames } = setUp();
  const calls: string[] = [];
  let stop = (): void => {};
  frames.onPlayout(() => {
    calls.push('first');
    stop();
  });
  stop = frames.onPlayout(() => calls.push('second'));
  clock.advance(20);
  expect(calls).toEqual(['first']);

  frames.onPlayout(() => frames.close());
  frames.onFrame(() => calls.push('after close'));
  clock.advance(100);
  expect(calls).toEqual(['first', 'first']);
  frames.onPlayout(() => calls.push('late'));
  expect(clock.pending).toBe(0);
});
