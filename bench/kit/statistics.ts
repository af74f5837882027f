/**
 * Figures from samples. Pure.
 */

/**
 * The smallest sample that at least `share` of all samples do not exceed (nearest rank): always a value that was really seen.
 *
 * @throws RangeError without samples: a figure of nothing is a mistake of the benchmark.
 */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('there are no samples');
  return found;
}

export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
}

export function spreadOf(samples: readonly number[]): Spread {
  return { p50: quantile(samples, 0.5), p95: quantile(samples, 0.95), worst: quantile(samples, 1) };
}

/** `12.3`: one digit behind the point is what a timer of 1 ms and a busy machine leave. */
export function ms(value: number): string {
  return value.toFixed(1);
}

export function tellSpread({ p50, p95, worst }: Spread): string {
  return `p50 ${ms(p50)} · p95 ${ms(p95)} · worst ${ms(worst)} ms`;
}
