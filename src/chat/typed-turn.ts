/**
 * Makes of questions the turn that a room is asked. Pure.
 */
import type { TypedTurn } from '../types/typed-turn.ts';
import type { Attachments, Question } from './question.ts';
import { typedText } from './typed-text.ts';

export interface TurnQuestion {
  readonly question: Question;
  readonly attached: Attachments;
}

interface TurnManner {
  readonly turnId: string;
  /** Says who wrote what. */
  readonly named: boolean;
  readonly wantsSound: boolean;
}

/** For the model, behind what was sent. */
const CUT_OFF = '(The recording ends in mid-sentence: the file is not complete.)';

export function typedTurn(asked: readonly TurnQuestion[], { turnId, named, wantsSound }: TurnManner): TypedTurn {
  const questions = asked.map(({ question }) => question);
  const text = typedText(questions, named);
  return {
    turnId,
    authorIds: [...new Set(questions.map(({ authorId }) => authorId))],
    text: asked.some(({ attached }) => attached.isCutOff) ? `${text}\n${CUT_OFF}`.trim() : text,
    // Where there is one author, that one is named beside it.
    written: typedText(questions, questions.length > 1),
    images: asked.flatMap(({ attached }) => attached.images),
    context: asked.flatMap(({ attached }) => attached.context),
    speech: asked.find(({ attached }) => attached.speech !== null)?.attached.speech ?? null,
    wantsSound,
  };
}
