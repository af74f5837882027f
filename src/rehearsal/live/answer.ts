/**
 * What the loopback Live answers: scripted, or decided by `respond` from what it heard.
 */
import type { Recognition } from '../speech/recogniser.ts';
import type { FunctionResponse } from './content-kinds.ts';
import type { Remembered } from './conversation.ts';
import type { SeenImage } from './image-check.ts';

/** One function call of a `toolCall` message. */
interface ScriptedCall {
  readonly name: string;
  readonly args?: Readonly<Record<string, unknown>>;
  /** Made up if left out. */
  readonly id?: string;
}

/** What the model looks up for an answer; only where its setup has the search. */
export interface ScriptedSearch {
  readonly queries: readonly string[];
  readonly sources: readonly { readonly uri: string; readonly title: string }[];
}

/** Code that it writes and runs before it says anything; only where its setup has code execution. */
export interface ScriptedRun {
  readonly code: string;
  readonly output: string;
  /** `OUTCOME_OK`, if left out. */
  readonly outcome?: 'OUTCOME_OK' | 'OUTCOME_FAILED' | 'OUTCOME_DEADLINE_EXCEEDED';
  readonly takesMs?: number;
}

interface Grounds {
  readonly search?: ScriptedSearch;
  readonly runs?: readonly ScriptedRun[];
}

export type SpokenAnswer = Grounds & Speech;

type Speech =
  /** Spoken in the session's voice, sentence by sentence. */
  | { readonly kind: 'say'; readonly text: string }
  /** 24 kHz mono, with the words that output transcription gives. */
  | { readonly kind: 'play'; readonly pcm: Int16Array; readonly words: string }
  /** Speech of at least so many seconds, made as it is sent; every sentence has its number. */
  | { readonly kind: 'long'; readonly seconds: number };

export type Answer =
  | SpokenAnswer
  /** An empty turn: the model has nothing to say. */
  | { readonly kind: 'nothing' }
  /** Not a single message: connected but deaf. */
  | { readonly kind: 'deaf' }
  /**
   * Calls functions. When all are blocking, what comes of them is answered in the same turn; else the turn goes on with `meanwhile`
   * (nothing, if left out). A call that input cancelled comes again under a new id with the next turn if `reissued`, as seen on 3.8.
   */
  | {
      readonly kind: 'call';
      readonly calls: readonly ScriptedCall[];
      readonly meanwhile?: SpokenAnswer;
      readonly reissued?: boolean;
      /** What is answered to the responses; what `respond` says, if left out. */
      readonly followUp?: Answer;
    };

/** What a turn has to answer. */
export interface Heard {
  readonly session: string;
  readonly model: string;
  readonly cause: 'window' | 'text' | 'greeting' | 'toolResponse';
  /** Of the newest window; null when there was none or it had no audio. */
  readonly recognition: Recognition | null;
  /** Whether there was speech in it at all, known or not. */
  readonly speech: boolean;
  /** Text that came in or since the last turn, oldest first. */
  readonly texts: readonly string[];
  /** Images that came with it. */
  readonly images: readonly SeenImage[];
  readonly toolResponses: readonly FunctionResponse[];
  /** What was said before, oldest first. */
  readonly remembered: readonly Remembered[];
}

export type Respond = (heard: Heard) => Answer | Promise<Answer>;
