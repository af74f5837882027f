/**
 * Whether a window holds somebody's speech at all, known or not: silence, a cough and steady noise do not.
 */

const FRAME = 320;
/** Frames quieter than this are silence, in dBFS. */
const FLOOR_DBFS = -50;
/** Frames this much below the loudest are pauses and room, dB. */
const RANGE_DB = 30;
/** The shortest word; a cough or a knock is over sooner. */
const MIN_ACTIVE_MS = 200;
/** Standard deviation of frame levels, dB: syllables give 5 and more, noise and tones of one loudness under 1. */
const MIN_SPREAD_DB = 2.5;
const FRAME_MS = 20;

/** @param pcm 16 kHz mono. About 20 µs for each second of it. */
export function holdsSpeech(pcm: Int16Array): boolean {
  const levels = frameLevels(pcm);
  const loudest = levels.reduce((most, level) => Math.max(most, level), Number.NEGATIVE_INFINITY);
  const active = levels.filter((level) => level > FLOOR_DBFS && level > loudest - RANGE_DB);
  if (active.length * FRAME_MS < MIN_ACTIVE_MS) return false;
  const mean = active.reduce((sum, level) => sum + level, 0) / active.length;
  const variance = active.reduce((sum, level) => sum + (level - mean) ** 2, 0) / active.length;
  return Math.sqrt(variance) >= MIN_SPREAD_DB;
}

/** The level of each 20 ms, in dBFS. */
function frameLevels(pcm: Int16Array): number[] {
  const levels: number[] = [];
  for (let start = 0; start + FRAME <= pcm.length; start += FRAME) {
    let power = 0;
    for (let i = start; i < start + FRAME; i++) power += (pcm[i] ?? 0) ** 2;
    levels.push(10 * Math.log10(power / FRAME / 32_768 ** 2 + 1e-12));
  }
  return levels;
}
