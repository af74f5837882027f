/**
 * How loud samples are, in dB below full scale: 0 is the loudest there is, silence is −Infinity.
 */

const FULL_SCALE = 32_768;

/** Root mean square. A sine of full scale is at −3. */
export function rmsDbfs(pcm: Int16Array): number {
  let sum = 0;
  for (const sample of pcm) sum += sample * sample;
  return sum === 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(sum / pcm.length / FULL_SCALE ** 2);
}

/** The largest sample. */
export function peakDbfs(pcm: Int16Array): number {
  let peak = 0;
  for (const sample of pcm) peak = Math.max(peak, Math.abs(sample));
  return 20 * Math.log10(peak / FULL_SCALE);
}
