import { expect, test } from 'vitest';
import { measure } from '../../../../src/rehearsal/speech/loudness.ts';
import { joined, tone } from '../../../kit/signals.ts';

test('the length, the level and where it can be heard are those of the sound', () => {
  const quiet = new Int16Array(1_600).fill(300);
  const loudness = measure(joined([quiet, tone(1_000, { ms: 500, rate: 16_000, amplitude: 16_384 }), quiet]));
  expect(loudness.durationMs).toBe(700);
  expect(loudness.peakDbfs).toBeCloseTo(-6.02, 1);
  expect(loudness.rmsDbfs).toBeCloseTo(-9.03 + 10 * Math.log10(5 / 7), 1);
  expect(loudness.span?.startMs).toBeCloseTo(100, 0);
  expect(loudness.span?.endMs).toBeCloseTo(600, 0);
});

test('times follow the rate', () => {
  expect(measure(new Int16Array(480), 48_000).durationMs).toBe(10);
});

test('what is quiet has no span, and what is silent no level', () => {
  expect(measure(new Int16Array(160).fill(327))).toMatchObject({ span: null });
  expect(measure(new Int16Array(160).fill(-328)).span).toEqual({ startMs: 0, endMs: 10 });
  for (const pcm of [new Int16Array(), new Int16Array(160)]) {
    expect(measure(pcm)).toMatchObject({ span: null, peakDbfs: null, rmsDbfs: null });
  }
});
