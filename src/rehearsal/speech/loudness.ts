/**
 * How long and how loud a stretch of audio is.
 */

export interface Loudness {
  readonly durationMs: number;
  /** From the first to the last sample above `SPAN_DBFS`; null when there is none. */
  readonly span: { readonly startMs: number; readonly endMs: number } | null;
  /** The largest sample in dBFS (0 is full scale); null for digital silence. */
  readonly peakDbfs: number | null;
  /** The mean power in dBFS (a full-scale sine is -3); null for digital silence. */
  readonly rmsDbfs: number | null;
}

/** Where an utterance begins and ends for the rehearsal's figures: what the project's requirements measure at. */
export const SPAN_DBFS = -40;
const FULL_SCALE = 32_768;

/** Measures 16-bit mono PCM of `rate` samples a second. */
export function measure(pcm: Int16Array, rate = 16_000): Loudness {
  const threshold = FULL_SCALE * 10 ** (SPAN_DBFS / 20);
  let peak = 0;
  let power = 0;
  let first = -1;
  let last = -1;
  for (let i = 0; i < pcm.length; i++) {
    const level = Math.abs(pcm[i] ?? 0);
    power += level * level;
    if (level > peak) peak = level;
    if (level <= threshold) continue;
    if (first < 0) first = i;
    last = i;
  }
  const ms = (sample: number) => (sample * 1000) / rate;
  return {
    durationMs: ms(pcm.length),
    span: first < 0 ? null : { startMs: ms(first), endMs: ms(last + 1) },
    peakDbfs: peak === 0 ? null : decibels(peak / FULL_SCALE),
    rmsDbfs: peak === 0 ? null : decibels(Math.sqrt(power / pcm.length) / FULL_SCALE),
  };
}

function decibels(ratio: number): number {
  return 20 * Math.log10(ratio);
}
