import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPacketReader } from '../../../../src/chat/media/ogg-packet-reader.ts';
import { createOggReader, type OggOpus, type OggResult, readOggOpus } from '../../../../src/chat/media/ogg-reader.ts';
import { checksum, head, oggFile, oggPages, packetOf, pageBytes, SERIAL, tags } from './ogg-bytes.ts';

const limits = { mostSamples: 600 * 48_000 };
const read = (file: Uint8Array): OggResult => readOggOpus(file, limits);

function readable(file: Uint8Array): OggOpus {
  const result = read(file);
  if (!result.ok) throw new Error(result.reason);
  return result;
}

/** Short, so that what fails can be read. */
const marks = (packets: readonly Uint8Array[]): string[] =>
  packets.map((packet) => `${packet.length} ${createHash('sha1').update(packet).digest('hex').slice(0, 8)}`);
const packets = Array.from({ length: 120 }, (_, i) => packetOf(40 + i, i));

const anyPacket = fc
  .tuple(fc.oneof(fc.integer({ min: 1, max: 80 }), fc.constantFrom(254, 255, 256, 510, 1275, 8_000)), fc.nat(255))
  .map(([sizeBytes, fill]) => packetOf(sizeBytes, fill));

test('whatever their sizes, however they span pages and however the bytes arrive, the packets come out as they went in', () => {
  fc.assert(
    fc.property(
      fc.array(anyPacket, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 255 }),
      fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 10 }),
      (written, segmentsPerPage, cuts) => {
        const file = oggFile(written, { segmentsPerPage });
        const reader = createOggReader(limits);
        for (let at = 0, i = 0; at < file.length; i++) {
          const size = cuts[i % cuts.length] ?? 1;
          reader.push(file.subarray(at, at + size));
          at += size;
        }
        const result = reader.end();
        expect(result).toMatchObject({ ok: true, ending: 'marked', lost: 0, decodedSamples: written.length * 960 });
        expect(result.ok && marks(result.packets)).toEqual(marks(written));
      },
    ),
  );
});

test('what the encoder needed before and after the recording is not part of it', () => {
  const file = oggFile(packets, { head: head({ preSkip: 3_840 }), surplus: 500 });
  expect(readable(file)).toMatchObject({ decodedSamples: 115_200, from: 3_840, to: 115_200 - 500 });
});

test('a recording that was cut out of a longer one is as long as its packets', () => {
  const file = oggFile(packets, { origin: 9_999_999n, surplus: 500 });
  expect(readable(file)).toMatchObject({ from: 312, to: 115_200 - 500 });
});

test('a last position that cannot be right takes nothing away but from the last page', () => {
  const [bos = Buffer.alloc(0), comments = Buffer.alloc(0)] = oggPages([]);
  const sound = (granule: bigint, last: boolean, sequence: number): Buffer =>
    pageBytes({ granule, last, sequence, lacing: [10, 10], body: Buffer.concat([packetOf(10), packetOf(10)]) });
  for (const granule of [0n, 1n, -7n, -(2n ** 62n)]) {
    const file = Buffer.concat([bos, comments, sound(1_920n, false, 2), sound(granule, true, 3)]);
    expect(readable(file)).toMatchObject({ decodedSamples: 3_840, to: 1_920 });
  }
  for (const granule of [-1n, 3_841n, 2n ** 62n]) {
    const file = Buffer.concat([bos, comments, sound(1_920n, false, 2), sound(granule, true, 3)]);
    expect(readable(file)).toMatchObject({ decodedSamples: 3_840, to: 3_840 });
  }
});

test('a file that ends in mid-page says that it was cut off, and what came before is read', () => {
  const short = Array.from({ length: 24 }, (_, i) => packetOf(8 + i, i));
  const pages = oggPages(short, { segmentsPerPage: 6 });
  const file = Buffer.concat(pages);
  const edges = pages.map((_, i) => Buffer.concat(pages.slice(0, i + 1)).length);
  const found = { cutOff: 0, unmarked: 0, marked: 0 };
  for (let length = 0; length < file.length; length++) {
    const result = read(file.subarray(0, length));
    if (!result.ok) {
      expect(['notOgg', 'notOpus', 'damaged', 'empty']).toContain(result.reason);
      continue;
    }
    expect(marks(result.packets)).toEqual(marks(short.slice(0, result.packets.length)));
    expect(result.ending, `${length} bytes`).toBe(edges.includes(length) ? 'unmarked' : 'cutOff');
    found[result.ending]++;
  }
  // The sound begins with the third of six pages.
  expect(found).toEqual({ unmarked: 3, cutOff: file.length - (edges[2] ?? 0) - 3, marked: 0 });
});

