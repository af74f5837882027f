import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDownsampler } from '../../../src/audio/downsampler.ts';
import { joined, noise, rms, tone, toneSnr } from '../../kit/signals.ts';

/** The filter's length at 16 kHz: what comes out before is the start of the tone, not the tone. */
const SETTLED = 60;

function downsample(pcm: Int16Array, channels: 1 | 2 = 1): Int16Array {
  return createDownsampler(channels).push(pcm);
}

function stereo(left: Int16Array, right: Int16Array): Int16Array {
  return Int16Array.from({ length: left.length * 2 }, (_, i) => (i % 2 === 0 ? left : right)[i >> 1] ?? 0);
}

/** How far below the tone at 48 kHz what is left of it at 16 kHz lies, dB. */
function attenuation(hz: number): number {
  const loud = tone(hz, { ms: 100, rate: 48_000, amplitude: 32_000 });
  return 20 * Math.log10(rms(loud) / Math.max(0.01, rms(downsample(loud).subarray(SETTLED))));
}

test.each([[1], [2]] as const)('a tone of 1 kHz arrives clean (%i channels)', (channels) => {
  const mono = tone(1_000, { ms: 200, rate: 48_000 });
  const out = downsample(channels === 1 ? mono : stereo(mono, mono), channels).subarray(SETTLED);
  expect(toneSnr(out, 1_000, 16_000)).toBeGreaterThan(85);
});

test('all that a voice has up to 7 kHz keeps its level', () => {
  for (let hz = 100; hz <= 7_000; hz += 100) expect(Math.abs(attenuation(hz)), `${hz} Hz`).toBeLessThan(0.3);
});

test('nothing from 8.5 kHz up folds back into the speech', () => {
  for (let hz = 8_500; hz <= 23_000; hz += 125) expect(attenuation(hz), `${hz} Hz`).toBeGreaterThan(70);
});

test('however the stream is framed, the same samples come out', () => {
  const cuts = fc.array(fc.integer({ min: 0, max: 7_000 }), { maxLength: 12 });
  const source = noise(20_000, { amplitude: 32_000 });
  fc.assert(
    fc.property(fc.constantFrom(1 as const, 2 as const), cuts, (channels, lengths) => {
      const whole = downsample(source, channels);
      const downsampler = createDownsampler(channels);
      const parts: Int16Array[] = [];
      let from = 0;
      for (const length of lengths) {
        const end = from + length * channels;
        parts.push(downsampler.push(source.subarray(from, end)));
        from = Math.min(end, source.length);
      }
      parts.push(downsampler.push(source.subarray(from)));
      expect(joined(parts)).toEqual(whole);
      expect(whole).toHaveLength(Math.floor(source.length / channels / 3));
    }),
    { numRuns: 40 },
  );
});

test('what is too loud clips and does not wrap around', () => {
  const square = Int16Array.from({ length: 9_600 }, (_, i) => (Math.floor(i / 240) % 2 === 0 ? 32_767 : -32_768));
  const out = downsample(square);
  expect(Math.max(...out)).toBe(32_767);
  expect(Math.min(...out)).toBe(-32_768);
  // A sign that flips but for the 39 edges of the wave would be an overshoot that wrapped around.
  const settled = out.subarray(SETTLED);
  const flips = settled.subarray(1).filter((sample, i) => sample < 0 !== (settled[i] ?? 0) < 0);
  expect(flips).toHaveLength(39);
});

test('two channels become their mean', () => {
  const left = tone(700, { ms: 50, rate: 48_000 });
  const opposite = left.map((sample) => -sample);
  expect(rms(downsample(stereo(left, opposite), 2))).toBe(0);
  const half = downsample(stereo(left, new Int16Array(left.length)), 2);
  expect(rms(half)).toBeCloseTo(rms(downsample(left)) / 2, 0);
});

test('after a reset nothing of the past is heard', () => {
  const downsampler = createDownsampler();
  downsampler.push(noise(4_801));
  downsampler.reset();
  const next = tone(500, { ms: 40, rate: 48_000 });
  expect(downsampler.push(next)).toEqual(downsample(next));
});
