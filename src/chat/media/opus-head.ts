/**
 * The two packets that an Opus stream in Ogg begins with (RFC 7845 §5).
 */

export interface OpusHead {
  readonly channels: 1 | 2;
  /** Samples at 48 kHz that the decoder makes before the recording begins. */
  readonly preSkip: number;
  /** What the recording had before it was encoded, samples a second; only a remark, Opus decodes to any rate. */
  readonly inputRate: number;
  /** What the decoder shall multiply the sound by, dB in 256ths. */
  readonly gain: number;
}

const HEAD_MAGIC = 'OpusHead';
const TAGS_MAGIC = 'OpusTags';
const HEAD_BYTES = 19;
/** The upper half of the version's byte changes when old readers cannot go on. */
const MOST_VERSION = 15;

/** `foreign`: the stream holds something else. `unsupported`: Opus of a future version, or with more than two channels. */
export function parseOpusHead(packet: Uint8Array): OpusHead | 'foreign' | 'unsupported' {
  if (!beginsWith(packet, HEAD_MAGIC) || packet.length < HEAD_BYTES) return 'foreign';
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const channels = view.getUint8(9);
  const family = view.getUint8(18);
  if (view.getUint8(8) > MOST_VERSION || family !== 0 || (channels !== 1 && channels !== 2)) return 'unsupported';
  return {
    channels,
    preSkip: view.getUint16(10, true),
    inputRate: view.getUint32(12, true),
    gain: view.getInt16(16, true),
  };
}

export function isOpusTags(packet: Uint8Array): boolean {
  return beginsWith(packet, TAGS_MAGIC);
}

export function writeOpusHead({ channels, preSkip, inputRate, gain }: OpusHead): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(Buffer.from(HEAD_MAGIC, 'latin1'));
  view.setUint8(8, 1);
  view.setUint8(9, channels);
  view.setUint16(10, preSkip, true);
  view.setUint32(12, inputRate, true);
  view.setInt16(16, gain, true);
  return bytes;
}

/** Without comments: who spoke and when is nobody's business. @param vendor what encoded it */
export function writeOpusTags(vendor: string): Uint8Array {
  const name = Buffer.from(vendor, 'utf8');
  const bytes = new Uint8Array(TAGS_MAGIC.length + 4 + name.length + 4);
  bytes.set(Buffer.from(TAGS_MAGIC, 'latin1'));
  new DataView(bytes.buffer).setUint32(TAGS_MAGIC.length, name.length, true);
  bytes.set(name, TAGS_MAGIC.length + 4);
  return bytes;
}

function beginsWith(packet: Uint8Array, magic: string): boolean {
  return Buffer.from(packet.subarray(0, magic.length)).toString('latin1') === magic;
}
