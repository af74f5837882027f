/**
 * Turns that were typed, or sent as a recording, beside a stream of sound: in their order, each kept until its answer begins.
 */
import { LIVE_INPUT_FRAME_SAMPLES } from '../audio/rates.ts';
import { MOST_SENDS } from './ledger.ts';
import type { WrittenTurn } from './live-session.ts';
import type { Leave, Outgoing } from './outgoing.ts';
import { contextTexts, typedOf } from './written-entry.ts';

export interface WrittenTurns {
  add(turn: WrittenTurn): void;
  take(leave: Leave): Outgoing[];
  readonly waitsFor: 'line' | 'image' | null;
  /** What was asked is answered. */
  answered(): void;
  /** Returns how many were given up. */
  connectionLost(why: keyof typeof MOST_SENDS): number;
  clear(): void;
  /** Whether one is asked and has no answer. */
  readonly asked: boolean;
  /** Who wrote each that is asked. */
  readonly asking: readonly (readonly string[])[];
  readonly idle: boolean;
}

interface Kept {
  readonly turn: WrittenTurn;
  asked: boolean;
  sends: number;
  /** On this connection: images, and samples of the recording. */
  shown: number;
  recorded: number;
}

const CHUNK = 2 * LIVE_INPUT_FRAME_SAMPLES;

export function createWrittenTurns(takesTurns: boolean): WrittenTurns {
  let turns: readonly Kept[] = [];
  let waitsFor: WrittenTurns['waitsFor'] = null;

  /** Images that do not go with the text go before it. */
  const takeImage = ({ turn, shown }: Kept, leave: Leave, out: Outgoing[]): number => {
    const jpeg = turn.images?.[shown];
    if (jpeg === undefined || !leave.image) return shown;
    leave.image = false;
    out.push({ type: 'image', jpeg });
    return shown + 1;
  };

  const takeRecording = (kept: Kept, recording: Int16Array, leave: Leave, out: Outgoing[]): boolean => {
    const until = Math.min(recording.length, kept.recorded + leave.samples);
    while (kept.recorded < until) {
      const pcm = recording.subarray(kept.recorded, kept.recorded + CHUNK);
      kept.recorded += pcm.length;
      leave.samples -= pcm.length;
      out.push({ type: 'audio', pcm });
    }
    if (kept.recorded < recording.length) return false;
    out.push({ type: 'streamEnd' });
    return true;
  };

  /** Returns whether it is out whole. */
  const takeTurn = (kept: Kept, leave: Leave, out: Outgoing[]): boolean => {
    const { text, recording = null, images = [], context = [] } = kept.turn;
    const typed = typedOf(kept.turn);
    if (recording === null && takesTurns) {
      out.push({ type: 'turn', text, typed, images, context });
      return true;
    }
    kept.shown = takeImage(kept, leave, out);
    if (kept.shown < images.length) {
      waitsFor = 'image';
      return false;
    }
    if (recording !== null) {
      const whole = takeRecording(kept, recording, leave, out);
      if (!whole) waitsFor = 'line';
      return whole;
    }
    // Images alone ask nothing here: what they are is said beside them.
    const words = text === '' ? typed : text;
    out.push({ type: 'turn', text: [...contextTexts(context), words].join(' '), typed, images: [], context: [] });
    return true;
  };

  return {
    add(turn) {
      turns = [...turns, { turn, asked: false, sends: 0, shown: 0, recorded: 0 }];
    },
    take(leave) {
      const out: Outgoing[] = [];
      waitsFor = null;
      for (const kept of turns) {
        if (kept.asked) continue;
        if (!takeTurn(kept, leave, out)) break;
        kept.sends++;
        kept.asked = true;
      }
      return out;
    },
    get waitsFor() {
      return waitsFor;
    },
    answered() {
      turns = turns.filter(({ asked }) => !asked);
    },
    connectionLost(why) {
      const isLost = ({ asked, sends }: Kept): boolean => asked && sends >= MOST_SENDS[why];
      const givenUp = turns.filter(isLost).length;
      turns = turns.filter((kept) => !isLost(kept));
      for (const kept of turns) {
        if (why === 'replaced' && kept.asked) kept.sends--;
        kept.asked = false;
        kept.shown = 0;
        kept.recorded = 0;
      }
      return givenUp;
    },
    clear() {
      turns = [];
    },
    get asked() {
      return turns.some(({ asked }) => asked);
    },
    get asking() {
      return turns.filter(({ asked }) => asked).map(({ turn }) => turn.actorIds ?? []);
    },
    get idle() {
      return turns.length === 0;
    },
  };
}
