/**
 * The turns of a room that were typed and have no last event: whatever becomes of the room or its thread, each gets exactly one.
 */
import type { TypedAnswer, TypedTurn } from '../types/typed-turn.ts';
import type { RoomEvent } from './protocol.ts';

export interface UnansweredTurns {
  add(turn: TypedTurn): void;
  /** Takes note of what the room tells. Returns whether it is still of interest to anybody. */
  on(event: TypedEvent): boolean;
  /** The thread is gone: what was being answered ends there. Returns what was not, to be asked anew. */
  threadLost(): readonly TypedTurn[];
  /** The room is gone. */
  settleAll(): void;
  readonly any: boolean;
}

export type TypedEvent = Extract<RoomEvent, { type: 'typedAnswer' | 'typedSound' }>;

interface Unanswered {
  readonly turn: TypedTurn;
  /** Of the answer so far. */
  text: string;
  /** Whether words, and sound where it is wanted, are still to end. */
  words: boolean;
  sound: boolean;
}

/** @param kind a voice room keeps its sound to itself */
export function createUnansweredTurns(
  { roomId, kind }: { readonly roomId: string; readonly kind: 'voice' | 'text' },
  tell: (event: RoomEvent) => void,
): UnansweredTurns {
  const open = new Map<string, Unanswered>();

  const tidy = (it: Unanswered): void => {
    if (!it.words && !it.sound) open.delete(it.turn.turnId);
  };

  const settle = ({ turn, text, words, sound }: Unanswered): void => {
    const { turnId } = turn;
    open.delete(turnId);
    const answer: TypedAnswer = text === '' ? { status: 'dropped' } : { status: 'cut', text };
    if (sound) tell({ type: 'typedSound', roomId, turnId, pcm: new Int16Array(), last: true });
    if (words) tell({ type: 'typedAnswer', roomId, turnId, answer });
  };

  return {
    add(turn) {
      open.set(turn.turnId, { turn, text: '', words: true, sound: kind === 'text' && turn.wantsSound });
    },
    on(event) {
      const it = open.get(event.turnId);
      if (it === undefined) return false;
      if (event.type === 'typedSound') {
        if (!it.sound) return false;
        it.sound = !event.last;
      } else {
        if (!it.words) return false;
        it.words = event.answer.status === 'growing';
        if (event.answer.status === 'growing') it.text = event.answer.text;
      }
      tidy(it);
      return true;
    },
    threadLost() {
      const begun = [...open.values()].filter(({ text, words }) => text !== '' || !words);
      for (const it of begun) settle(it);
      return [...open.values()].map(({ turn }) => turn);
    },
    settleAll() {
      for (const it of [...open.values()]) settle(it);
    },
    get any() {
      return open.size > 0;
    },
  };
}
