/**
 * The picture of a voice message that Discord's clients draw: loudness over time (Discord, "Voice Messages").
 */

/** More are not drawn. */
const MOST_POINTS = 256;
const POINTS_PER_SECOND = 10;
const HIGHEST = 255;
/** The loudest point is drawn in full, but what is quieter than this is not blown up: it is noise, −50 dB. */
const FLOOR = 32_768 * 10 ** (-50 / 20);

/** One byte a point, a point for 100 ms or, in a long recording, for more; in base64. @param rate samples a second of `pcm` */
export function waveformOf(pcm: Int16Array, rate: number): string {
  const points = Math.min(MOST_POINTS, Math.max(1, Math.floor((pcm.length * POINTS_PER_SECOND) / rate)));
  const levels = Array.from({ length: points }, (_, i) => {
    const [from, to] = [i, i + 1].map((edge) => Math.round((edge * pcm.length) / points));
    return levelOf(pcm.subarray(from, to));
  });
  const loudest = Math.max(FLOOR, ...levels);
  return Buffer.from(levels.map((level) => Math.round((level / loudest) * HIGHEST))).toString('base64');
}

/** Root mean square, in samples. */
function levelOf(pcm: Int16Array): number {
  let sum = 0;
  for (const sample of pcm) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, pcm.length));
}
