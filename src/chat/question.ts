/**
 * Somebody's question in writing, from when it was asked to when it is answered.
 */
import type { Locale } from '../i18n/locales.ts';
import type { Translate } from '../i18n/translate.ts';
import type { TranscriptTurn } from '../types/live.ts';
import type { RoomImage } from '../types/typed-turn.ts';
import type { AnswerPlace } from './answer-place.ts';

export interface Question {
  /** The message's, or the interaction's. */
  readonly id: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly authorId: string;
  /** What they are called on the server. */
  readonly authorName: string;
  /** Readable; may be empty beside files. */
  readonly text: string;
  /** What belongs to it, fetched and decoded while it waits; never rejects. */
  readonly attached: Promise<Attached>;
  readonly hasFiles: boolean;
  /** Has an answer of its own, whatever else is asked: a command. */
  readonly alone: boolean;
  /** Wants to hear its answer too where nobody speaks it. */
  readonly byVoice: boolean;
  /** Where its answer goes. */
  readonly place: AnswerPlace;
  /** What it answers, where that cannot be seen beside the answer, in words for everybody; null for nothing. */
  readonly heading: ((t: Translate) => string) | null;
  /** What everybody on the server reads; never rejects. */
  locale(): Promise<Locale>;
}

export interface Attachments {
  readonly images: readonly RoomImage[];
  /** 16 kHz mono. */
  readonly speech: Int16Array | null;
  /** There was more of the speech. */
  readonly isCutOff: boolean;
  /** What was written before it and may be meant, oldest first. */
  readonly context: readonly TranscriptTurn[];
}

export type Attached =
  | Attachments
  /** It cannot be asked like that, and why. */
  | { readonly refused: (t: Translate) => string };

export const NOTHING_ATTACHED: Attachments = { images: [], speech: null, isCutOff: false, context: [] };
