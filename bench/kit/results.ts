/**
 * The last figures of every benchmark, kept beside the code: `latest.json` to compare with, `latest.md` to read.
 *
 * A run of one benchmark replaces its own figures and leaves the others as they were, each with its date.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome, Row } from './benchmark.ts';
import type { Machine } from './machine.ts';
import { verdictOf } from './table.ts';

export interface Result extends Outcome {
  readonly name: string;
  /** ISO 8601, to the second. */
  readonly measuredAt: string;
  readonly machine: Machine;
}

interface Results {
  readonly schema: 1;
  readonly results: readonly Result[];
}

const FOLDER = join(import.meta.dirname, '..', 'results');
const JSON_FILE = join(FOLDER, 'latest.json');
const MARKDOWN_FILE = join(FOLDER, 'latest.md');

/** @param order names of all benchmarks, as they are listed */
export async function writeResults(fresh: readonly Result[], order: readonly string[]): Promise<void> {
  const known = [...fresh, ...(await readResults())];
  const results = order.flatMap((name) => known.find((result) => result.name === name) ?? []);
  const document: Results = { schema: 1, results };
  await mkdir(FOLDER, { recursive: true });
  await writeFile(JSON_FILE, `${JSON.stringify(document, null, 2)}\n`);
  await writeFile(MARKDOWN_FILE, markdown(results));
}

/** None when there was no run yet, or the file is of another make. */
async function readResults(): Promise<readonly Result[]> {
  try {
    const { schema, results } = JSON.parse(await readFile(JSON_FILE, 'utf8')) as Partial<Results>;
    return schema === 1 && Array.isArray(results) ? results : [];
  } catch {
    return [];
  }
}

function markdown(results: readonly Result[]): string {
  const lines = [
    '# Latest figures',
    '',
    'Written by `npm run bench`; what each row means is in [../README.md](../README.md).',
    '',
    '| what | measured | budget | met | how |',
    '|---|---|---|---|---|',
    ...results.flatMap(({ rows }) => rows.map(markdownRow)),
    '',
    ...results.map(({ name, measuredAt, machine: { node, cpu, cores, load } }) => {
      return `- \`${name}\`: ${measuredAt}, Node ${node}, ${cores} × ${cpu}, load before it ${load}`;
    }),
    ...results.flatMap(({ name, problems }) => problems.map((problem) => `- \`${name}\`: **${problem}**`)),
  ];
  return `${lines.join('\n')}\n`;
}

function markdownRow(row: Row): string {
  const cells = [row.what, row.measured, row.budget ?? '–', verdictOf(row), row.note];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
