/**
 * The fixed part of an RTP header (RFC 3550 §5.1), as far as a speaker's packets need it.
 */

export interface RtpHeader {
  /** 16 bits, wraps. */
  readonly sequence: number;
  /** Samples at 48 kHz, 32 bits, wraps. */
  readonly timestamp: number;
  readonly ssrc: number;
}

const HEADER_BYTES = 12;
const RTP_VERSION = 2;
/** The payload type Discord gives to Opus. */
const OPUS_PAYLOAD_TYPE = 0x78;

/** Null for what is no Opus packet: keep-alives, IP discovery, RTCP, video, garbage. */
export function readRtpHeader(datagram: Buffer): RtpHeader | null {
  if (datagram.length < HEADER_BYTES) return null;
  if (datagram.readUInt8(0) >> 6 !== RTP_VERSION) return null;
  if ((datagram.readUInt8(1) & 0x7f) !== OPUS_PAYLOAD_TYPE) return null;
  return {
    sequence: datagram.readUInt16BE(2),
    timestamp: datagram.readUInt32BE(4),
    ssrc: datagram.readUInt32BE(8),
  };
}
