import { expect, test } from 'vitest';
import { goodbyeCue, readyCue, workingCue } from '../../../src/audio/tone.ts';
import { largestStep, toneSnr } from '../../kit/signals.ts';

const RATE = 24_000;

test.each([
  ['ready', readyCue, 300],
  ['goodbye', goodbyeCue, 340],
  ['working', workingCue, 160],
] as const)(
  'the cue "%s" has the length it says, and no step that a wave of its pitch would not have',
  (_, cue, ms) => {
    const pcm = cue();
    expect(pcm).toHaveLength((ms * RATE) / 1000);
    // Two sines of at most 784 Hz and its octave, at most 6 dB over the level of -24 dBFS.
    const steepest = 2 * 32_768 * 10 ** (-24 / 20) * ((2 * Math.PI * 784 * 1.3) / RATE);
    expect(largestStep(Int16Array.of(0, ...pcm, 0))).toBeLessThan(steepest);
  },
);

test('the cue for work is one note', () => {
  expect(toneSnr(workingCue().subarray(400, 1_200), 440, RATE)).toBeGreaterThan(8);
});

test('a cue is the same every time, in samples of its own', () => {
  const first = readyCue();
  const again = readyCue();
  expect(again).toEqual(first);
  expect(again.buffer).not.toBe(first.buffer);
});
