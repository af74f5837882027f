/**
 * The report of a performed conversation: the contract of `--json` (DESIGN.md §4), made of what the wires showed.
 */
import { voicedMs } from './ears.ts';
import { latenciesOf, momentsOf } from './evidence.ts';
import type { PerformedTurn } from './performance.ts';
import type { TurnRecordings } from './recordings.ts';
import type { TurnReport } from './report.ts';

const MS_PER_S = 1_000;

/** @param origin the rehearsal's start, on the clock of all moments */
export function tellTurn(turn: PerformedTurn, recordings: TurnRecordings, origin: number): TurnReport {
  const { index, scripted, exchanges, heardAfter } = turn;
  const exchange = exchanges[0];
  const answer = exchanges.at(-1)?.answer;
  const since = (at: number): number => Math.round(at - origin);
  const samples = exchange?.chunks.reduce((sum, chunk) => sum + chunk.length, 0) ?? 0;
  return {
    index,
    speaker: scripted.speaker,
    kind: scripted.kind,
    window:
      exchange === undefined
        ? null
        : {
            startMs: since(exchange.startedAt),
            endMs: since(exchange.endedAt ?? exchange.startedAt),
            audioMs: exchange.rate === 0 ? 0 : Math.round((samples / exchange.rate) * MS_PER_S),
          },
    input: exchanges.map(({ input }) => input.trim()).join(' '),
    output: answer?.words.trim() ?? '',
    answer:
      answer && recordings.answerWav
        ? { audioMs: voicedMs(heardAfter), interrupted: answer.interrupted, wav: recordings.answerWav }
        : null,
    heardWav: recordings.heardWav,
    latencyMs: latenciesOf(momentsOf(turn)),
  };
}
