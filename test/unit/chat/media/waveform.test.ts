import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waveformOf } from '../../../../src/chat/media/waveform.ts';
import { noise, tone } from '../../../kit/signals.ts';

const RATE = 24_000;
const points = (pcm: Int16Array): number[] => [...Buffer.from(waveformOf(pcm, RATE), 'base64')];

test('it has a point for every 100 ms that are full, at least one and at most 256', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40_000 }), (ms) => {
      const expected = Math.min(256, Math.max(1, Math.floor(ms / 100)));
      expect(points(new Int16Array((ms * RATE) / 1000))).toHaveLength(expected);
    }),
  );
});

test('it is loud where the sound is, and fills the height however quiet the recording', () => {
  for (const amplitude of [16_000, 1_000]) {
    const silence = new Int16Array(RATE);
    const loud = tone(300, { ms: 1_000, rate: RATE, amplitude });
    const soft = tone(300, { ms: 1_000, rate: RATE, amplitude: amplitude / 2 });
    const shape = points(Int16Array.from([...silence, ...loud, ...soft]));
    expect(shape.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(Math.min(...shape.slice(10, 20))).toBeGreaterThan(250);
    for (const level of shape.slice(20)) expect(Math.abs(level - 127)).toBeLessThan(4);
  }
});

test('the noise of an empty room is not drawn as speech', () => {
  expect(Math.max(...points(noise(RATE, { amplitude: 30 })))).toBeLessThan(60);
});

test('Discord takes it: base64 of as many bytes as it may have, for an hour as for a moment', () => {
  const text = waveformOf(noise(3_600 * 100), 100);
  expect(text).toMatch(/^[A-Za-z0-9+/]+=*$/);
  expect(text.length).toBeLessThanOrEqual(400);
});
