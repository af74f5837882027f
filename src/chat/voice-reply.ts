/**
 * The sound of an answer to a voice message, put together and posted as a voice message.
 */
import type { Log } from '../types/log.ts';
import type { AnswerPlace } from './answer-place.ts';
import type { Media } from './media/media.ts';

export interface VoiceReply {
  /** @param pcm 24 kHz mono */
  take(pcm: Int16Array, last: boolean): void;
}

export interface VoiceReplyOptions {
  readonly place: Pick<AnswerPlace, 'channelId' | 'speak'>;
  readonly media: Pick<Media, 'encodeVoice'>;
  /** Ends it when nothing is to be posted any more. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** 10 minutes of 24 kHz: longer is no voice message (`media/media-limits.ts`). */
const MOST_SAMPLES = 24_000 * 600;

export function createVoiceReply({ place, media, signal, log }: VoiceReplyOptions): VoiceReply {
  let chunks: Int16Array[] = [];
  let samples = 0;

  const post = async (pcm: Int16Array): Promise<void> => {
    const voice = await media.encodeVoice(pcm, signal);
    if (voice.ok) return place.speak(voice);
    if (voice.reason !== 'empty' && voice.reason !== 'aborted')
      log.warn({ channelId: place.channelId, reason: voice.reason }, 'an answer could not be made a voice message');
  };

  return {
    take(pcm, last) {
      samples += pcm.length;
      if (samples <= MOST_SAMPLES) chunks.push(pcm);
      if (!last) return;
      const whole = new Int16Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
      let at = 0;
      for (const chunk of chunks) {
        whole.set(chunk, at);
        at += chunk.length;
      }
      chunks = [];
      post(whole).catch((error: unknown) =>
        log.warn({ err: error, channelId: place.channelId }, 'a voice message could not be posted'),
      );
    },
  };
}
