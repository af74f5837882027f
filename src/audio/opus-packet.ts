/**
 * What can be read from an Opus packet without decoding it (RFC 6716 §3): how long it is, and whether it is one at all.
 */
import { DISCORD_RATE } from './rates.ts';

/** What Discord's clients send five times after speech (Discord, "Voice Data Interpolation"). Never encrypted end to end. */
export const SILENCE_FRAME: Readonly<Uint8Array> = Uint8Array.of(0xf8, 0xff, 0xfe);

/** No packet may hold more (RFC 6716 §3.2.5, R5). */
const LONGEST_MS = 120;

/** True for the packet that means "I stopped speaking", which is no sign of life. */
export function isSilenceFrame(payload: Uint8Array): boolean {
  return payload.length === 3 && payload[0] === 0xf8 && payload[1] === 0xff && payload[2] === 0xfe;
}

/**
 * True for a packet that is still encrypted end to end: DAVE ends each of its frames in 0xFAFA. The library hands those over
 * while its session is not ready, and they look like Opus (reference/discord.md §1).
 */
export function isStillEncrypted(payload: Uint8Array): boolean {
  return payload.length > 3 && payload.at(-1) === 0xfa && payload.at(-2) === 0xfa;
}

/**
 * How much sound a packet holds, in samples a channel at 48 kHz; null for what cannot be Opus.
 *
 * Read from the first two bytes only, as libopus does: the frames behind them may still turn out to be garbage.
 */
export function packetSamples(payload: Uint8Array): number | null {
  const toc = payload[0];
  if (toc === undefined) return null;
  const frames = frameCount(toc & 0b11, payload[1]);
  const ms = frames * frameDurationMs(toc >> 3);
  return frames === 0 || ms > LONGEST_MS ? null : (ms * DISCORD_RATE) / 1000;
}

/** Frames by the code in the lowest two bits of the first byte (RFC 6716 §3.2); 0 for none or not readable. */
function frameCount(code: number, second: number | undefined): number {
  if (code === 0) return 1;
  return code === 3 ? (second ?? 0) & 0x3f : 2;
}

/** Duration of one frame by the configuration in the upper five bits (RFC 6716 §3.1, table 2). */
function frameDurationMs(configuration: number): number {
  const durations = configuration < 12 ? [10, 20, 40, 60] : configuration < 16 ? [10, 20] : [2.5, 5, 10, 20];
  return durations[configuration % durations.length] ?? 0;
}
