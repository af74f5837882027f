/**
 * The figures of a rehearsal against the time budgets of DESIGN.md §5, as a short table.
 *
 * One rehearsal on a busy machine is no benchmark: a missed budget is told, and fails the rehearsal only with `--strict`.
 */
import type { TurnLatency, TurnReport } from './report.ts';

/** The pause that the bot waits by default before it takes its turn (DESIGN.md §4, `/turns`). */
const DEFAULT_PAUSE_MS = 600;

interface Figure {
  readonly name: string;
  readonly of: keyof TurnLatency;
  readonly budgetMs: number | null;
  readonly why: string;
}

const FIGURES: readonly Figure[] = [
  {
    name: 'speech end → activityEnd',
    of: 'speechEndToActivityEnd',
    budgetMs: DEFAULT_PAUSE_MS + 40,
    why: 'pause 600 + 40',
  },
  { name: 'activityEnd → first chunk', of: 'activityEndToChunk', budgetMs: null, why: 'the service' },
  { name: 'first chunk → first packet', of: 'chunkToPacket', budgetMs: 70, why: 'prebuffer 60 + 10' },
  { name: 'speech end → first packet', of: 'speechEndToPacket', budgetMs: null, why: 'what a person waits' },
  { name: 'barge-in → silence', of: 'bargeInToSilence', budgetMs: 300, why: '300' },
];

export interface FigureRow {
  readonly name: string;
  readonly median: number | null;
  readonly worst: number | null;
  readonly budget: string;
  readonly missed: boolean;
}

export function figuresOf(turns: readonly TurnReport[]): FigureRow[] {
  return FIGURES.map(({ name, of, budgetMs, why }) => {
    const values = turns
      .map((turn) => turn.latencyMs[of])
      .filter((it) => it !== null)
      .sort((a, b) => a - b);
    const worst = values.at(-1) ?? null;
    const median = values[Math.floor((values.length - 1) / 2)] ?? null;
    return { name, median, worst, budget: why, missed: budgetMs !== null && worst !== null && worst > budgetMs };
  });
}

const show = (ms: number | null): string => (ms === null ? '–' : ms.toFixed(0));

export function figureTable(rows: readonly FigureRow[]): string[] {
  const line = (name: string, median: string, worst: string, budget: string): string =>
    `  ${name.padEnd(28)} ${median.padStart(7)} ${worst.padStart(7)}   ${budget}`;
  return [
    line('ms', 'median', 'worst', 'budget'),
    ...rows.map((row) =>
      line(row.name, show(row.median), show(row.worst), `${row.budget}${row.missed ? '   MISSED' : ''}`),
    ),
  ];
}
