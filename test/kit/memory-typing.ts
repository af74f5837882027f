/**
 * What is typed into a room without an audio plane: kept for the test, which answers it.
 */
import type { RoomEvent } from '../../src/room/protocol.ts';
import type { RoomImage, TypedAnswer, TypedTurn } from '../../src/types/typed-turn.ts';

export interface MemoryTyping {
  /** What was typed, the oldest first. */
  readonly turns: readonly TypedTurn[];
  /** Turns that were to be asked no more, or stopped. */
  readonly dropped: readonly string[];
  /** Pictures for the open or the next window. */
  readonly images: readonly RoomImage[];
  /** Turns without a last event, the oldest first. */
  readonly unanswered: readonly TypedTurn[];
  typed(turn: TypedTurn): void;
  dropTyped(turnId: string): void;
  image(image: RoomImage): void;
  /** Answers the oldest turn that has no last event. */
  answer(answer: TypedAnswer): void;
  /** Its sound, 24 kHz mono. */
  sound(turnId: string, pcm: Int16Array, last: boolean): void;
  /** The room ends: each turn has its last event. */
  end(): void;
}

export function createMemoryTyping(roomId: string, on: (event: RoomEvent) => void): MemoryTyping {
  const turns: TypedTurn[] = [];
  const dropped: string[] = [];
  const images: RoomImage[] = [];
  /** What was said last of each turn that is not over. */
  const open = new Map<TypedTurn, string>();

  const tell = (turn: TypedTurn, answer: TypedAnswer): void => {
    if (answer.status === 'growing') open.set(turn, answer.text);
    else open.delete(turn);
    on({ type: 'typedAnswer', roomId, turnId: turn.turnId, answer });
  };
  const stop = (turn: TypedTurn, text: string): void =>
    tell(turn, text === '' ? { status: 'dropped' } : { status: 'cut', text });

  return {
    turns,
    dropped,
    images,
    get unanswered() {
      return [...open.keys()];
    },
    typed(turn) {
      turns.push(turn);
      open.set(turn, '');
    },
    dropTyped(turnId) {
      dropped.push(turnId);
      const found = [...open].find(([turn]) => turn.turnId === turnId);
      if (found !== undefined) stop(...found);
    },
    image: (image) => void images.push(image),
    answer(answer) {
      const [turn] = open.keys();
      if (turn === undefined) throw new Error('nothing that was typed waits for an answer');
      tell(turn, answer);
    },
    sound: (turnId, pcm, last) => on({ type: 'typedSound', roomId, turnId, pcm, last }),
    end() {
      for (const [turn, text] of [...open]) stop(turn, text);
    },
  };
}
