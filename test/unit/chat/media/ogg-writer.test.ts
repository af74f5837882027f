import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import prism from 'prism-media';
import { expect, test } from 'vitest';
import { readOggOpus } from '../../../../src/chat/media/ogg-reader.ts';
import { writeOggOpus } from '../../../../src/chat/media/ogg-writer.ts';
import { checksum, packetOf } from './ogg-bytes.ts';

const head = { channels: 1, preSkip: 312, inputRate: 24_000, gain: 0 } as const;
const limits = { mostSamples: 3_600 * 48_000 };

const digest = (packets: readonly Uint8Array[]): string => {
  const hash = createHash('sha1');
  for (const packet of packets) hash.update(`${packet.length} `).update(packet);
  return hash.digest('hex');
};

/** The pages of a file, found by their own lengths. */
function pagesOf(file: Buffer): Buffer[] {
  const pages: Buffer[] = [];
  for (let at = 0; at < file.length; ) {
    const segments = file[at + 26] ?? 0;
    const lacing = file.subarray(at + 27, at + 27 + segments);
    const size = 27 + segments + lacing.reduce((sum, it) => sum + it, 0);
    pages.push(file.subarray(at, at + size));
    at += size;
  }
  return pages;
}

test('a file has its headers on pages of their own, a second of sound on each other one, and a marked end', () => {
  const packets = Array.from({ length: 130 }, (_, i) => packetOf(60, i));
  const file = Buffer.from(writeOggOpus({ head, packets, samples: 124_000 }));
  const pages = pagesOf(file);
  for (const [sequence, page] of pages.entries()) {
    expect(page.toString('latin1', 0, 5)).toBe('OggS\0');
    expect(page.readUInt32LE(18)).toBe(sequence);
    expect(page.readUInt32LE(22)).toBe(checksum(page));
  }
  expect(pages.map((page) => page[5])).toEqual([2, 0, 0, 0, 4]);
  expect(pages.map((page) => page.readBigInt64LE(6))).toEqual([0n, 0n, 48_000n, 96_000n, 124_312n]);
  expect(pages[0]?.toString('latin1', 28, 36)).toBe('OpusHead');
  expect(pages[0]?.subarray(36).toString('hex')).toBe('01013801c05d0000000000');
  expect(pages[1]?.toString('latin1', 28)).toBe('OpusTags\x06\0\0\0Parley\0\0\0\0');
});

test('the demuxer of somebody else finds the same packets in it', async () => {
  const packets = Array.from({ length: 130 }, (_, i) => packetOf(1 + ((i * 37) % 250), i));
  const file = Buffer.from(writeOggOpus({ head, packets, samples: 130 * 960 - 312 }));
  const found = await buffer(Readable.from([file]).pipe(new prism.opus.OggDemuxer()));
  expect(found).toEqual(Buffer.concat(packets));
});

test('whatever the packets, also those that span pages, they are read back as they were', () => {
  const sizes = fc.oneof(fc.integer({ min: 1, max: 80 }), fc.constantFrom(254, 255, 256, 510, 1_275, 61_440));
  fc.assert(
    fc.property(fc.array(sizes, { minLength: 1, maxLength: 150 }), fc.nat(959), (written, surplus) => {
      const packets = written.map((size, i) => packetOf(size, i));
      const samples = Math.max(1, packets.length * 960 - head.preSkip - surplus);
      const result = readOggOpus(writeOggOpus({ head, packets, samples }), limits);
      expect(result).toMatchObject({ ok: true, head, from: 312, ending: 'marked', lost: 0 });
      if (!result.ok) return;
      expect(digest(result.packets)).toBe(digest(packets));
      expect(result.to - result.from).toBe(samples);
    }),
    { numRuns: 50 },
  );
});

test('what is no Opus is not written', () => {
  expect(() => writeOggOpus({ head, packets: [new Uint8Array()], samples: 1 })).toThrow(RangeError);
});
