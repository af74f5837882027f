/**
 * Where the answer to one question goes: plain functions, bound to a channel or to a command's own answer. What Discord refuses for good
 * is an outcome; they throw what may work later.
 */
import type { Translate } from '../i18n/translate.ts';
import type { EncodedVoice } from './media/encode-voice.ts';

export type SpokenAnswer = Pick<EncodedVoice, 'file' | 'durationSecs' | 'waveform'>;

/** One message of an answer. */
export interface AnswerMessage {
  readonly content: string;
  /** A button that stops the answer; null for none. */
  readonly stop: { readonly customId: string; readonly label: string } | null;
}

export interface PostedAnswer {
  /** False: it is gone, or Discord takes no such text. */
  edit(message: AnswerMessage): Promise<boolean>;
  remove(): Promise<void>;
}

export interface AnswerPlace {
  readonly channelId: string;
  /** One more message of the answer, the first as a reply to the question. Null: nothing can be posted there. */
  post(message: AnswerMessage): Promise<PostedAnswer | null>;
  /** Says something else than an answer, in words: a command's own answer becomes that; for a message it may be kept to itself. */
  refuse(text: string): Promise<void>;
  /** Which permissions it lacks to post a voice message, in words; null: it may. */
  lacksToSpeak(t: Translate): string | null;
  /** A voice message behind the answer. */
  speak(voice: SpokenAnswer): Promise<void>;
  /** Shows that an answer is being written; null where that is seen anyway. */
  readonly typing: (() => Promise<void>) | null;
}
