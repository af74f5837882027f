/**
 * What the recogniser compares: every 10 ms the shape of the sound in 24 bands, made independent of gain, of the line's colouring and
 * of what lies in the pauses.
 */
import { BANDS, bandLevels } from './mel-bands.ts';

export interface Features {
  /** Rows, one every `HOP_MS`. */
  readonly length: number;
  /** `values[row * BANDS + band]`; about 0 on average, and exactly 0 where nobody speaks. */
  readonly values: Float32Array;
  /** How surely each row is speech and not a pause, 0..1. */
  readonly weights: Float32Array;
}

/** What lies this far below the loud speech of a recording is taken as nothing: noise at 20 dB SNR stays under it in most bands. */
const DEPTH_DB = 32;
/** A row counts fully from 18 dB below the loud speech on, and not at all from 30 dB below. */
const PAUSE_DB = -30;
const SPEECH_DB = -18;
/** "Loud speech" is the level that one row in twenty exceeds; a click does not set it. */
const LOUD_QUANTILE = 0.95;
/** Whatever is under this (dBFS a band) is a quiet room or rounding noise, however quiet the rest is. */
const ABSOLUTE_FLOOR_DB = -75;
/**
 * How much is taken off of a row's mean and of a band's mean around it. Loud and soft, voiced and voiceless alternate in all speech
 * alike; without most of that, strangers' sentences match in 0.2 to 0.4 of their pieces instead of in 0.6 (DEPTH_DB and these two
 * were chosen on recordings that are no known utterance, reversed speech, and noise at 20 dB SNR).
 */
const CONTRAST = 0.7;
/** Rows to either side of a band's mean: with 120 ms a syllable's shape stays and a word's loudness goes. */
const CONTRAST_ROWS = 12;

/** The features of 16 kHz mono PCM. Less than one frame (25 ms) of audio has none. */
export function features(pcm: Int16Array): Features {
  const values = bandLevels(pcm);
  const length = values.length / BANDS;
  const totals = rowTotals(values, length);
  const loud = Math.max(quantile(totals, LOUD_QUANTILE), ABSOLUTE_FLOOR_DB - PAUSE_DB);
  const weights = totals.map((level) => clamp((level - loud - PAUSE_DB) / (SPEECH_DB - PAUSE_DB), 0, 1));
  const floor = loud - DEPTH_DB;
  for (let i = 0; i < values.length; i++) values[i] = Math.max(0, (values[i] ?? 0) - floor);
  for (let band = 0; band < BANDS; band++) centreBand(values, band, weights);
  for (let row = 0; row < length; row++) centreRow(values, row);
  for (let band = 0; band < BANDS; band++) sharpenBand(values, band, weights);
  return { length, values, weights };
}

/** The level of all bands of a row together, in dBFS. */
function rowTotals(values: Float32Array, length: number): Float32Array {
  return Float32Array.from({ length }, (_, row) => {
    let sum = 0;
    for (let band = 0; band < BANDS; band++) sum += 10 ** ((values[row * BANDS + band] ?? 0) / 10);
    return 10 * Math.log10(sum);
  });
}

/** Takes a band's mean over the speech away, so that tilt and line do not make everything alike. */
function centreBand(values: Float32Array, band: number, weights: Float32Array): void {
  let sum = 0;
  let total = 0;
  for (const [row, weight] of weights.entries()) {
    sum += (values[row * BANDS + band] ?? 0) * weight;
    total += weight;
  }
  const mean = total === 0 ? 0 : sum / total;
  for (let at = band; at < values.length; at += BANDS) values[at] = (values[at] ?? 0) - mean;
}

/** Takes most of a row's loudness away and leaves its shape. */
function centreRow(values: Float32Array, row: number): void {
  const bands = values.subarray(row * BANDS, (row + 1) * BANDS);
  const mean = bands.reduce((sum, value) => sum + value, 0) / BANDS;
  for (let band = 0; band < BANDS; band++) bands[band] = (bands[band] ?? 0) - CONTRAST * mean;
}

/** Takes most of the speech around each row away, and leaves nothing in the pauses. */
function sharpenBand(values: Float32Array, band: number, weights: Float32Array): void {
  const before = new Float64Array(weights.length + 1);
  for (const [row, weight] of weights.entries()) {
    before[row + 1] = (before[row] ?? 0) + (values[row * BANDS + band] ?? 0) * weight;
  }
  for (const [row, weight] of weights.entries()) {
    const from = Math.max(0, row - CONTRAST_ROWS);
    const end = Math.min(weights.length, row + CONTRAST_ROWS + 1);
    const mean = ((before[end] ?? 0) - (before[from] ?? 0)) / (end - from);
    const at = row * BANDS + band;
    values[at] = ((values[at] ?? 0) - CONTRAST * mean) * weight;
  }
}

function quantile(values: Float32Array, share: number): number {
  const sorted = values.toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? ABSOLUTE_FLOOR_DB;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
