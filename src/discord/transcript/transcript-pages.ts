/**
 * Turns of a conversation as messages of a channel: one line a turn, as many as fit into one message, a long turn split where a
 * sentence ends. Names and words are plain text, each turn is one line and every line begins with who said it, so that nobody can
 * put words into another's mouth. Pure.
 */
import { MESSAGE_LENGTH } from '../../i18n/translate.ts';
import { onOneLine, plainText, quote } from '../quote.ts';

/** A turn, or what is left of one whose beginning stands in an earlier message. */
export interface Entry {
  /** Which turn it is. */
  readonly key: string;
  /** Who spoke; at least one. */
  readonly names: readonly string[];
  readonly text: string;
  /** Stands behind it, e.g. that it was interrupted; null for nothing. */
  readonly mark: string | null;
  /** False while it may still change. */
  readonly final: boolean;
  /** Begins a message of its own, since the last turn was a while ago. */
  readonly fresh: boolean;
  readonly continued: boolean;
}

/** One message. */
export interface Page {
  readonly text: string;
  /** What follows in later messages. */
  readonly rest: readonly Entry[];
  /** Nothing of it will change any more, whatever follows. */
  readonly settled: boolean;
}

/** Names that are shown of a turn in which many spoke at once. */
const MOST_NAMES = 5;

/** The messages that these turns make, in order. */
export function layOut(entries: readonly Entry[]): readonly Page[] {
  const pages: Page[] = [];
  for (let left = entries; left.length > 0; ) {
    const page = firstPage(left);
    pages.push(page);
    left = page.rest;
  }
  return pages;
}

/**
 * @param entries at least one; their texts are not empty
 * @returns the first of the messages they make, filled as far as possible: what comes later never changes an earlier one that is settled
 */
export function firstPage(entries: readonly Entry[]): Page {
  const lines: string[] = [];
  const page = (taken: number, rest: readonly Entry[]): Page => ({
    text: lines.join('\n'),
    rest,
    settled: rest.length > 0 && entries.slice(0, taken).every(({ final }) => final),
  });
  let room = MESSAGE_LENGTH;
  for (const [index, entry] of entries.entries()) {
    const following = entries.slice(index);
    if (entry.fresh && lines.length > 0) return page(index, following);
    const line = lineOf(entry);
    if (line.length <= room) {
      lines.push(line);
      room -= line.length + 1;
      continue;
    }
    const split = splitEntry(entry, room, lines.length === 0);
    if (split === null) return page(index, following);
    lines.push(lineOf(split.head));
    return page(index + 1, [split.tail, ...following.slice(1)]);
  }
  return page(entries.length, []);
}

function lineOf({ names, text, mark, continued }: Entry): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `**${quote(name)}**`);
  const more = names.length > MOST_NAMES ? ` +${names.length - MOST_NAMES}` : '';
  const behind = mark === null ? '' : ` *(${mark})*`;
  return `${shown.join(', ')}${more}${continued ? ' …' : ''}: ${plainText(onOneLine(text))}${behind}`;
}

/**
 * @param mustFit a part has to go into `room`, even if that cuts a sentence or a word
 * @returns null when nothing of it goes into the room
 */
function splitEntry(entry: Entry, room: number, mustFit: boolean): { head: Entry; tail: Entry } | null {
  const text = onOneLine(entry.text);
  const budget = room - lineOf({ ...entry, text: '', mark: null }).length;
  const ways = mustFit ? [sentencesOf, wordsOf, charactersOf] : [sentencesOf];
  const end = ways.map((parts) => lastEnd(parts(text), text.length, budget)).find((it) => it > 0);
  if (end === undefined) return null;
  return {
    head: { ...entry, text: text.slice(0, end).trimEnd(), mark: null },
    tail: { ...entry, text: text.slice(end).trimStart(), continued: true, fresh: false },
  };
}

/** Where the last part ends that fits into the budget with all before it, and leaves something for later; 0 for none. */
function lastEnd(parts: Iterable<string>, length: number, budget: number): number {
  let [end, used] = [0, 0];
  for (const part of parts) {
    used += plainText(part).length;
    if (used > budget || end + part.length >= length) break;
    end += part.length;
  }
  return end;
}

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });

const sentencesOf = (text: string): string[] => [...sentences.segment(text)].map(({ segment }) => segment);
const wordsOf = (text: string): string[] => [...words.segment(text)].map(({ segment }) => segment);
/** Not what a reader takes for one: that can be of any length. */
const charactersOf = (text: string): string[] => [...text];
