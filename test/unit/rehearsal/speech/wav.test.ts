import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeWav,
  encodeWav,
  looksLikeWav,
  toMono,
  WavError,
  type WavFault,
} from '../../../../src/rehearsal/speech/wav.ts';
import { chunk, type WavShape, wavBytes } from './wav-bytes.ts';

const SAMPLES = [0, 0.5, -0.5, 0.25, 1, -1, 0.125, -0.75, 0, 0.3, -0.3, 0.9];

function faultOf(bytes: Uint8Array): WavFault {
  try {
    decodeWav(bytes);
  } catch (error) {
    if (!(error instanceof WavError)) throw error;
    expect(error.message).toMatch(/^[A-Z][^\n]+\.$/);
    return error.fault;
  }
  throw new Error('it was read');
}

/** All channels one sample after another, as they were written. */
function interleaved(bytes: Uint8Array): number[] {
  const { samples, channels } = decodeWav(bytes);
  const length = samples[0]?.length ?? 0;
  return Array.from(
    { length: length * channels },
    (_, i) => samples[i % channels]?.[Math.floor(i / channels)] ?? Number.NaN,
  );
}

function expectSamples(bytes: Uint8Array, expected: readonly number[], precision: number): void {
  const found = interleaved(bytes);
  expect(found).toHaveLength(expected.length);
  for (const [i, sample] of found.entries())
    expect(Math.abs(sample - (expected[i] ?? 0))).toBeLessThanOrEqual(precision);
}

const ENCODINGS: readonly [WavShape, precision: number][] = [
  [{ bits: 8 }, 0.01],
  [{ bits: 12 }, 1e-4],
  [{ bits: 16 }, 1e-4],
  [{ bits: 24 }, 1e-6],
  [{ bits: 32 }, 1e-7],
  [{ bits: 32, float: true }, 1e-7],
  [{ bits: 64, float: true }, 1e-7],
];

test.each(ENCODINGS)('%o is read, with 1, 2 and 6 channels, plain and extensible', (shape, precision) => {
  for (const channels of [1, 2, 6]) {
    for (const extensible of [false, true]) {
      const bytes = wavBytes(SAMPLES, { ...shape, channels, extensible, rate: 44_100 });
      expect(looksLikeWav(bytes)).toBe(true);
      expect(decodeWav(bytes)).toMatchObject({ rate: 44_100, channels });
      expectSamples(bytes, SAMPLES, precision);
    }
  }
});

test.each([
  ['a length of 0', { claimed: 0 }],
  ['the largest length there is', { claimed: 0xffff_ffff }],
  ['a length a little too large', { claimed: 1_000_000 }],
  ['the length of an earlier moment', { claimed: 14 }],
  ['the form for more than 4 GB', { riff: 'RF64', claimed: 0xffff_ffff }],
] as const)('a header with %s does not shorten the recording', (_, shape) => {
  // Loud enough that no four bytes of it look like the name of a chunk.
  const long = Array.from({ length: 400 }, (__, i) => (i % 2 === 0 ? 0.01 : -0.01));
  expectSamples(wavBytes(long, shape), long, 1e-4);
});

test('chunks that are not known are passed over, wherever they stand', () => {
  for (const size of [0, 3, 26]) {
    const bytes = wavBytes(SAMPLES, { before: chunk('LIST', size), after: chunk('id3 ', size) });
    expectSamples(bytes, SAMPLES, 1e-4);
  }
  const odd = wavBytes(SAMPLES.slice(0, 3), { bits: 8, after: chunk('LIST', 8) });
  expectSamples(odd, SAMPLES.slice(0, 3), 0.01);
});

