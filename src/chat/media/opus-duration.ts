/**
 * How long an Opus packet is, from its first two bytes (RFC 6716 §3). The audio plane has the same for what comes over UDP; files
 * are read here without it, in the control plane's worker.
 */

/** What positions in Ogg Opus count in, samples a second, whatever the recording had. */
export const GRANULE_RATE = 48_000;
/** No packet may hold more (RFC 6716 §3.2.5, R5). */
const LONGEST_MS = 120;

/** Samples a channel at 48 kHz; null for what cannot be Opus. */
export function opusDuration(packet: Uint8Array): number | null {
  const toc = packet[0];
  if (toc === undefined) return null;
  const code = toc & 0b11;
  const frames = code === 3 ? (packet[1] ?? 0) & 0x3f : code === 0 ? 1 : 2;
  const ms = frames * frameMs(toc >> 3);
  return frames === 0 || ms > LONGEST_MS ? null : (ms * GRANULE_RATE) / 1000;
}

/** By the configuration in the upper five bits (RFC 6716 §3.1, table 2). */
function frameMs(configuration: number): number {
  const durations = configuration < 12 ? [10, 20, 40, 60] : configuration < 16 ? [10, 20] : [2.5, 5, 10, 20];
  return durations[configuration % durations.length] ?? 0;
}
