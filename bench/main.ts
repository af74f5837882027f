/**
 * `npm run bench`: the rows of DESIGN.md §5 that can be measured, with budget, figure and verdict.
 *
 * A missed budget is told and fails nothing: one run on a busy machine proves little. Exit codes: 0 everything was measured, 1 a
 * benchmark could not be carried out, 64 a bad option.
 */
import { parseArgs } from 'node:util';
import { bargeIn } from './barge-in.ts';
import { blockedMain } from './blocked-main.ts';
import { chatFlood } from './chat-flood.ts';
import { frameDecode } from './frame-decode.ts';
import type { Benchmark } from './kit/benchmark.ts';
import { describeMachine } from './kit/machine.ts';
import { type Result, writeResults } from './kit/results.ts';
import { tableLines } from './kit/table.ts';
import { longAnswer } from './long-answer.ts';
import { playout } from './playout.ts';
import { session } from './session.ts';
import { speechProbability } from './speech-probability.ts';
import { threadLag } from './thread-lag.ts';
import { turnLatency } from './turn-latency.ts';
import { typedAnswer } from './typed-answer.ts';

const BENCHMARKS: readonly Benchmark[] = [
  frameDecode,
  speechProbability,
  playout,
  turnLatency,
  typedAnswer,
  session,
  bargeIn,
  threadLag,
  blockedMain,
  chatFlood,
  longAnswer,
];

const EXIT = { measured: 0, failed: 1, usage: 64 } as const;
const USAGE = `npm run bench                   all but the slow ones
npm run bench -- --all          the slow ones too
npm run bench -- --only NAME    one, or several when given several times
npm run bench -- --list         what there is
`;

// Whoever ends the bench ends the bot with it: bot-process.ts sees to that when this process exits.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(EXIT.failed));

process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if ('problem' in options) {
    process.stderr.write(`${options.problem}\n${USAGE}`);
    return EXIT.usage;
  }
  if (options.list) {
    for (const benchmark of BENCHMARKS) tell(describe(benchmark));
    return EXIT.measured;
  }
  const { failed, results } = await runAll(options.chosen);
  const order = BENCHMARKS.map(({ name }) => name);
  if (results.length > 0) await writeResults(results, order);
  return failed ? EXIT.failed : EXIT.measured;
}

type Options = { readonly list: boolean; readonly chosen: readonly Benchmark[] } | { readonly problem: string };

function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { list: { type: 'boolean' }, all: { type: 'boolean' }, only: { type: 'string', multiple: true } },
    });
    const { list = false, all = false, only = [] } = values;
    const unknown = only.find((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
    if (unknown !== undefined) return { problem: `There is no benchmark ${unknown}.` };
    const wanted = ({ name, slow = false }: Benchmark): boolean =>
      only.length > 0 ? only.includes(name) : all || !slow;
    return { list, chosen: BENCHMARKS.filter(wanted) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function runAll(chosen: readonly Benchmark[]): Promise<{ failed: boolean; results: readonly Result[] }> {
  const results: Result[] = [];
  let failed = false;
  for (const benchmark of chosen) {
    tell(describe(benchmark));
    const machine = describeMachine();
    const measuredAt = `${new Date().toISOString().slice(0, 19)}Z`;
    try {
      const outcome = await benchmark.run();
      results.push({ name: benchmark.name, measuredAt, machine, ...outcome });
      for (const line of tableLines(outcome.rows)) tell(line);
      for (const problem of outcome.problems) tell(`  problem: ${problem}`);
    } catch (error) {
      failed = true;
      tell(`  could not be measured: ${error instanceof Error ? error.message : String(error)}`);
    }
    tell('');
  }
  return { failed, results };
}

function describe({ name, about, takesSeconds, slow = false }: Benchmark): string {
  return `${name}: ${about} (${takesSeconds} s${slow ? ', with --all' : ''})`;
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
