/**
 * The fields that a message of Components V2 cannot have, because its components are all there is. An edit that turns a message into
 * one has to take away what was there: null for the text, an empty list for embeds.
 */
import { messageFaults } from './faults.ts';
import { type Fields, given } from './fields.ts';
import { messageFlag } from './message-flags.ts';
import type { MessageTerms } from './message-terms.ts';

export function checkLegacyFields(message: Fields, { edit, had }: MessageTerms): void {
  const refuse = (field: string): void => message.spot.at(field).report(messageFaults.legacyField(field));
  // Even an empty text is refused, and discord.js makes one of null: leave `content` out of such a message.
  for (const field of ['content', 'poll']) if (given(message, field) !== null) refuse(field);
  for (const field of ['embeds', 'sticker_ids']) {
    const value = given(message, field);
    if (Array.isArray(value) && value.length > 0) refuse(field);
  }
  if (!edit || !had || (had.flags & messageFlag.componentsV2) !== 0) return;
  if (had.content && !('content' in message.values)) refuse('content');
  if (had.embeds && had.embeds.length > 0 && !Array.isArray(given(message, 'embeds'))) refuse('embeds');
  if (had.poll) refuse('poll');
}