test('a file that was cut short anywhere is read as far as it goes', () => {
  const whole = wavBytes(SAMPLES, { channels: 2, bits: 24 });
  const header = whole.length - SAMPLES.length * 3;
  for (let length = 1; length < whole.length; length++) {
    const cut = whole.subarray(0, length);
    if (length < 12) expect(faultOf(cut)).toBe('not-wav');
    else if (length < header) expect(faultOf(cut)).toBe('damaged');
    else if (length < header + 6) expect(faultOf(cut)).toBe('empty');
    else expectSamples(cut, SAMPLES.slice(0, Math.floor((length - header) / 6) * 2), 1e-6);
  }
});

test('what holds no samples that can be read is said to, in a sentence', () => {
  expect(faultOf(Buffer.alloc(0))).toBe('empty');
  expect(faultOf(wavBytes([]))).toBe('empty');
  expect(faultOf(Buffer.from('this is a text file, honestly'))).toBe('not-wav');
  expect(faultOf(wavBytes(SAMPLES, { tag: 6, bits: 8 }))).toBe('encoding');
  expect(faultOf(wavBytes(SAMPLES, { tag: 2 }))).toBe('encoding');
  expect(faultOf(wavBytes(SAMPLES, { tag: 0x55, extensible: true }))).toBe('encoding');
  expect(faultOf(wavBytes(SAMPLES, { channels: 0 }))).toBe('damaged');
  expect(faultOf(wavBytes(SAMPLES, { channels: 65 }))).toBe('damaged');
  expect(faultOf(wavBytes(SAMPLES, { rate: 0 }))).toBe('damaged');
  expect(faultOf(wavBytes(SAMPLES, { rate: 1_000_000 }))).toBe('damaged');
});

test('bytes of any kind are read or refused in plain words, never anything else', () => {
  const damage = fc.array(fc.tuple(fc.nat({ max: 67 }), fc.nat({ max: 255 })), { maxLength: 6 });
  const whole = wavBytes(SAMPLES, { extensible: true });
  fc.assert(
    fc.property(damage, fc.uint8Array({ maxLength: 200 }), fc.boolean(), (changes, garbage, behindName) => {
      const damaged = Buffer.from(whole);
      for (const [at, value] of changes) damaged[at] = value;
      const named = Buffer.concat([Buffer.from('RIFF????WAVE'), garbage]);
      for (const bytes of [damaged, behindName ? named : garbage]) {
        try {
          const { samples, channels } = decodeWav(bytes);
          expect(samples).toHaveLength(channels);
          expect(new Set(samples.map(({ length }) => length)).size).toBe(1);
        } catch (error) {
          expect(error).toBeInstanceOf(WavError);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('what is written comes back sample for sample', () => {
  fc.assert(
    fc.property(
      fc.int16Array({ minLength: 1, maxLength: 100 }),
      fc.integer({ min: 1, max: 3 }),
      (samples, channels) => {
        const pcm = samples.subarray(0, samples.length - (samples.length % channels));
        if (pcm.length === 0) return;
        const found = interleaved(encodeWav(pcm, 24_000, { channels }));
        expect(found.map((sample) => sample * 32_768)).toEqual([...pcm]);
      },
    ),
  );
});

test('what is no whole number of frames, or of a rate that is none, is not written', () => {
  expect(() => encodeWav(new Int16Array(5), 16_000, { channels: 2 })).toThrow(RangeError);
  for (const rate of [0, -1, 1.5, 1e9, Number.NaN])
    expect(() => encodeWav(new Int16Array(2), rate)).toThrow(RangeError);
});

test('the channels of a recording weigh the same in mono; what is too loud clips, and what is no number is silent', () => {
  const six = wavBytes([0.6, 0, 0, 0, 0, 0, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6], { channels: 6 });
  const mono = toMono(decodeWav(six));
  expect(mono[0]).toBeCloseTo(0.1 * 32_768, -1);
  expect(mono[1]).toBeCloseTo(0.6 * 32_768, -1);
  const wild = wavBytes([3, -3, Number.NaN, Number.POSITIVE_INFINITY], { float: true, bits: 32 });
  expect([...toMono(decodeWav(wild))]).toEqual([32_767, -32_768, 0, 32_767]);
});
