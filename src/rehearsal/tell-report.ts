/**
 * The report of a performed conversation: the contract of `--json` (DESIGN.md §4), made of what the wires showed.
 */
import { voicedMs } from './ears.ts';
import { latenciesOf, momentsOf } from './evidence.ts';
import type { PerformedTurn } from './performance.ts';
import type { TurnRecordings } from './recordings.ts';
import type { TurnReport } from './report.ts';
import type { Exchange } from './wire/exchanges.ts';

const MS_PER_S = 1_000;

/** @param origin the rehearsal's start, on the clock of all moments */
export function tellTurn(turn: PerformedTurn, recordings: TurnRecordings, origin: number): TurnReport {
  const { index, scripted, exchanges, heardAfter } = turn;
  const [first] = exchanges;
  const last = exchanges.at(-1);
  const answer = last?.answer;
  const since = (at: number): number => Math.round(at - origin);
  return {
    index,
    speaker: scripted.speaker,
    kind: scripted.kind,
    window:
      first === undefined || last === undefined
        ? null
        : {
            startMs: since(first.startedAt),
            endMs: since(last.endedAt ?? last.startedAt),
            audioMs: Math.round(exchanges.reduce((sum, exchange) => sum + audioMs(exchange), 0)),
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

function audioMs({ chunks, rate }: Exchange): number {
  return rate === 0 ? 0 : (chunks.reduce((sum, chunk) => sum + chunk.length, 0) / rate) * MS_PER_S;
}
