/**
 * What is typed and shown in a room, on its way to the model, and what comes of it on its way back. `typed-turns.ts` decides when
 * something is asked.
 */
import type { LiveSession } from '../live/session.ts';
import type { Clock } from '../types/clock.ts';
import type { Count } from '../types/log.ts';
import type { TypedTurn } from '../types/typed-turn.ts';
import type { AnswerGate } from './answer-gate.ts';
import type { Answers } from './answers.ts';
import { createImageShelf } from './image-shelf.ts';
import type { Owed } from './owed.ts';
import type { RoomEvent } from './protocol.ts';
import type { SpokenTurns } from './spoken-turns.ts';
import { writtenDown, writtenTurn } from './typed-text.ts';
import { createTypedTurns, type TypedFacts, type TypedTurns } from './typed-turns.ts';

export interface TypedDesk {
  readonly turns: TypedTurns;
  /** @param jpeg to be seen with what is said, or asked, now or next */
  show(jpeg: Uint8Array): void;
  tick(now: number, facts: TypedFacts & { readonly peopleSpeak: boolean }): void;
  /** The conversation is over, or forgotten. */
  end(): void;
}

export interface TypedDeskOptions {
  readonly roomId: string;
  readonly clock: Clock;
  readonly count: Count;
  readonly answers: Answers;
  readonly gate: AnswerGate;
  readonly spoken: SpokenTurns;
  /** Between two answers to one turn; a space, if left out. */
  readonly separator?: string;
  emit(event: RoomEvent): void;
  live(): LiveSession;
  /** Of an answer, how much of its sound has reached people, ms. */
  heardMs(generation: number): number;
  readonly owed: Owed;
  /** A turn has its last event, or is just about to have it. */
  over?(turn: TypedTurn): void;
}

export function createTypedDesk(options: TypedDeskOptions): TypedDesk {
  const { roomId, clock, count, emit, answers, gate, spoken, live, heardMs, separator = ' ' } = options;
  const shelf = createImageShelf(count);

  const turns = createTypedTurns({
    ask(turn, again) {
      const now = clock.now();
      // First: what was said before comes before it in the transcript.
      const notes = answers.takeNotes();
      answers.finishCut();
      if (turn.speech !== null) spoken.windowOpened(turn.authorIds, gate.latest);
      else if (!again) spoken.typed(writtenDown(turn), turn.authorIds);
      options.owed.asked();
      live().sendTurn(writtenTurn(turn, { notes, again, images: shelf.takeAll(now) }));
    },
    tell(turn, answer) {
      if (answer.status !== 'growing') options.over?.(turn);
      emit({ type: 'typedAnswer', roomId, turnId: turn.turnId, answer });
    },
    latest: () => gate.latest,
    since: (generation) => answers.since(generation, heardMs),
    separator,
  });

  return {
    turns,
    show: (jpeg) => shelf.put(jpeg, clock.now()),
    tick(now, { peopleSpeak, ...facts }) {
      const jpeg = peopleSpeak ? shelf.next(now) : null;
      if (jpeg !== null) live().showImage(jpeg);
      turns.tick(now, facts);
    },
    end() {
      shelf.clear();
      turns.end();
    },
  };
}
