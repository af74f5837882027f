/** A sound that is like no other part of itself, and where it lies in another: how late something is, sample by sample. */

/** A second that rises from 200 to 1,000 Hz. @param rate samples a second */
export function chirp(rate: number): Int16Array {
  return Int16Array.from({ length: rate }, (_, i) => {
    const t = i / rate;
    return Math.round(10_000 * Math.sin(2 * Math.PI * (200 * t + 400 * t * t)));
  });
}

/** By how many samples `pcm` comes later than `original`, at most 120 either way. */
export function lagOf(pcm: Int16Array, original: Int16Array): number {
  let best = { lag: 0, likeness: Number.NEGATIVE_INFINITY };
  for (let lag = -120; lag <= 120; lag++) {
    let likeness = 0;
    for (let i = 2_000; i < original.length - 2_000; i++) likeness += (pcm[i + lag] ?? 0) * (original[i] ?? 0);
    if (likeness > best.likeness) best = { lag, likeness };
  }
  return best.lag;
}
