/**
 * A typed turn as it is written down and as it is told to the model. Pure.
 */
import type { WrittenTurn } from '../live/live-session.ts';
import type { TypedTurn } from '../types/typed-turn.ts';

/** For whoever reads what was said: a picture has no words, in no language. */
const PICTURE = '\u{1F5BC}\u{FE0F}';

/** People spoke before there was an answer: the model may have answered all the same, along with what they said. */
const ASKED_AGAIN =
  'This was typed before, and people spoke before it was answered. If it is answered by now, stay silent.';

/** What stands in the transcript. */
export function writtenDown({ text, written = text, images }: TypedTurn): string {
  return [...images.map(() => PICTURE), written].join(' ').trim();
}

export interface AskedWith {
  /** What the model should know before it. */
  readonly notes: readonly string[];
  /** Jpegs that were shown before it. */
  readonly images: readonly Uint8Array[];
  readonly again: boolean;
}

/** For the model. */
export function writtenTurn(turn: TypedTurn, { notes, images, again }: AskedWith): WrittenTurn {
  return {
    text: turn.text,
    notes: again ? [...notes, ASKED_AGAIN] : notes,
    actorIds: turn.authorIds,
    images: [...images, ...turn.images.map(({ jpeg }) => jpeg)],
    context: turn.context,
    recording: turn.speech,
  };
}
