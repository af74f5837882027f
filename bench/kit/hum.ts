/**
 * Answers that a benchmark can measure: a tone of even loudness, so that every step of the bot's volume shows in a single packet, and
 * of a pitch of its own, so that the old answer is never taken for the new one. Pure.
 */
import { LIVE_RATE } from '../../src/rehearsal/live/answer-audio.ts';

/** Multiples of 50 Hz: in a packet of 20 ms each has whole waves, and none leaks into another's measure. */
export const PITCHES_HZ = [300, 450, 650, 900] as const;
export type Pitch = (typeof PITCHES_HZ)[number];

/** −12 dBFS, a firm voice. */
const PEAK = 8_192;
/** So that nothing clicks. */
const EDGE_MS = 10;
const HEARD_RATE = 48_000;
const FULL_SCALE = 32_768;

/** 24 kHz mono. */
export function hum(pitch: Pitch, durationMs: number): Int16Array {
  const length = Math.round((durationMs * LIVE_RATE) / 1000);
  const edge = (EDGE_MS * LIVE_RATE) / 1000;
  return Int16Array.from({ length }, (_, at) => {
    const swell = Math.min(1, at / edge, (length - 1 - at) / edge);
    return Math.round(PEAK * swell * Math.sin((2 * Math.PI * pitch * at) / LIVE_RATE));
  });
}

/** Mean power in dBFS. */
export function levelOf(pcm: Int16Array): number {
  let power = 0;
  for (const sample of pcm) power += sample * sample;
  return 10 * Math.log10(power / Math.max(1, pcm.length) / FULL_SCALE ** 2 + 1e-12);
}

/** Which hum a packet of 48 kHz mono carries most of; null when it is too quiet to carry any. */
export function pitchOf(pcm: Int16Array): Pitch | null {
  if (levelOf(pcm) < SILENT_DBFS) return null;
  const powers = PITCHES_HZ.map((pitch) => powerAt(pcm, pitch));
  return PITCHES_HZ[powers.indexOf(Math.max(...powers))] ?? null;
}

/** The last packet of an answer may be the echo of its edge alone. */
const SILENT_DBFS = -60;

function powerAt(pcm: Int16Array, pitch: Pitch): number {
  let [real, imaginary] = [0, 0];
  for (const [at, sample] of pcm.entries()) {
    const angle = (2 * Math.PI * pitch * at) / HEARD_RATE;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  }
  return real ** 2 + imaginary ** 2;
}
