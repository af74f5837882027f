/**
 * Ogg files made byte by byte, right and wrong: independent of the bot's own pages, so that a defect there shows.
 */

export interface PageBytes {
  readonly continued?: boolean;
  readonly first?: boolean;
  readonly last?: boolean;
  readonly granule?: bigint;
  readonly serial?: number;
  readonly sequence: number;
  /** Lengths of segments; what `body` holds. */
  readonly lacing: readonly number[];
  readonly body: Uint8Array;
  /** Instead of the right one. */
  readonly checksum?: number;
}

export const SERIAL = 0xabcd_1234;

export function pageBytes(page: PageBytes): Buffer {
  const { continued = false, first = false, last = false, granule = 0n, serial = SERIAL, sequence } = page;
  const header = Buffer.alloc(27);
  header.write('OggS', 'latin1');
  header[5] = Number(continued) + 2 * Number(first) + 4 * Number(last);
  header.writeBigInt64LE(granule, 6);
  header.writeUInt32LE(serial, 14);
  header.writeUInt32LE(sequence, 18);
  header[26] = page.lacing.length;
  const bytes = Buffer.concat([header, Uint8Array.from(page.lacing), page.body]);
  bytes.writeUInt32LE(page.checksum ?? checksum(bytes), 22);
  return bytes;
}

/** Bit by bit, by long division: the polynomial 0x04C11DB7, nothing reflected, starting at 0, the own field as zeros. */
export function checksum(page: Uint8Array): number {
  let value = 0;
  for (const [index, byte] of page.entries()) {
    const counted = index >= 22 && index < 26 ? 0 : byte;
    for (let bit = 7; bit >= 0; bit--) {
      const carry = (value >>> 31) ^ ((counted >> bit) & 1);
      value = ((value << 1) ^ (carry ? 0x04c1_1db7 : 0)) >>> 0;
    }
  }
  return value;
}

export function head({ channels = 1, preSkip = 312, version = 1, family = 0, gain = 0 } = {}): Buffer {
  const bytes = Buffer.alloc(19);
  bytes.write('OpusHead', 'latin1');
  bytes[8] = version;
  bytes[9] = channels;
  bytes.writeUInt16LE(preSkip, 10);
  bytes.writeUInt32LE(48_000, 12);
  bytes.writeInt16LE(gain, 16);
  bytes[18] = family;
  return bytes;
}

export function tags(commentBytes = 0): Buffer {
  return Buffer.concat([Buffer.from('OpusTags', 'latin1'), Buffer.alloc(8 + commentBytes, 7)]);
}

export interface FileOptions {
  readonly head?: Buffer;
  readonly tags?: Buffer;
  /** On each page of sound; the fewer, the more packets span pages. */
  readonly segmentsPerPage?: number;
  /** Length of each packet, samples at 48 kHz. */
  readonly samples?: number;
  /** Position of the first sample. */
  readonly origin?: bigint;
  /** Samples that the last page's position says are too many. */
  readonly surplus?: number;
  /** Whether the last page is marked as such. */
  readonly marked?: boolean;
  readonly serial?: number;
}

/** The pages of a file with these packets of sound. */
export function oggPages(packets: readonly Uint8Array[], options: FileOptions = {}): Buffer[] {
  const { segmentsPerPage = 50, samples = 960, origin = 0n, surplus = 0, marked = true, serial = SERIAL } = options;
  const first = { serial, first: true, sequence: 0, ...whole(options.head ?? head()) };
  const pages = [pageBytes(first)];
  for (const [body, lacing, continued] of spread(options.tags ?? tags(), 255)) {
    pages.push(pageBytes({ serial, sequence: pages.length, lacing, body, continued }));
  }
  const segments = packets.flatMap((packet) => segmentsOf(packet));
  let ended = 0;
  let continued = false;
  for (let at = 0; at < segments.length; at += segmentsPerPage) {
    const own = segments.slice(at, at + segmentsPerPage);
    const last = at + segmentsPerPage >= segments.length;
    const ends = own.filter(({ length }) => length < 255).length;
    ended += ends;
    const position = origin + BigInt(ended * samples) - (last ? BigInt(surplus) : 0n);
    const flags = { serial, continued, last: last && marked, granule: ends === 0 ? -1n : position };
    const content = { lacing: own.map(({ length }) => length), body: Buffer.concat(own) };
    pages.push(pageBytes({ ...flags, sequence: pages.length, ...content }));
    continued = own.at(-1)?.length === 255;
  }
  return pages;
}

export function oggFile(packets: readonly Uint8Array[], options: FileOptions = {}): Buffer {
  return Buffer.concat(oggPages(packets, options));
}

/** Bytes that begin as Opus of 20 ms does (SILK, narrowband), and go on as anything. */
export function packetOf(sizeBytes: number, fill = 0): Uint8Array {
  return Uint8Array.from({ length: sizeBytes }, (_, i) => (i === 0 ? 8 : (fill + i * 31) & 0xff));
}

function whole(packet: Uint8Array): { readonly lacing: number[]; readonly body: Uint8Array } {
  return { lacing: segmentsOf(packet).map(({ length }) => length), body: packet };
}

function segmentsOf(packet: Uint8Array): Uint8Array[] {
  const count = Math.floor(packet.length / 255) + 1;
  return Array.from({ length: count }, (_, i) => packet.subarray(i * 255, i * 255 + 255));
}

/** A packet over as many pages as it takes. */
function* spread(packet: Uint8Array, segmentsPerPage: number): Generator<[Uint8Array, number[], boolean]> {
  const segments = segmentsOf(packet);
  for (let at = 0; at < segments.length; at += segmentsPerPage) {
    const own = segments.slice(at, at + segmentsPerPage);
    yield [Buffer.concat(own), own.map(({ length }) => length), at > 0];
  }
}
