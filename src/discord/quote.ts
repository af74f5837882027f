/**
 * Text of people inside a message of the bot: it reads as they wrote it and does nothing, neither pings nor formats nor turns
 * the line around.
 */

/** Long enough to recognise what one wrote, short enough to leave room for the answer. */
const QUOTE_LENGTH = 100;

/** Half of a character outside the basic plane, which nothing can display. */
const LONE_SURROGATE = /\p{Cs}/gu;
/**
 * What moves or hides the text around it: controls, and format characters such as the marks that turn the direction of writing.
 * The joiners U+200C and U+200D stay, since Persian, Indic scripts and many emoji are not right without them.
 */
const INVISIBLE = /(?![\u200c\u200d])\p{Cf}|(?!\n)\p{Cc}/gu;
const LINE_BREAK = /\r\n?|[\u2028\u2029\u0085\v\f]/g;
/** Discord takes the backslash away before whatever is neither a letter, a digit nor a space. */
const MARKDOWN = /[!-/:-@[-`{-~]/g;

/** The text as plain text in a message, line breaks kept; up to twice as long as before. */
export function plainText(text: string): string {
  return clean(text).replace(MARKDOWN, '\\$&');
}

/** A few words of somebody's, on one line: cut to 100 characters, then made plain. */
export function quote(text: string): string {
  const line = onOneLine(text);
  const characters = [...line];
  const cut = characters.length > QUOTE_LENGTH ? `${characters.slice(0, QUOTE_LENGTH - 1).join('')}…` : line;
  return plainText(cut);
}

/** Everything that can be seen of it, without line breaks; not yet plain text. */
export function onOneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

function clean(text: string): string {
  return text.replace(LINE_BREAK, '\n').replaceAll('\t', ' ').replace(LONE_SURROGATE, '').replace(INVISIBLE, '');
}
