/**
 * What Discord does not carry out although the form is right: empty messages, voice messages with something beside the recording,
 * forwards with something beside the message, files that are too many or too large.
 */
import { type ApiError, apiErrors } from './api-error.ts';
import { MAX_FILES } from './attachments.ts';
import { type Fields, given, isRecord } from './fields.ts';
import { messageFlag } from './message-flags.ts';
import type { MessageForm } from './message-form.ts';
import { referenceType } from './message-reference.ts';
import type { MessageTerms } from './message-terms.ts';
import { voiceRefusal } from './voice-messages.ts';

/** What an app may upload to a server without boosts. */
const MAX_FILE_BYTES = 10 * 2 ** 20;
/**
 * How much text the components of a message may come to in storage: bytes of UTF-8, and twelve for each text. Measured from outside,
 * undocumented (discord-api-docs issue 8554); only languages with characters of three bytes get there before 4,000 characters.
 */
const MAX_STORED_BYTES = 10_170;
const BYTES_PER_TEXT = 12;

export function messageRefusal(message: Fields, terms: MessageTerms, { flags, census }: MessageForm): ApiError | null {
  const { edit, files, had } = terms;
  if (files.length > MAX_FILES) return apiErrors.tooManyFiles;
  if (files.some(({ size }) => size > MAX_FILE_BYTES)) return apiErrors.tooLarge;
  if (edit && ((had?.flags ?? 0) & messageFlag.voiceMessage) !== 0) return apiErrors.voiceEdited;
  if (!edit && (flags & messageFlag.voiceMessage) !== 0) return voiceRefusal(message, files);
  if (census.bytes + BYTES_PER_TEXT * census.texts > MAX_STORED_BYTES) return apiErrors.serverError;
  if (!edit && isForward(message)) return brings(message, terms, anyPart) ? apiErrors.forwardWithMore : null;
  // A message of Components V2 shows nothing else.
  const parts = (flags & messageFlag.componentsV2) === 0 ? anyPart : onlyComponents;
  return brings(message, terms, parts) || (edit && keeps(message, terms, parts)) ? null : apiErrors.emptyMessage;
}

const anyPart = [
  'content',
  'embeds',
  'components',
  'attachments',
  'sticker_ids',
  'poll',
  'shared_client_theme',
] as const;
const onlyComponents = ['components'] as const;
type Part = (typeof anyPart)[number];

function isForward(message: Fields): boolean {
  const reference = given(message, 'message_reference');
  return isRecord(reference) && Number(reference['type']) === referenceType.forward;
}

function filled(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;
}

/** Whether the body itself has something to show. */
function brings(message: Fields, { files }: MessageTerms, parts: readonly Part[]): boolean {
  return parts.some((part) => filled(given(message, part)) || (part === 'attachments' && files.length > 0));
}

/** Whether an edit leaves something of what was there. Null takes a text away; of lists it says nothing. */
function keeps(message: Fields, { had }: MessageTerms, parts: readonly Part[]): boolean {
  const wasEmpty = ((had?.flags ?? 0) & messageFlag.loading) !== 0;
  return parts.some((part) => {
    if (part === 'sticker_ids' || part === 'shared_client_theme') return false;
    const named = part === 'content' ? 'content' in message.values : given(message, part) !== null;
    if (named) return false;
    const before = had?.[part];
    return before === undefined ? !wasEmpty : filled(before);
  });
}
