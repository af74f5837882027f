/**
 * Two ways of doing the same, timed in turns: what disturbs one disturbs the other, so that their ratio means something on a
 * machine that is not idle.
 */
import { quantile } from './statistics.ts';

export interface InterleaveOptions {
  readonly rounds: number;
  /** Rounds before that are not counted: the compiler and the caches find their shape. */
  readonly warmUp: number;
}

export interface Interleaved {
  /** Median of the ratios `b / a` of each round. */
  readonly ratio: number;
  /** Median ms of one call. */
  readonly a: number;
  readonly b: number;
}

export function interleave(a: () => void, b: () => void, { rounds, warmUp }: InterleaveOptions): Interleaved {
  const times: { readonly a: number; readonly b: number }[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    // Whoever comes second finds warmer caches: they take turns at that too.
    const [first, second] = round % 2 === 0 ? [a, b] : [b, a];
    const [one, other] = [timed(first), timed(second)];
    if (round >= 0) times.push(round % 2 === 0 ? { a: one, b: other } : { a: other, b: one });
  }
  const median = (of: (time: (typeof times)[number]) => number): number => quantile(times.map(of), 0.5);
  return { ratio: median((time) => time.b / time.a), a: median((time) => time.a), b: median((time) => time.b) };
}

function timed(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}
