import { expect, test } from 'vitest';
import { goodbyeCue, readyCue, workingCue } from '../../../src/audio/tone.ts';

/** The loudest 20 ms of each, dBFS: what is repeated while everybody waits is half as loud. */
const cues = [
  ['readyCue', readyCue, -24],
  ['goodbyeCue', goodbyeCue, -24],
  ['workingCue', workingCue, -30],
] as const;

test.each(cues)('%s is short, quiet and without a click', (_, cue, loudest) => {
  const pcm = cue();
  const ms = pcm.length / 24;
  expect(ms).toBeGreaterThan(100);
  expect(ms).toBeLessThanOrEqual(400);

  const levels: number[] = [];
  for (let start = 0; start < pcm.length; start += 480) {
    const frame = pcm.subarray(start, start + 480);
    levels.push(10 * Math.log10(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length / 32_768 ** 2));
  }
  expect(Math.max(...levels)).toBeCloseTo(loudest, 0);

  const edges = [pcm[0], pcm.at(-1)].map((sample) => Math.abs(sample ?? 0));
  expect(Math.max(...edges)).toBeLessThan(30);
});

test('ready rises and goodbye falls', () => {
  expect(pitch(readyCue().subarray(-2400))).toBeGreaterThan(pitch(readyCue().subarray(0, 2400)));
  expect(pitch(goodbyeCue().subarray(-2400))).toBeLessThan(pitch(goodbyeCue().subarray(0, 2400)));
});

/** Hz, from the zero crossings of 100 ms. */
function pitch(pcm: Int16Array): number {
  let crossings = 0;
  for (let i = 1; i < pcm.length; i++) if ((pcm[i - 1] ?? 0) < 0 && (pcm[i] ?? 0) >= 0) crossings++;
  return crossings * (24_000 / pcm.length);
}
