/**
 * The form of a message: every field by itself, and the fields that exclude each other.
 */
import { checkAllowedMentions } from './allowed-mentions.ts';
import { checkAttachments, fileNames } from './attachments.ts';
import { type Census, createCensus } from './census.ts';
import { checkRows } from './components-v1.ts';
import { checkLayout } from './components-v2.ts';
import { checkEmbeds } from './embeds.ts';
import { distinct, type Fields, list, snowflakeOf, text, yesNo } from './fields.ts';
import { checkLegacyFields } from './legacy-fields.ts';
import { checkFlags, messageFlag } from './message-flags.ts';
import { checkReference } from './message-reference.ts';
import type { MessageTerms } from './message-terms.ts';
import { checkNonce } from './nonces.ts';
import { checkPoll } from './polls.ts';

const MAX_CONTENT_CHARACTERS = 2000;
const MAX_STICKERS = 3;

export interface MessageForm {
  readonly flags: number;
  readonly census: Census;
}

export function checkMessageForm(message: Fields, terms: MessageTerms): MessageForm {
  const flags = checkFlags(message, terms);
  text(message, 'content', { max: MAX_CONTENT_CHARACTERS });
  yesNo(message, 'tts');
  checkEmbeds(message);
  checkAllowedMentions(message);
  checkAttachments(message, terms);
  // A poll cannot be edited, and the route of an edit does not know the field.
  if (!(terms.edit && terms.surface === 'channel')) checkPoll(message);
  if (terms.surface === 'channel' && !terms.edit) checkChannelFields(message);
  const census = createCensus();
  if ((flags & messageFlag.componentsV2) === 0) {
    checkRows(message, census);
  } else {
    checkLegacyFields(message, terms);
    checkLayout(message, { census, files: fileNames(message, terms) });
  }
  return { flags, census };
}

/** What only a new message in a channel has. */
function checkChannelFields(message: Fields): void {
  checkNonce(message);
  checkReference(message);
  distinct(list(message, 'sticker_ids', { max: MAX_STICKERS }), snowflakeOf);
}
