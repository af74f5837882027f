/**
 * One page of an Ogg file, in bytes and back (RFC 3533 §6).
 */

/** `OggS` and the version, 0: what every page begins with. */
export const CAPTURE = Uint8Array.of(0x4f, 0x67, 0x67, 0x53, 0);
/** What a page has before its lengths of segments. */
const HEADER_BYTES = 27;
/** Segments of one page, and bytes of one segment: both are counted in a byte. */
export const MOST_SEGMENTS = 255;
export const SEGMENT_BYTES = 255;
/** The largest page there can be. */
export const MOST_PAGE_BYTES = HEADER_BYTES + MOST_SEGMENTS + MOST_SEGMENTS * SEGMENT_BYTES;

const CHECKSUM_AT = 22;
const CONTINUED = 1;
const FIRST = 2;
const LAST = 4;

export interface OggPage {
  /** Its first segments belong to a packet that began on an earlier page. */
  readonly continued: boolean;
  /** It begins, or ends, its stream. */
  readonly first: boolean;
  readonly last: boolean;
  /** Where the stream stands after the last packet that ends here, in Opus in samples at 48 kHz; null when none ends here. */
  readonly granule: number | null;
  /** Tells streams of one file apart. */
  readonly serial: number;
  /** Counts the pages of its stream. */
  readonly sequence: number;
  /** Lengths of its segments. One under 255 ends a packet. */
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
}

export type PageRead =
  | { readonly kind: 'page'; readonly page: OggPage; readonly sizeBytes: number }
  /** As far as it goes it may be one, but there is more to come. */
  | { readonly kind: 'incomplete' }
  /** Whole, but its checksum is another. */
  | { readonly kind: 'corrupt' };

/** Reads the page that `bytes`, which begins with a capture pattern, begins with; its body and lengths are views of `bytes`. */
export function readPage(bytes: Uint8Array): PageRead {
  if (bytes.length < HEADER_BYTES) return { kind: 'incomplete' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bodyAt = HEADER_BYTES + view.getUint8(26);
  if (bytes.length < bodyAt) return { kind: 'incomplete' };
  const lacing = bytes.subarray(HEADER_BYTES, bodyAt);
  let end = bodyAt;
  for (const length of lacing) end += length;
  if (bytes.length < end) return { kind: 'incomplete' };
  if (pageChecksum(bytes.subarray(0, end)) !== view.getUint32(CHECKSUM_AT, true)) return { kind: 'corrupt' };
  const flags = view.getUint8(5);
  const granule = view.getBigInt64(6, true);
  const page: OggPage = {
    continued: (flags & CONTINUED) !== 0,
    first: (flags & FIRST) !== 0,
    last: (flags & LAST) !== 0,
    granule: granule === -1n ? null : Number(granule),
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    lacing,
    body: bytes.subarray(bodyAt, end),
  };
  return { kind: 'page', page, sizeBytes: end };
}

/** The page in bytes, with its checksum. `lacing` has at most 255 lengths, which add up to the body's. */
export function writePage({ continued, first, last, granule, serial, sequence, lacing, body }: OggPage): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + lacing.length + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set(CAPTURE);
  view.setUint8(5, (continued ? CONTINUED : 0) | (first ? FIRST : 0) | (last ? LAST : 0));
  view.setBigInt64(6, granule === null ? -1n : BigInt(granule), true);
  view.setUint32(14, serial, true);
  view.setUint32(18, sequence, true);
  view.setUint8(26, lacing.length);
  bytes.set(lacing, HEADER_BYTES);
  bytes.set(body, HEADER_BYTES + lacing.length);
  view.setUint32(CHECKSUM_AT, pageChecksum(bytes), true);
  return bytes;
}

/** What each byte does to the checksum, by the polynomial 0x04C11DB7, unreflected. */
const CHECKSUM_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value & 0x8000_0000 ? (value << 1) ^ 0x04c1_1db7 : value << 1;
  return value;
});

/** The CRC-32 of a page; its own field counts as zeros. */
function pageChecksum(page: Uint8Array): number {
  let value = 0;
  for (let i = 0; i < page.length; i++) {
    const byte = i >= CHECKSUM_AT && i < CHECKSUM_AT + 4 ? 0 : (page[i] as number);
    value = (value << 8) ^ (CHECKSUM_TABLE[(value >>> 24) ^ byte] as number);
  }
  return value >>> 0;
}
