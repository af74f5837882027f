/**
 * Voice messages: nothing but one recording, with its length and its waveform ("Voice Messages").
 */
import { type ApiError, apiErrors } from './api-error.ts';
import { type Fields, given, isRecord } from './fields.ts';
import type { FileFacts } from './message-terms.ts';

const others = ['content', 'embeds', 'components', 'sticker_ids', 'poll'] as const;
/** Parameters may follow: `audio/ogg; codecs=opus`. */
const oggAudio = /^audio\/ogg\s*(;|$)/i;

export function voiceRefusal(message: Fields, files: readonly FileFacts[]): ApiError | null {
  const hasMore = others.some((key) => {
    const value = given(message, key);
    return typeof value === 'string' || Array.isArray(value) ? value.length > 0 : value !== null;
  });
  if (hasMore) return apiErrors.voiceWithMore;
  const [file, second] = files;
  if (!file || second || !oggAudio.test(file.contentType)) return apiErrors.voiceWithoutAudio;
  const attachments = given(message, 'attachments');
  const described = Array.isArray(attachments) ? attachments[0] : null;
  const complete =
    isRecord(described) && typeof described['duration_secs'] === 'number' && Boolean(described['waveform']);
  return complete ? null : apiErrors.voiceWithoutMetadata;
}
