import { expect, test } from 'vitest';
import { peakDbfs, rmsDbfs } from '../../../src/audio/loudness.ts';
import { tone } from '../../kit/signals.ts';

const sine = (amplitude: number) => tone(1_000, { ms: 100, rate: 16_000, amplitude });

test('a sine of full scale is at -3 dB, half of it 6 dB lower', () => {
  expect(rmsDbfs(sine(32_767))).toBeCloseTo(-3.01, 2);
  expect(rmsDbfs(sine(16_384))).toBeCloseTo(-9.03, 2);
  expect(peakDbfs(sine(32_767))).toBeCloseTo(0, 2);
  expect(peakDbfs(sine(16_384))).toBeCloseTo(-6.02, 2);
});

test('the loudest sample there is, which is negative, is full scale', () => {
  expect(peakDbfs(Int16Array.of(-32_768, 0))).toBe(0);
  expect(rmsDbfs(new Int16Array(10).fill(-32_768))).toBe(0);
});

test('silence, and no sound at all, are infinitely quiet', () => {
  for (const pcm of [new Int16Array(), new Int16Array(320)]) {
    expect(rmsDbfs(pcm)).toBe(Number.NEGATIVE_INFINITY);
    expect(peakDbfs(pcm)).toBe(Number.NEGATIVE_INFINITY);
  }
});
