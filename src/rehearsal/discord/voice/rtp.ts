/**
 * RTP as Discord uses it (RFC 3550): one fixed header, payload type 0x78, sometimes a header extension `BE DE`
 * (RFC 8285) whose 4-byte head is authenticated in the clear and whose body is encrypted with the payload.
 */

export interface RtpHeader {
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
}

const VERSION_2 = 0x80;
const EXTENSION_BIT = 0x10;
const PADDING_BIT = 0x20;
const OPUS_PAYLOAD_TYPE = 0x78;
export const RTP_HEADER_BYTES = 12;
const EXTENSION_HEAD_BYTES = 4;
const ONE_BYTE_EXTENSIONS = 0xbede;

export interface RtpPacket extends RtpHeader {
  /** What is authenticated but not encrypted: the header, with the extension's head when there is one. */
  readonly plain: Buffer;
  readonly rest: Buffer;
  /** Bytes of the extension's body at the start of the decrypted payload. */
  readonly extensionBytes: number;
  readonly padded: boolean;
}

/** The 12 header bytes, and four more when an extension of `extensionWords` 32-bit words follows. */
export function writeRtpHeader({ sequence, timestamp, ssrc }: RtpHeader, extensionWords = 0): Buffer {
  const header = Buffer.alloc(RTP_HEADER_BYTES + (extensionWords > 0 ? EXTENSION_HEAD_BYTES : 0));
  header[0] = VERSION_2 | (extensionWords > 0 ? EXTENSION_BIT : 0);
  header[1] = OPUS_PAYLOAD_TYPE;
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(timestamp >>> 0, 4);
  header.writeUInt32BE(ssrc, 8);
  if (extensionWords > 0) {
    header.writeUInt16BE(ONE_BYTE_EXTENSIONS, RTP_HEADER_BYTES);
    header.writeUInt16BE(extensionWords, RTP_HEADER_BYTES + 2);
  }
  return header;
}

/** `null` when the datagram is no RTP packet of Discord's audio. */
export function parseRtp(datagram: Buffer): RtpPacket | null {
  if (datagram.length < RTP_HEADER_BYTES) return null;
  const first = datagram.readUInt8(0);
  if (first >> 6 !== 2 || (datagram.readUInt8(1) & 0x7f) !== OPUS_PAYLOAD_TYPE) return null;
  const plainBytes = RTP_HEADER_BYTES + (first & 0x0f) * 4 + ((first & EXTENSION_BIT) !== 0 ? EXTENSION_HEAD_BYTES : 0);
  if (datagram.length < plainBytes) return null;
  return {
    sequence: datagram.readUInt16BE(2),
    timestamp: datagram.readUInt32BE(4),
    ssrc: datagram.readUInt32BE(8),
    plain: datagram.subarray(0, plainBytes),
    rest: datagram.subarray(plainBytes),
    extensionBytes: (first & EXTENSION_BIT) !== 0 ? datagram.readUInt16BE(plainBytes - 2) * 4 : 0,
    padded: (first & PADDING_BIT) !== 0,
  };
}

/** The Opus payload of a decrypted RTP payload: without the extension's body and the padding. */
export function opusPayload(packet: RtpPacket, decrypted: Buffer): Buffer {
  const padding = packet.padded ? (decrypted.at(-1) ?? 0) : 0;
  return decrypted.subarray(packet.extensionBytes, Math.max(packet.extensionBytes, decrypted.length - padding));
}
