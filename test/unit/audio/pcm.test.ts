import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createFramer,
  createPcmReader,
  pcmFromBase64,
  pcmFromBytes,
  pcmToBase64,
  pcmToBytes,
} from '../../../src/audio/pcm.ts';
import { joined } from '../../kit/signals.ts';

const samples = fc.int16Array({ maxLength: 300 });
const cuts = fc.array(fc.nat({ max: 90 }), { maxLength: 12 });

/** Cuts at lengths, the rest at the end. */
function cut<T extends { subarray(from: number, end?: number): T }>(whole: T, lengths: readonly number[]): T[] {
  let from = 0;
  const parts = lengths.map((length) => {
    const part = whole.subarray(from, from + length);
    from += length;
    return part;
  });
  return [...parts, whole.subarray(from)];
}

test('samples are little endian on the wire, whatever the machine', () => {
  expect([...pcmToBytes(Int16Array.of(1, -2, 0x1234))]).toEqual([1, 0, 0xfe, 0xff, 0x34, 0x12]);
  expect(pcmToBase64(Int16Array.of(0x4142))).toBe(Buffer.from('BA').toString('base64'));
});

test('samples come back from bytes and from text as they were, also out of the middle of an array', () => {
  fc.assert(
    fc.property(samples, fc.nat({ max: 5 }), (pcm, skipped) => {
      const part = pcm.subarray(skipped);
      expect(pcmFromBytes(pcmToBytes(part))).toEqual(part);
      expect(pcmFromBase64(pcmToBase64(part))).toEqual(part);
    }),
  );
});

test('the bytes are a copy: what happens to the samples later does not change them', () => {
  const pcm = Int16Array.of(5, 6);
  const bytes = pcmToBytes(pcm);
  pcm.fill(0);
  expect(pcmFromBytes(bytes)).toEqual(Int16Array.of(5, 6));
});

test('half a sample at the end is left out', () => {
  expect(pcmFromBytes(Uint8Array.of(1, 0, 7))).toEqual(Int16Array.of(1));
  expect(pcmFromBase64('AQAH')).toEqual(Int16Array.of(1));
  expect(pcmFromBase64('no base64 at all: ???')).toBeInstanceOf(Int16Array);
});

test('a stream cut anywhere, in the middle of samples too, reads as the whole', () => {
  fc.assert(
    fc.property(samples, cuts, (pcm, lengths) => {
      const reader = createPcmReader();
      const parts = cut(Uint8Array.from(pcmToBytes(pcm)), lengths).map((bytes) => reader.push(bytes));
      expect(joined(parts)).toEqual(pcm);
    }),
  );
});

test('after a reset half a sample of the old stream does not shift the new one', () => {
  const reader = createPcmReader();
  reader.push(Uint8Array.of(1, 0, 9));
  reader.reset();
  expect(reader.push(Uint8Array.of(2, 0))).toEqual(Int16Array.of(2));
});

test('frames hold every sample once, in order, however the stream is cut; the last is padded with silence', () => {
  fc.assert(
    fc.property(samples, cuts, fc.integer({ min: 1, max: 70 }), (pcm, lengths, length) => {
      const framer = createFramer(length);
      const frames = cut(pcm, lengths).flatMap((part) => framer.push(part));
      expect(framer.waiting).toBe(pcm.length % length);
      const last = framer.flush();
      expect(last === null).toBe(pcm.length % length === 0);
      expect(framer.waiting).toBe(0);
      expect(framer.flush()).toBeNull();
      const all = joined(last === null ? frames : [...frames, last]);
      expect(all.subarray(0, pcm.length)).toEqual(pcm);
      expect(all.subarray(pcm.length).every((sample) => sample === 0)).toBe(true);
      for (const frame of frames) expect(frame).toHaveLength(length);
      expect(new Set(frames.map((frame) => frame.buffer)).size).toBe(frames.length);
    }),
  );
});
