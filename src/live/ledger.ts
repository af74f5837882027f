/**
 * A ledger of turns as a session uses it: everything that people said or typed and the model has not begun to answer, in order.
 * `window-ledger.ts` is the one for windows of our own, `stream-ledger.ts` the one for a service that decides by itself.
 */
import type { Count } from '../types/log.ts';
import type { WindowContext, WrittenTurn } from './live-session.ts';
import type { Leave, Outgoing } from './outgoing.ts';

/** What is made of a question that was met with silence: asked about, repeated, or taken for none. */
export type Unanswered = 'ask' | 'repeat' | 'forget';

export interface Ledger {
  startWindow(context: WindowContext): void;
  addSpeaker(name: string, actorId?: string): void;
  audio(pcm: Int16Array): void;
  /** Somebody is believed to speak; heeded where the service decides what a window is. */
  spoke(): void;
  endWindow(): void;
  /** A whole turn, after what is open and before what comes next. */
  turn(turn: WrittenTurn): void;
  /** To be seen with the window that is open; outside of one it is dropped and counted. */
  image(jpeg: Uint8Array): void;
  /** Goes before whatever is sent next, once: what the model must know and was not there to hear. Null: nothing any more. */
  preface(note: string | null): void;
  /** Whether something is still to be told so, or was told with what has no answer yet: nobody knows whether the model has read it. */
  readonly prefaced: boolean;
  /** What may go on the wire now, in order. */
  take(leave: Leave): Outgoing[];
  /** What it waits for, though it may be sent: room on the line for a recording, or the time for another image. */
  readonly waitsFor: 'line' | 'image' | null;
  /** An answer has begun, or a turn has ended without one: what it answers needs no keeping. */
  answered(): void;
  /** The service has stopped an answer; `begun`: some of it had come. */
  interrupted(begun: boolean): void;
  /** An answer has come to its own end: it was to everything that was asked when it began. */
  finished(): void;
  /**
   * Nothing of what is unanswered counts as sent any more; what was sent too often is given up. `replaced`: we gave the
   * connection up ourselves, so having been sent on it is not held against a turn.
   */
  connectionLost(why: 'dropped' | 'deaf' | 'replaced'): void;
  /** Forgets everything, an open window too. */
  clear(): void;
  /** Whether something was asked on this connection and has no answer. */
  readonly awaiting: boolean;
  readonly unanswered: Unanswered;
  /** Who speaks in, or wrote, each turn of which the model has heard something and not begun to answer; empty where unknown. */
  readonly asking: readonly (readonly string[])[];
  /** Whether something was asked, is being said, or waits to be sent, and its answer has not begun. */
  readonly due: boolean;
  /** Whether nothing is open, asked, or waiting to be sent. */
  readonly idle: boolean;
}

/**
 * Times a turn is sent. Lost with a dropped connection: once more, and once more for bad luck; what has cost three connections is
 * more likely their cause than their victim. Met with silence: once more, people have waited for half a minute by then.
 */
export const MOST_SENDS = { dropped: 3, deaf: 2, replaced: Number.POSITIVE_INFINITY } as const;

export interface LedgerOptions {
  readonly count: Count;
  /** A turn was given up after too many connections. */
  readonly onGivenUp: () => void;
  /** Whether the model takes a turn in text at any time; else it goes into a window. */
  readonly takesTurns: boolean;
}
