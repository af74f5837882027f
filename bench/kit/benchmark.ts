/**
 * What a benchmark is, and what it hands back: rows of a table, each with its budget where DESIGN.md §5 sets one.
 */

/** One row of the table. */
export interface Row {
  /** What was measured, as DESIGN.md §5 names it. */
  readonly what: string;
  /** The figures in words, unit included. */
  readonly measured: string;
  /** In words; null where the design sets none and the figure is for information. */
  readonly budget: string | null;
  /** Null where there is no budget. */
  readonly met: boolean | null;
  /** How it was measured, how often, and what else was seen. */
  readonly note: string;
  /** The same figures as numbers, for whoever compares two runs. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface Outcome {
  readonly rows: readonly Row[];
  /** What was wrong with the run itself: errors the bot logged, protocol violations. Figures of such a run mean little. */
  readonly problems: readonly string[];
}

export interface Benchmark {
  /** For `--only`. */
  readonly name: string;
  /** One line for `--list`. */
  readonly about: string;
  /** About how long it takes, s. */
  readonly takesSeconds: number;
  /** Runs only with `--all` or by name, because it takes minutes. */
  readonly slow?: boolean;
  run(): Promise<Outcome>;
}
