/**
 * Takes secrets out of text that comes from somewhere else: what a tool brings back goes to a model that reads it aloud.
 */

/** Takes every secret out of a text. */
export type Redact = (text: string) => string;

const HIDDEN = '[redacted]';
/** Shorter ones are no secrets, and would take words out of every text. */
const LEAST_LENGTH = 12;
/** A bot token of Discord, and a key of Google's, whosever they are. */
const LOOKS_SECRET = /\b(?:[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|AIza[\w-]{35})/g;

/** @param secrets the bot's own: its token, its key */
export function createRedact(secrets: readonly string[]): Redact {
  const known = secrets.filter(({ length }) => length >= LEAST_LENGTH);
  return (text) => known.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text).replace(LOOKS_SECRET, HIDDEN);
}
