/**
 * Text of a server, made harmless for whatever shows it: it is data, whatever it says.
 */

/** Control characters except the newline and the tab, those that turn the direction of writing around, and letters nobody sees. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

/** @param longest in UTF-16 units; what is longer ends in "…" */
export function foreignText(text: string, longest: number): string {
  const clean = text.replace(/\r\n?/g, '\n').replace(CONTROL, '').trim();
  return (clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean).toWellFormed();
}

/** The same in one line, for the log. */
export function foreignLine(text: string, longest: number): string {
  return foreignText(text.replace(/\s+/g, ' '), longest);
}
