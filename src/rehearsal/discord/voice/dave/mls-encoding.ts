/**
 * The few encodings of MLS (RFC 9420) that a voice server needs: big-endian integers and variable-length vectors.
 */

/** Limits of the three length prefixes (RFC 9420 §2.1.2: the two top bits of the first byte say how many bytes follow). */
const ONE_BYTE_LENGTHS = 1 << 6;
const TWO_BYTE_LENGTHS = 1 << 14;
const FOUR_BYTE_LENGTHS = 1 << 30;

function lengthPrefix(length: number): Buffer {
  if (length < ONE_BYTE_LENGTHS) return Buffer.from([length]);
  if (length < TWO_BYTE_LENGTHS) return uint16(0x4000 | length);
  if (length < FOUR_BYTE_LENGTHS) return uint32(0x8000_0000 + length);
  throw new RangeError(`an MLS vector holds less than 2^30 bytes, not ${length}`);
}

/** `uint8` of RFC 8446 §3.3. */
export function uint8(value: number): Buffer {
  return Buffer.from([value]);
}

/** `uint16`, big-endian. */
export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

/** `uint32`, big-endian. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** `uint64`, big-endian: Discord's ids (decimal strings) and epochs. */
export function uint64(value: bigint | string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** `opaque x<V>`: the length, then the bytes of all parts. Throws a RangeError above 2^30 bytes. */
export function vector(...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([lengthPrefix(body.length), body]);
}

/** Reads what the writers above write. Every read throws a RangeError when the bytes end before it does. */
export interface MlsReader {
  readonly offset: number;
  uint8(): number;
  uint16(): number;
  uint32(): number;
  uint64(): bigint;
  bytes(length: number): Buffer;
  /** The content of a variable-length vector. */
  vector(): Buffer;
}

/** A reader over `source` from its first byte; it copies nothing. */
export function createMlsReader(source: Buffer): MlsReader {
  let offset = 0;
  const take = (length: number): Buffer => {
    if (offset + length > source.length) throw new RangeError(`an MLS message ends at byte ${source.length}`);
    const bytes = source.subarray(offset, offset + length);
    offset += length;
    return bytes;
  };
  const readLength = (): number => {
    const first = take(1).readUInt8();
    const width = 1 << (first >> 6);
    if (width > 4) throw new RangeError('an MLS vector has an invalid length prefix');
    return take(width - 1).reduce((length, byte) => length * 256 + byte, first & 0x3f);
  };
  return {
    get offset() {
      return offset;
    },
    uint8: () => take(1).readUInt8(),
    uint16: () => take(2).readUInt16BE(),
    uint32: () => take(4).readUInt32BE(),
    uint64: () => take(8).readBigUInt64BE(),
    bytes: take,
    vector: () => take(readLength()),
  };
}
