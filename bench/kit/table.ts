/**
 * Rows as a person reads them in a terminal.
 */
import type { Row } from './benchmark.ts';

export function verdictOf({ met }: Row): string {
  if (met === null) return '–';
  return met ? 'met' : 'MISSED';
}

/** What was measured and against what on one line, how on the next. */
export function tableLines(rows: readonly Row[]): string[] {
  const widths = [columnWidth(rows, ({ measured }) => measured), columnWidth(rows, ({ budget }) => budget ?? '–')];
  return rows.flatMap((row) => {
    const [measured, budget] = [row.measured.padEnd(widths[0] ?? 0), (row.budget ?? '–').padEnd(widths[1] ?? 0)];
    return [`  ${row.what}`, `    ${measured}   budget ${budget}   ${verdictOf(row)}`, `    ${row.note}`];
  });
}

function columnWidth(rows: readonly Row[], cell: (row: Row) => string): number {
  return rows.reduce((width, row) => Math.max(width, cell(row).length), 0);
}
