/**
 * What can be said of an Opus packet without decoding it, and the sizes of Discord's audio.
 */

/** Discord's Opus runs at 48 kHz; RTP timestamps count its samples. */
export const SAMPLE_RATE = 48_000;
export const FRAME_MS = 20;
/** Samples (one channel) and RTP timestamp units of one 20 ms frame. */
export const FRAME_SAMPLES = (SAMPLE_RATE * FRAME_MS) / 1000;
/** Five of these end every run of packets, so that decoders do not interpolate (Discord, "Voice Data Interpolation"). */
export const SILENCE_FRAME = Buffer.from([0xf8, 0xff, 0xfe]);
export const CLOSING_SILENCE_FRAMES = 5;
/** The last two bytes of a frame that is end-to-end encrypted (DAVE's supplemental data ends in this marker). */
const DAVE_MARKER = 0xfafa;

export function isSilenceFrame(packet: Buffer): boolean {
  return packet.equals(SILENCE_FRAME);
}

export function hasDaveMarker(packet: Buffer): boolean {
  return packet.length > 2 && packet.readUInt16BE(packet.length - 2) === DAVE_MARKER;
}

/** Frame durations in ms by the upper five bits of the first byte (RFC 6716 §3.1, table 2). */
function frameDurationMs(configuration: number): number {
  if (configuration < 12) return [10, 20, 40, 60][configuration % 4] ?? 0;
  if (configuration < 16) return [10, 20][configuration % 2] ?? 0;
  return [2.5, 5, 10, 20][configuration % 4] ?? 0;
}

/** Duration in ms that the packet's first bytes claim; 0 when there are none. */
export function opusDurationMs(packet: Buffer): number {
  const first = packet[0];
  if (first === undefined) return 0;
  const frames = [1, 2, 2, (packet[1] ?? 0) & 0x3f][first & 3] ?? 0;
  return frames * frameDurationMs(first >> 3);
}
