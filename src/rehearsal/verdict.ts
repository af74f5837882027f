/**
 * What went wrong in a turn, in words; nothing when it went as it should. Budgets are not looked at here: they are figures.
 */
import { voicedMs } from './ears.ts';
import type { LiveWindow } from './live/live-event.ts';
import type { PerformedTurn } from './performance.ts';

/** Issue and design: the utterance at the Live side is as long as the original, to 60 ms. */
const SPAN_TOLERANCE_MS = 60;
/** The tail is padded to a packet of 20 ms, and the answer's length is known to the chunk. */
const ANSWER_TOLERANCE_MS = 60;

/** @param cutByNext the next turn barges in on this turn's answer */
export function problemsOf(turn: PerformedTurn, cutByNext: boolean): string[] {
  const { index, scripted, spoken, exchanges, recognised } = turn;
  const problems: string[] = [];
  const exchange = exchanges[0];
  if (spoken.withheld > 0) problems.push(`${spoken.withheld} packets could not be sent for want of keys`);
  if (exchange === undefined) problems.push('no window was opened for it');
  else if (exchanges.length > 1 && scripted.kind !== 'say') problems.push(`it came as ${exchanges.length} windows`);
  else if (exchange.endedAt === null) problems.push('its window was never closed');
  const window = recognised[0];
  if (window !== undefined && scripted.utterance !== null) problems.push(...mishearings(window, scripted.utterance.id));
  problems.push(...answerProblems(turn, cutByNext));
  return problems.map((problem) => `turn ${index} (${scripted.speaker}, ${scripted.label}): ${problem}`);
}

function mishearings({ recognition }: LiveWindow, expected: string): string[] {
  const best = recognition?.best ?? null;
  if (best === null) return ['the Live side did not recognise it'];
  if (best.id !== expected) return [`the Live side heard "${best.words}" instead`];
  const problems: string[] = [];
  if (best.verdict !== 'whole') problems.push(`it reached the Live side ${best.verdict}`);
  const span = recognition?.loudness.span;
  const off = span ? span.endMs - span.startMs - best.originalSpanMs : Number.NaN;
  if (!(Math.abs(off) <= SPAN_TOLERANCE_MS))
    problems.push(`its length at the Live side is off by ${off.toFixed(0)} ms`);
  return problems;
}

function answerProblems({ exchanges, heardAfter, scripted, heardBefore }: PerformedTurn, cutByNext: boolean): string[] {
  const answer = exchanges.at(-1)?.answer;
  const heardMs = voicedMs(heardAfter);
  const problems: string[] = [];
  if (scripted.kind === 'barge-in' && voicedMs(heardBefore) === 0)
    problems.push('nothing was being said that it could interrupt');
  if (!answer || answer.firstChunkAt === null) return [...problems, 'it got no answer'];
  if (heardMs === 0) return [...problems, 'its answer was not heard'];
  if (cutByNext) return answer.interrupted ? problems : [...problems, 'its answer was not interrupted'];
  if (answer.interrupted) problems.push('its answer was interrupted by nobody');
  const off = heardMs - answer.audioMs;
  if (Math.abs(off) > ANSWER_TOLERANCE_MS)
    problems.push(`of ${answer.audioMs.toFixed(0)} ms of answer ${heardMs} ms were heard`);
  if (!answer.complete) problems.push('its answer was never complete');
  return problems;
}
