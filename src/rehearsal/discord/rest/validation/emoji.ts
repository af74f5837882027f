/**
 * The emoji of a button, an option or a poll's answer: one of Unicode by its characters, or a custom one by its id.
 */
import { componentFaults } from './faults.ts';
import { type Fields, given, snowflake, text } from './fields.ts';

const MAX_NAME_CHARACTERS = 32;

/**
 * One emoji of Unicode's own list. Discord takes those that need U+FE0F for their colours without it as well, and that is how many
 * keyboards and editors write them.
 */
const unicodeEmoji = /^\p{RGI_Emoji}$/v;
const COLOURED = '\uFE0F';

export function checkEmoji(emoji: Fields): void {
  const custom = given(emoji, 'id') !== null;
  const name = text(emoji, 'name', { max: MAX_NAME_CHARACTERS });
  if (custom) snowflake(emoji, 'id');
  else if (name === null || !isUnicodeEmoji(name)) emoji.spot.at('name').report(componentFaults.emoji);
}

function isUnicodeEmoji(name: string): boolean {
  return unicodeEmoji.test(name) || unicodeEmoji.test(name + COLOURED) || unicodeEmoji.test(name.replace(COLOURED, ''));
}
