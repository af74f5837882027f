/** Test signals, 48 kHz mono, and their measures. */
export const RATE = 48_000;

export function tone(durationMs: number, frequency: number, amplitude = 8_000): Int16Array {
  const samples = (durationMs * RATE) / 1000;
  return Int16Array.from({ length: samples }, (_, at) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * frequency * at) / RATE)),
  );
}

export function rms(pcm: Int16Array): number {
  return Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, pcm.length));
}

/** Share of the energy that is at `frequency` (Goertzel), 0–1. */
export function purity(pcm: Int16Array, frequency: number): number {
  const w = (2 * Math.PI * frequency) / RATE;
  let [re, im, energy] = [0, 0, 0];
  for (const [at, sample] of pcm.entries()) {
    re += sample * Math.cos(w * at);
    im += sample * Math.sin(w * at);
    energy += sample * sample;
  }
  return energy === 0 ? 0 : (2 * (re * re + im * im)) / (pcm.length * energy);
}

/** Duration in ms from the first to the last sample above a hundredth of full scale. */
export function audibleMs(pcm: Int16Array): number {
  const loud = (sample: number): boolean => Math.abs(sample) > 327;
  const first = pcm.findIndex(loud);
  return first < 0 ? 0 : ((pcm.findLastIndex(loud) - first + 1) * 1000) / RATE;
}

/** A uniform generator in [0, 1) with a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
