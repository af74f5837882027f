import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameClock } from '../../../src/audio/frame-clock.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';

/** Time that passes, ms: with the thread awake, or with the thread standing still. */
const steps = (longestStall: number) =>
  fc.array(fc.record({ awake: fc.nat({ max: 70 }), stalled: fc.nat({ max: longestStall }) }), { maxLength: 40 });

function run(passing: readonly { awake: number; stalled: number }[]): {
  calls: string[];
  bursts: number[];
  elapsed: number;
} {
  const clock = createFakeClock();
  const startedAt = clock.now();
  const frames = createFrameClock({ clock, onError: () => undefined });
  const calls: string[] = [];
  frames.onFrame(() => calls.push('frame'));
  frames.onPlayout(() => calls.push('playout'));
  const bursts: number[] = [];
  for (const { awake, stalled } of passing) {
    clock.advance(awake);
    const before = calls.length;
    clock.stall(stalled);
    clock.advance(0);
    bursts.push((calls.length - before) / 2);
  }
  frames.close();
  expect(clock.pending).toBe(0);
  return { calls, bursts, elapsed: clock.now() - startedAt };
}

test('a thread that never stands still for 100 ms has ticked once for every 20 ms, whatever its timers did', () => {
  fc.assert(
    fc.property(steps(95), (passing) => {
      const { calls, elapsed } = run(passing);
      expect(calls).toHaveLength(2 * Math.floor(elapsed / 20));
      expect(calls.every((call, n) => call === (n % 2 === 0 ? 'playout' : 'frame'))).toBe(true);
    }),
  );
});

test('however long a thread stands still, no more than 100 ms are made up for at once, and time is never ahead', () => {
  fc.assert(
    fc.property(steps(3_000), (passing) => {
      const { calls, bursts, elapsed } = run(passing);
      expect(Math.max(0, ...bursts)).toBeLessThanOrEqual(5);
      expect(calls.length / 2).toBeLessThanOrEqual(Math.floor(elapsed / 20));
    }),
  );
});
