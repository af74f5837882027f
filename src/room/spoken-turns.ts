/**
 * What is said on both sides, put together turn by turn: told about once a second while a turn grows, and once more, whole, when
 * it is over.
 *
 * The words of people come in fragments, in no fixed order to anything and even after their answer has begun: their turn is over
 * when that answer is, or when people begin to speak again.
 */
import type { Clock } from '../types/clock.ts';
import type { FinishedAnswer } from './answers.ts';

/** A turn as it is known by now. */
export interface SpokenTurn {
  readonly role: 'user' | 'model';
  /** Which turn of that side: grows from turn to turn, also over the death of a thread. */
  readonly turn: number;
  readonly text: string;
  readonly final: boolean;
  /** The model's turn was cut off; `text` is what was heard. */
  readonly interrupted: boolean;
  readonly speakerIds: readonly string[];
}

export interface SpokenTurns {
  /** People begin to speak. @param answered the last answer of which anything has come by now */
  windowOpened(speakerIds: readonly string[], answered: number): void;
  joined(speakerId: string): void;
  /** Something was typed: a turn that is whole. */
  typed(text: string, authorIds: readonly string[]): void;
  /** A fragment of what people say. */
  input(fragment: string): void;
  /** An answer is over, heard or not. @param listening people are speaking */
  answered(generation: number, listening: boolean): void;
  /** An answer is over and was heard as far as it will be. */
  finished(answer: FinishedAnswer): void;
  /** What people said last got no answer: it is asked again, and its words will come again. */
  askedAgain(): void;
  /** Nothing of what was said is told any more. */
  forget(): void;
  /** @param soFar asked about once a second: what was heard of the newest answer that is not finished */
  tick(now: number, soFar: () => FinishedAnswer | null): void;
}

/** How often a turn that grows is told: as often as anybody can show it (Discord takes five edits in five seconds). */
const TELL_EVERY_MS = 1_000;

export function createSpokenTurns(clock: Pick<Clock, 'now'>, tell: (turn: SpokenTurn) => void): SpokenTurns {
  // The clock runs on while threads come and go.
  const firstTurn = Math.floor(clock.now());
  const user = createSide(tell);
  const model = createSide(tell);
  let windows = 0;
  let answeredBefore = 0;
  let speakerIds: readonly string[] = [];
  let input = '';
  /** What is in `input` belongs to a window that was not answered. */
  let unanswered = false;

  const spoken = (final: boolean): SpokenTurn => ({
    ...{ role: 'user', turn: firstTurn + windows, text: input.trim(), final, interrupted: false, speakerIds },
  });

  const closeInput = (): void => {
    if (input.trim() !== '') user.tell(spoken(true));
    input = '';
    windows += 1;
  };

  const answer = ({ generation, text, interrupted }: FinishedAnswer, final: boolean): SpokenTurn => ({
    ...{ role: 'model', turn: firstTurn + generation, text, final, interrupted, speakerIds: [] },
  });

  return {
    windowOpened(speakers, answered) {
      closeInput();
      speakerIds = speakers;
      answeredBefore = answered;
      unanswered = true;
    },
    typed(text, authorIds) {
      closeInput();
      if (text !== '') user.tell({ ...spoken(true), text, speakerIds: authorIds });
      windows += 1;
    },
    joined(speakerId) {
      speakerIds = [...new Set([...speakerIds, speakerId])];
    },
    input(fragment) {
      input += fragment;
    },
    answered(generation, listening) {
      // The end of an older answer comes when people have begun to speak again: this is not theirs.
      if (listening || generation <= answeredBefore) return;
      unanswered = false;
      closeInput();
    },
    finished(finished) {
      if (finished.text !== '' || finished.interrupted) model.tell(answer(finished, true));
    },
    askedAgain() {
      if (unanswered) input = '';
    },
    forget() {
      input = '';
      windows += 1;
    },
    tick(now, soFar) {
      if (user.isDue(now) && input.trim() !== '') user.grow(now, spoken(false));
      if (!model.isDue(now)) return;
      const heard = soFar();
      if (heard !== null && heard.text !== '') model.grow(now, answer(heard, false));
      else model.wait(now);
    },
  };
}

/** Tells the turns of one side, those that grow not too often and never twice the same. */
function createSide(tell: (turn: SpokenTurn) => void) {
  let last: SpokenTurn | null = null;
  let dueAt = Number.NEGATIVE_INFINITY;
  const isNew = (it: SpokenTurn): boolean =>
    last?.turn !== it.turn || last.text !== it.text || last.interrupted !== it.interrupted;
  return {
    isDue: (now: number): boolean => now >= dueAt,
    wait(now: number): void {
      dueAt = now + TELL_EVERY_MS;
    },
    tell(turn: SpokenTurn): void {
      last = turn;
      tell(turn);
    },
    grow(now: number, turn: SpokenTurn): void {
      if (!isNew(turn)) return;
      dueAt = now + TELL_EVERY_MS;
      last = turn;
      tell(turn);
    },
  };
}
