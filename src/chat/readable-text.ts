/**
 * What somebody wrote as the model reads it: names where Discord has ids, nothing that a reader would not see. Markdown stays. Pure.
 */

/** Names of what a message mentions; null for what nobody knows. */
export interface Names {
  readonly member: (id: string) => string | null;
  readonly role: (id: string) => string | null;
  readonly channel: (id: string) => string | null;
}

/** A message has at most 4,000 characters, an option of a command 6,000; names can make more of it. */
const MOST_CHARACTERS = 8_000;

const LINE_BREAK = /\r\n?|[\u2028\u2029\u0085\v\f]/g;
/** Halves of characters, which no JSON of Google's takes, and controls. */
const UNREADABLE = /\p{Cs}|(?![\n\t])\p{Cc}/gu;

/** @param own ids of the bot and of its role: where it is merely called, at the beginning or the end, that is left out */
export function readableText(content: string, own: ReadonlySet<string>, names: Names): string {
  const named = withoutCalls(content, own)
    .replace(/<@!?(\d+)>/g, (_, id: string) => `@${names.member(id) ?? 'somebody'}`)
    .replace(/<@&(\d+)>/g, (_, id: string) => `@${names.role(id) ?? 'a role'}`)
    .replace(/<#(\d+)>/g, (_, id: string) => `#${names.channel(id) ?? 'a channel'}`)
    .replace(/<a?(:\w+:)\d+>/g, '$1')
    .replace(/<(\/[^:<>]{1,100}):\d+>/g, '$1')
    .replace(/<t:(-?\d{1,13})(?::[a-zA-Z])?>/g, (stamp, seconds: string) => dateOf(Number(seconds)) ?? stamp);
  return cutText(cleanText(named), MOST_CHARACTERS).trim();
}

/** Without what nobody sees, line breaks of one kind. */
export function cleanText(text: string): string {
  return text.replace(LINE_BREAK, '\n').replace(UNREADABLE, '');
}

/** At most that long, and marked where something is missing. */
export function cutText(text: string, most: number): string {
  // A character outside the basic plane must not be halved.
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/\p{Cs}$/u, '')}…`;
}

function withoutCalls(content: string, own: ReadonlySet<string>): string {
  const call = `(?:<@[!&]?(?:${[...own].join('|')})>)`;
  return content.replace(new RegExp(`^\\s*${call}[\\s,:]*`), '').replace(new RegExp(`${call}\\s*$`), '');
}

function dateOf(seconds: number): string | null {
  const date = new Date(seconds * 1_000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
