/**
 * The messages that an answer consists of: a heading, its words, how it ended, what it rests on. Pure.
 */
import { MESSAGE_LENGTH } from '../i18n/translate.ts';
import { splitAnswer } from './split-answer.ts';

export interface AnswerState {
  /** What it answers, where that cannot be seen; null for nothing. */
  readonly heading: string | null;
  /** All of it so far; may be empty at the end. */
  readonly text: string;
  /** That it was cut off, in words; null for nothing. */
  readonly mark: string | null;
  /** What stands below it: sources. Each is at most a message long. */
  readonly footnotes: readonly string[];
}

/** Nobody reads more, and a channel belongs to others too. */
const MOST_MESSAGES = 8;

/** @returns their texts; none while there is nothing to read */
export function layOutAnswer({ heading, text, mark, footnotes }: AnswerState): readonly string[] {
  const head = heading === null ? '' : `${heading}\n`;
  const marked = mark === null ? [] : [`-# ${mark}`];
  const below = [...marked, ...footnotes];
  if (text.trim() === '') return below.length === 0 ? [] : appended([heading ?? ''], below);
  const pages = splitAnswer(text, MESSAGE_LENGTH - head.length);
  const shown = pages.slice(0, MOST_MESSAGES);
  const [first = '', ...others] = shown;
  const whole = [`${head}${first}`, ...others];
  return appended(pages.length > MOST_MESSAGES ? withEllipsis(whole) : whole, below);
}

/** Below the last message where they fit, else in one of their own. */
function appended(pages: readonly string[], lines: readonly string[]): readonly string[] {
  const all = [...pages];
  for (const line of lines) {
    const last = all.at(-1) ?? '';
    const together = last === '' ? line : `${last}\n${line}`;
    if (together.length <= MESSAGE_LENGTH) all[all.length - 1] = together;
    else all.push(line);
  }
  return all;
}

function withEllipsis(pages: readonly string[]): readonly string[] {
  const last = pages.at(-1) ?? '';
  return [...pages.slice(0, -1), last.length + 2 <= MESSAGE_LENGTH ? `${last}\n…` : last];
}
