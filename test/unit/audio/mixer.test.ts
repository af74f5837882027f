import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMixer } from '../../../src/audio/mixer.ts';
import { joined, largestStep, tone } from '../../kit/signals.ts';

const FRAME = 320;
/** −1 dBFS. */
const CEILING = 29_204;
const frame = fc.int16Array({ minLength: FRAME, maxLength: FRAME });
const quietFrame = fc.int16Array({ minLength: FRAME, maxLength: FRAME, min: -5_000, max: 5_000 });

const framesOf = (pcm: Int16Array): Int16Array[] =>
  Array.from({ length: pcm.length / FRAME }, (_, n) => pcm.subarray(n * FRAME, (n + 1) * FRAME));

test('one speaker alone passes untouched, however loud', () => {
  fc.assert(
    fc.property(fc.array(frame, { minLength: 1, maxLength: 5 }), (frames) => {
      const mixer = createMixer();
      for (const pcm of frames) expect(mixer.mix([pcm], FRAME)).toEqual(pcm);
    }),
    { numRuns: 20 },
  );
});

test('nobody is silence of the length that is asked for', () => {
  expect(createMixer().mix([], FRAME)).toEqual(new Int16Array(FRAME));
});

test('quiet voices are added sample by sample', () => {
  fc.assert(
    fc.property(fc.array(quietFrame, { minLength: 2, maxLength: 5 }), (frames) => {
      const sum = Array.from({ length: FRAME }, (_, i) => frames.reduce((total, pcm) => total + (pcm[i] ?? 0), 0));
      expect(createMixer().mix(frames, FRAME)).toEqual(Int16Array.from(sum));
    }),
    { numRuns: 30 },
  );
});

test('whatever is mixed, nothing wraps around, and from 5 ms on nothing is over the ceiling', () => {
  fc.assert(
    fc.property(fc.array(fc.array(frame, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (slots) => {
      const mixer = createMixer();
      for (const frames of slots) {
        const out = mixer.mix(frames, FRAME);
        expect(Math.max(...out.subarray(80).map(Math.abs))).toBeLessThanOrEqual(CEILING);
        for (const [i, sample] of out.entries()) {
          const sum = frames.reduce((total, pcm) => total + (pcm[i] ?? 0), 0);
          if (Math.abs(sum) > 1) expect(sample * sum).toBeGreaterThanOrEqual(0);
        }
      }
    }),
    { numRuns: 20 },
  );
});

test('a loud voice that joins another is turned down and let go without a step', () => {
  const mixer = createMixer();
  // Low voices, so that a step in the volume would stand out of the steps of the waves.
  const first = tone(110, { ms: 1_000, rate: 16_000, amplitude: 20_000 });
  const swell = (i: number): number => (i < 100 * 16 || i >= 300 * 16 ? 0 : Math.sin((Math.PI * (i - 1_600)) / 3_200));
  const second = tone(170, { ms: 1_000, rate: 16_000, amplitude: 20_000 }).map((sample, i) => sample * swell(i));
  const others = framesOf(second);
  const out = joined(
    framesOf(first).map((pcm, n) => mixer.mix(n < 5 || n >= 15 ? [pcm] : [pcm, others[n] ?? pcm], FRAME)),
  );
  expect(Math.max(...out)).toBeLessThanOrEqual(32_767);
  expect(Math.max(...out.subarray(8 * FRAME, 12 * FRAME))).toBeGreaterThan(CEILING * 0.8);
  expect(largestStep(out)).toBeLessThan(largestStep(first) + 1.2 * largestStep(second));
  expect(out.subarray(49 * FRAME)).toEqual(first.subarray(49 * FRAME));
});

test('the volume comes back within some 300 ms, never above what it was', () => {
  const mixer = createMixer();
  const constant = new Int16Array(FRAME).fill(20_000);
  mixer.mix([constant, constant, constant], FRAME);
  const levels = Array.from({ length: 40 }, () => mixer.mix([constant], FRAME)[FRAME - 1] ?? 0);
  for (const [n, level] of levels.entries()) expect(level).toBeGreaterThanOrEqual(levels[n - 1] ?? 0);
  expect(levels[0]).toBeLessThan(15_000);
  expect(levels[14]).toBeGreaterThan(19_500);
  expect(levels.at(-1)).toBe(20_000);
});

test('a new window begins at full volume', () => {
  const mixer = createMixer();
  const constant = new Int16Array(FRAME).fill(20_000);
  mixer.mix([constant, constant], FRAME);
  mixer.reset();
  expect(mixer.mix([constant], FRAME)).toEqual(constant);
  mixer.mix([constant, constant], FRAME);
  mixer.mix([], FRAME);
  expect(mixer.mix([constant], FRAME)).toEqual(constant);
});
