import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resample, resampledLength } from '../../../../src/rehearsal/speech/resample.ts';
import { rms, tone, toneSnr } from '../../../kit/signals.ts';

const PAIRS = [
  [8_000, 16_000],
  [16_000, 48_000],
  [22_050, 48_000],
  [44_100, 16_000],
  [44_100, 48_000],
  [48_000, 16_000],
  [96_000, 48_000],
  [17_600, 16_000],
] as const;

/** Without the ends, where the kernel looks beyond the signal. */
const middle = (pcm: Int16Array): Int16Array => pcm.subarray(pcm.length / 4, (pcm.length * 3) / 4);

test.each(PAIRS)('a tone goes from %i to %i Hz clean and at its level', (from, to) => {
  for (const share of [0.05, 0.4, 0.8]) {
    const hz = (Math.min(from, to) / 2) * share;
    const before = tone(hz, { ms: 200, rate: from });
    const after = resample(before, from, to);
    expect(after).toHaveLength(resampledLength(before.length, from, to));
    expect(toneSnr(middle(after), hz, to)).toBeGreaterThan(75);
    expect(Math.abs(20 * Math.log10(rms(middle(after)) / rms(middle(before))))).toBeLessThan(0.1);
  }
});

test.each(PAIRS.filter(([from, to]) => from > to))('from %i to %i Hz nothing folds back', (from, to) => {
  for (const share of [1.01, 1.05, 1.2, 0.98 * (from / to)]) {
    const loud = tone((to / 2) * share, { ms: 200, rate: from, amplitude: 30_000 });
    if ((to / 2) * share < from / 2)
      expect(20 * Math.log10(rms(loud) / Math.max(1, rms(middle(resample(loud, from, to)))))).toBeGreaterThan(80);
  }
});

test('nothing is delayed: a click stays where it was', () => {
  for (const [from, to] of PAIRS) {
    const pcm = new Int16Array(from / 10);
    const at = Math.round(from / 20);
    pcm[at] = 30_000;
    const out = resample(pcm, from, to);
    const peak = out.indexOf(Math.max(...out));
    expect(Math.abs(peak / to - at / from)).toBeLessThanOrEqual(0.5 / to + 1e-9);
  }
});

test('the same rate is a copy', () => {
  const pcm = Int16Array.of(1, 2, 3);
  const copy = resample(pcm, 16_000, 16_000);
  expect(copy).toEqual(pcm);
  expect(copy.buffer).not.toBe(pcm.buffer);
});

test('what overshoots clips and does not wrap around', () => {
  const square = Int16Array.from({ length: 4_000 }, (_, i) => (Math.floor(i / 100) % 2 === 0 ? 32_767 : -32_768));
  const out = resample(square, 16_000, 48_000);
  for (let n = 0; n < 39; n++) expect(Math.sign(out[150 + n * 300] ?? 0)).toBe(n % 2 === 0 ? 1 : -1);
});

test('any signal between any rates has the length it should', () => {
  const rate = fc.integer({ min: 4_000, max: 96_000 });
  fc.assert(
    fc.property(fc.int16Array({ maxLength: 200 }), rate, rate, (pcm, from, to) => {
      expect(resample(pcm, from, to)).toHaveLength(Math.round((pcm.length * to) / from));
    }),
    { numRuns: 50 },
  );
});

test('rates that no recording has are refused', () => {
  for (const rate of [0, -1, 1.5, Number.NaN, 1e9]) {
    expect(() => resample(new Int16Array(4), rate, 16_000)).toThrow(RangeError);
    expect(() => resample(new Int16Array(4), 16_000, rate)).toThrow(RangeError);
  }
});