test('a file that stops in the middle of a packet that spans pages was cut off, though its last page is whole', () => {
  const pages = oggPages([packetOf(2_000), packetOf(2_000)], { segmentsPerPage: 3 });
  const result = readable(Buffer.concat(pages.slice(0, -1)));
  expect(result).toMatchObject({ ending: 'cutOff', packets: { length: 1 } });
});

test('a recorder that does not mark its last page has not lost anything', () => {
  expect(readable(oggFile(packets, { marked: false }))).toMatchObject({ ending: 'unmarked', lost: 0 });
});

test('a damaged page costs its own packets and none of the others', () => {
  const pages = oggPages(packets, { segmentsPerPage: 10 });
  for (const at of [0, 4, 5, 14, 22, 26, 27, 40, 200]) {
    const broken = pages.map((page) => Buffer.from(page));
    const victim = broken[5];
    if (victim) victim[at] = (victim[at] ?? 0) ^ 0xff;
    const result = readable(Buffer.concat(broken));
    const kept = packets.filter((_, i) => i < 30 || i >= 40);
    expect(marks(result.packets), `byte ${at}`).toEqual(marks(kept));
    expect(result.lost).toBeGreaterThan(0);
    expect(result.ending).toBe('marked');
  }
});

test('two packets of which a page between is missing are not glued together', () => {
  const long = [packetOf(1_000, 1), packetOf(1_000, 2), packetOf(1_000, 3), packetOf(1_000, 4)];
  const pages = oggPages(long, { segmentsPerPage: 3 });
  for (let missing = 2; missing < pages.length - 1; missing++) {
    const result = readable(Buffer.concat(pages.filter((_, i) => i !== missing)));
    const whole = marks(long);
    expect(result.packets.length).toBeLessThan(long.length);
    for (const packet of marks(result.packets)) expect(whole).toContain(packet);
    expect(result.lost).toBeGreaterThan(0);
  }
});

test('where two pages disagree about whether a packet goes on, neither part is taken for a packet', () => {
  const [bos = Buffer.alloc(0), comments = Buffer.alloc(0)] = oggPages([]);
  const whole = packetOf(100, 5);
  const begun = { sequence: 2, lacing: [100, 255], body: Buffer.concat([whole, packetOf(255, 1)]) };
  const denied = { sequence: 3, lacing: [7, 100], body: Buffer.concat([packetOf(7, 2), whole]), continued: false };
  expect(marks(readable(Buffer.concat([bos, comments, pageBytes(begun), pageBytes(denied)])).packets)).toEqual(
    marks([whole, packetOf(7, 2), whole]),
  );
  const ended = { sequence: 2, lacing: [100], body: whole };
  const claimed = { ...denied, continued: true };
  expect(marks(readable(Buffer.concat([bos, comments, pageBytes(ended), pageBytes(claimed)])).packets)).toEqual(
    marks([whole, whole]),
  );
});

test('a packet larger than Opus has any is no sound, and takes no memory', () => {
  const huge = packetOf(3_000_000);
  const result = readable(oggFile([packetOf(40, 1), huge, packetOf(40, 2)]));
  expect(marks(result.packets)).toEqual(marks([packetOf(40, 1), packetOf(40, 2)]));
  expect(result.lost).toBe(1);
  const reader = createPacketReader();
  const full = { first: false, last: false, granule: null, serial: 1, lacing: new Uint8Array(255).fill(255) };
  const body = new Uint8Array(255 * 255);
  for (let sequence = 0; sequence < 40; sequence++) reader.take({ ...full, continued: sequence > 0, sequence, body });
  const end = { ...full, continued: true, sequence: 40, lacing: new Uint8Array(1), body: new Uint8Array() };
  expect(reader.take(end).map((packet) => packet.buffer.byteLength)).toEqual([61_441]);
});

test('comments with a picture in them, larger than pages and than any packet, are passed over', () => {
  expect(marks(readable(oggFile(packets, { tags: tags(400_000) })).packets)).toEqual(marks(packets));
});

test('a stream beside it is skipped, and one chained behind it is no part of it', () => {
  const other = Array.from({ length: 20 }, () => packetOf(70, 99));
  const theirs = oggPages(other, { serial: 7 });
  const ours = oggPages(packets);
  const mixed = ours.flatMap((page, i) => (theirs[i] && i > 0 ? [page, theirs[i]] : [page]));
  const film = pageBytes({
    serial: 9,
    first: true,
    sequence: 0,
    lacing: [7],
    body: Buffer.from('\x80theora', 'latin1'),
  });
  expect(marks(readable(Buffer.concat([film, ...mixed])).packets)).toEqual(marks(packets));
  for (const chained of [theirs, oggPages(other)]) {
    expect(marks(readable(Buffer.concat([...ours, ...chained])).packets)).toEqual(marks(packets));
  }
});

