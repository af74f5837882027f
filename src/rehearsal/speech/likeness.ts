/**
 * How alike two stretches of features are, and where a whole utterance fits a window: the arithmetic under alignment.ts.
 */
import type { Features } from './features.ts';
import { BANDS } from './mel-bands.ts';

/** Features that many comparisons will be made with: the energy of any stretch of rows is one subtraction. */
export interface Comparable {
  readonly features: Features;
  /** `energyBefore[row]`: the squares of all values of the rows before it. */
  readonly energyBefore: Float64Array;
}

export function comparable(features: Features): Comparable {
  const energyBefore = new Float64Array(features.length + 1);
  for (let row = 0; row < features.length; row++) {
    const at = row * BANDS;
    energyBefore[row + 1] = (energyBefore[row] ?? 0) + dot(features.values, at, features.values, at, BANDS);
  }
  return { features, energyBefore };
}

/**
 * The cosine between `rows` rows of `a` from `aRow` and as many of `b` from `bRow`: 1 the same, about 0 nothing in common.
 * Rows beyond the ends of `b` count as silence.
 */
export function likeness(a: Comparable, aRow: number, b: Comparable, bRow: number, rows: number): number {
  const from = Math.max(0, bRow);
  const end = Math.min(b.features.length, bRow + rows);
  if (end <= from) return 0;
  const energy = energyBetween(a, aRow, aRow + rows) * energyBetween(b, from, end);
  if (energy <= 0) return 0;
  const aFrom = (aRow + from - bRow) * BANDS;
  return dot(a.features.values, aFrom, b.features.values, from * BANDS, (end - from) * BANDS) / Math.sqrt(energy);
}

/**
 * How well `template` fits `window` when its row 0 stands at row `place` (which may be negative): larger is better, and only
 * comparable for the same template. Looks at every `step`-th row that `wanted` allows.
 */
export function fitAt(
  template: Features,
  window: Features,
  place: number,
  { wanted, step }: { wanted: (row: number) => boolean; step: number },
): number {
  const end = Math.min(template.length, window.length - place);
  let fit = 0;
  for (let row = Math.max(0, -place); row < end; row += step) {
    if (wanted(row)) fit += dot(template.values, row * BANDS, window.values, (row + place) * BANDS, BANDS);
  }
  return fit;
}

function energyBetween({ energyBefore }: Comparable, from: number, end: number): number {
  return (energyBefore[end] ?? 0) - (energyBefore[from] ?? 0);
}

/** Four sums side by side (`length` is a multiple of four): a single one would wait for itself at every step. */
function dot(a: Float32Array, aFrom: number, b: Float32Array, bFrom: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0, j = aFrom, k = bFrom; i < length; i += 4, j += 4, k += 4) {
    s0 += (a[j] ?? 0) * (b[k] ?? 0);
    s1 += (a[j + 1] ?? 0) * (b[k + 1] ?? 0);
    s2 += (a[j + 2] ?? 0) * (b[k + 2] ?? 0);
    s3 += (a[j + 3] ?? 0) * (b[k + 3] ?? 0);
  }
  return s0 + s1 + s2 + s3;
}
