/**
 * The sound of answers in a room that is read, for the turns that want it: told as it comes, and its end exactly once.
 */
import { LIVE_OUTPUT_RATE } from '../audio/rates.ts';
import type { Count } from '../types/log.ts';
import type { TypedTurn } from '../types/typed-turn.ts';
import type { RoomEvent } from './protocol.ts';

/** Longer is no voice message that anybody listens to. */
const MOST_SAMPLES = LIVE_OUTPUT_RATE * 5 * 60;

export interface TypedSound {
  chunk(turn: TypedTurn, pcm: Int16Array): void;
  /** The turn has its last event. */
  over(turn: TypedTurn): void;
}

export function createTypedSound(roomId: string, emit: (event: RoomEvent) => void, count: Count): TypedSound {
  let samples = 0;
  const tell = ({ turnId }: TypedTurn, pcm: Int16Array, last: boolean): void =>
    emit({ type: 'typedSound', roomId, turnId, pcm, last });
  return {
    chunk(turn, pcm) {
      if (!turn.wantsSound) return;
      samples += pcm.length;
      if (samples <= MOST_SAMPLES) tell(turn, pcm, false);
      else count('room_typed_sound_dropped_total');
    },
    over(turn) {
      samples = 0;
      if (turn.wantsSound) tell(turn, new Int16Array(), true);
    },
  };
}