test('what is no Ogg, no Opus, or Opus that nobody here can play is told apart', () => {
  const vorbis = pageBytes({ first: true, sequence: 0, lacing: [7], body: Buffer.from('\x01vorbis', 'latin1') });
  expect(read(Buffer.from('RIFF\0\0\0\0WAVEfmt '))).toEqual({ ok: false, reason: 'notOgg' });
  expect(read(new Uint8Array())).toEqual({ ok: false, reason: 'notOgg' });
  expect(read(vorbis)).toEqual({ ok: false, reason: 'notOpus' });
  for (const strange of [{ channels: 0 }, { channels: 3 }, { version: 16 }, { family: 1 }]) {
    expect(read(oggFile(packets, { head: head(strange) }))).toEqual({ ok: false, reason: 'unsupported' });
  }
  expect(read(oggFile([]))).toEqual({ ok: false, reason: 'empty' });
  expect(read(oggFile([new Uint8Array()]))).toEqual({ ok: false, reason: 'damaged' });
  const headless = oggFile(packets);
  headless[30] = 0;
  expect(read(headless)).toEqual({ ok: false, reason: 'damaged' });
});

test('a recording that is too long is refused, and no more of it is taken in', () => {
  const reader = createOggReader({ mostSamples: 48_000 });
  const pages = oggPages(packets, { segmentsPerPage: 10 });
  const taken = pages.findIndex((page) => !reader.push(page));
  expect(taken).toBe(7);
  expect(reader.end()).toEqual({ ok: false, reason: 'tooLong' });
  const fits = oggFile(packets.slice(0, 51), { head: head({ preSkip: 312 }), surplus: 960 - 312 });
  expect(readOggOpus(fits, { mostSamples: 48_000 })).toMatchObject({ ok: true, from: 312, to: 48_312 });
});

test('whatever is done to a file, reading it ends with what is in it or with a reason', () => {
  const file = oggFile(packets, { segmentsPerPage: 7 });
  const whole = new Set(marks(packets));
  const change = fc.record({ at: fc.nat(file.length - 1), value: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), fc.nat(file.length), (changes, length) => {
      const broken = Buffer.from(file.subarray(0, length));
      for (const { at, value } of changes) if (at < length) broken[at] = value;
      const result = read(broken);
      // What is damaged never gets as far as the decoder: its page's checksum is wrong.
      if (result.ok) expect(marks(result.packets).every((packet) => whole.has(packet))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('pages with right checksums and nonsense in them are read without harm', () => {
  const anyPage = fc.record({
    continued: fc.boolean(),
    first: fc.boolean(),
    last: fc.constant(false),
    granule: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    serial: fc.constantFrom(SERIAL, 1),
    sequence: fc.nat(3),
    lacing: fc.array(fc.constantFrom(0, 1, 2, 254, 255), { maxLength: 255 }),
  });
  fc.assert(
    fc.property(fc.array(anyPage, { maxLength: 12 }), (pages) => {
      const nonsense = pages.map((page) =>
        pageBytes({
          ...page,
          body: Buffer.alloc(
            page.lacing.reduce<number>((sum, it) => sum + it, 0),
            8,
          ),
        }),
      );
      const [bos = Buffer.alloc(0), comments = Buffer.alloc(0)] = oggPages([]);
      const result = read(Buffer.concat([bos, comments, ...nonsense]));
      if (!result.ok) return;
      expect(result.to).toBeGreaterThan(result.from);
      expect(result.decodedSamples).toBeGreaterThanOrEqual(result.to);
      for (const packet of result.packets) expect(packet.length).toBeLessThanOrEqual(61_440);
    }),
  );
});

test('eight megabytes that are nothing but the beginnings of pages are given up', () => {
  const size = 8_000_000;
  expect(read(Buffer.alloc(size, 'OggS'))).toEqual({ ok: false, reason: 'notOgg' });
  // Every 27 bytes begins what claims to be a page of 65 kB: gone through one by one they would take minutes.
  const claim = Buffer.concat([Buffer.from('OggS\0', 'latin1'), Buffer.alloc(22, 0xff)]);
  expect(read(Buffer.alloc(size, claim))).toEqual({ ok: false, reason: 'damaged' });
  const [bos = Buffer.alloc(0), comments = Buffer.alloc(0), sound = Buffer.alloc(0)] = oggPages([packetOf(40)]);
  sound[5] = 0;
  sound.writeUInt32LE(checksum(sound), 22);
  // Pages without segments, and pages with nothing but empty packets, seven million of them.
  for (const segments of [0, 255]) {
    const hollow = pageBytes({ sequence: 9, lacing: Array<number>(segments).fill(0), body: Buffer.alloc(0) });
    const { lost, packets: found } = readable(Buffer.concat([bos, comments, sound, Buffer.alloc(size, hollow)]));
    expect(found).toHaveLength(1);
    expect(lost).toBeLessThan(2_000);
  }
});
