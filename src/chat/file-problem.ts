/**
 * Why a file that somebody sent cannot be looked at or listened to, in plain words and with what to do about it.
 */
import type { MessageKey } from '../i18n/messages.ts';
import type { Translate } from '../i18n/translate.ts';
import type { FetchFault } from './media/fetch-attachment.ts';
import type { ImageFault } from './media/image.ts';
import type { MediaOutcome } from './media/media.ts';
import { MOST_IMAGE_BYTES, MOST_IMAGE_PIXELS, MOST_VOICE_BYTES, MOST_VOICE_MS } from './media/media-limits.ts';

type FaultOf<Outcome> = Outcome extends { readonly ok: false; readonly reason: infer Reason } ? Reason : never;
type ImageProblem = FetchFault | FaultOf<MediaOutcome<'prepareImage'>>;
type VoiceProblem = FetchFault | FaultOf<MediaOutcome<'decodeVoice'>>;

const UNREACHABLE = 'chat.file.unreachable';
const LATER = 'chat.file.later';

type FileKey = Exclude<Extract<MessageKey, `chat.${'file' | 'image' | 'speech'}.${string}`>, 'chat.speech.lacks'>;

const COMMON = {
  forbiddenHost: UNREACHABLE,
  redirected: UNREACHABLE,
  gone: UNREACHABLE,
  unreachable: UNREACHABLE,
  aborted: LATER,
  busy: LATER,
  closed: LATER,
  timedOut: LATER,
} as const satisfies Partial<Record<ImageProblem | VoiceProblem, FileKey>>;

const IMAGE: Readonly<Record<ImageProblem, FileKey>> = {
  ...COMMON,
  tooLarge: 'chat.image.tooLarge',
  tooManyPixels: 'chat.image.tooManyPixels',
  unsupportedType: 'chat.image.unsupported',
  falseType: 'chat.image.falseType',
  damaged: 'chat.image.damaged',
  crashed: 'chat.image.damaged',
} satisfies Record<Exclude<ImageFault, 'timedOut'>, FileKey> & Record<string, FileKey>;

const SPEECH: Readonly<Record<VoiceProblem, FileKey>> = {
  ...COMMON,
  tooLarge: 'chat.speech.tooLarge',
  tooLong: 'chat.speech.tooLong',
  notOgg: 'chat.speech.damaged',
  notOpus: 'chat.speech.damaged',
  unsupported: 'chat.speech.damaged',
  damaged: 'chat.speech.damaged',
  crashed: 'chat.speech.damaged',
  empty: 'chat.speech.empty',
};

const LIMITS = {
  imageMegabytes: MOST_IMAGE_BYTES / 1_000_000,
  megapixels: MOST_IMAGE_PIXELS / 1_000_000,
  voiceMegabytes: MOST_VOICE_BYTES / 1_000_000,
  minutes: MOST_VOICE_MS / 60_000,
};

export const imageProblem = (t: Translate, problem: ImageProblem): string => worded(t, IMAGE[problem]);
export const speechProblem = (t: Translate, problem: VoiceProblem): string => worded(t, SPEECH[problem]);

function worded(t: Translate, key: FileKey): string {
  switch (key) {
    case 'chat.image.tooLarge':
      return t(key, { megabytes: LIMITS.imageMegabytes });
    case 'chat.image.tooManyPixels':
      return t(key, { megapixels: LIMITS.megapixels });
    case 'chat.speech.tooLarge':
      return t(key, { megabytes: LIMITS.voiceMegabytes });
    case 'chat.speech.tooLong':
      return t(key, { minutes: LIMITS.minutes });
    default:
      return t(key);
  }
}
