/**
 * An answer as messages of at most 2,000 characters: split where a sentence ends, code blocks kept whole. A block that is longer than
 * a message is closed at its end and opened again in the next one, so that what is code looks like code in each. Pure.
 *
 * An answer grows at its end: what is in one message, and is followed by another, stays there as more comes.
 */
import { MESSAGE_LENGTH } from '../i18n/translate.ts';

const FENCE = '```';
/** What a block that is open at the end of a message gets. */
const CLOSING = `\n${FENCE}`;
/** Of the language of a block, nothing longer is one. */
const OPENING = /^```[\w+#.-]{0,30}(?=\n)/;
/** Where a sentence ends can depend on what follows; so much is looked at. */
const LOOKAHEAD = 200;

/**
 * @param firstLength characters that the first message has room for
 * @returns at least one message; none is longer than it may be or, but for an answer of nothing, blank
 */
export function splitAnswer(answer: string, firstLength: number = MESSAGE_LENGTH): readonly string[] {
  const pages: string[] = [];
  let rest = answer.trim();
  let block: string | null = null;
  do {
    const prefix: string = block === null ? '' : `${block}\n`;
    const room = (pages.length === 0 ? firstLength : MESSAGE_LENGTH) - prefix.length;
    const cut: Cut = cutOf(rest, room, block);
    const page = `${prefix}${cut.page}${cut.insideBlock === null ? '' : CLOSING}`;
    if (page.trim() !== '' || cut.rest === '') pages.push(page);
    rest = cut.rest;
    block = cut.insideBlock;
  } while (rest !== '');
  return pages;
}

interface Cut {
  readonly page: string;
  readonly rest: string;
  /** How the block begins that the page ends in; null outside of blocks. */
  readonly insideBlock: string | null;
}

/** A code block: from its first backtick to behind its last. */
interface Block {
  readonly from: number;
  readonly to: number;
  /** What it begins with, its language too. */
  readonly opening: string;
  /** Where the code begins. */
  readonly codeFrom: number;
  readonly closed: boolean;
}

/** @param block what the block begins with that the text is inside of, from an earlier message on; null: none */
function cutOf(text: string, room: number, block: string | null): Cut {
  const blocks = blocksOf(text, block);
  const last = blocks.at(-1);
  const isOpen = last !== undefined && !last.closed;
  if (text.length <= room - (isOpen ? CLOSING.length : 0)) {
    return { page: text, rest: '', insideBlock: isOpen ? last.opening : null };
  }
  const across = blocks.find((it) => it.from < room && endOf(it) > room);
  if (across === undefined || text.slice(0, across.from).trim() !== '') {
    const end = across?.from ?? endOfSentence(text, room, blocks);
    return { page: text.slice(0, end).trimEnd(), rest: text.slice(end).replace(/^\s*\n|^ +/, ''), insideBlock: null };
  }
  const codeTo = across.closed ? across.to - FENCE.length : across.to;
  const end = endOfLine(text, Math.min(room - CLOSING.length, codeTo), across.codeFrom);
  const rest = text.slice(end).replace(/^\n/, '');
  // Nothing is left of the block but its end.
  if (rest.startsWith(FENCE)) {
    return { page: text.slice(0, end) + CLOSING, rest: rest.slice(FENCE.length).trimStart(), insideBlock: null };
  }
  return { page: text.slice(0, end), rest, insideBlock: across.opening };
}

/** One that is open takes room for its end, too. */
function endOf({ to, closed }: Block): number {
  return closed ? to : to + CLOSING.length;
}

function blocksOf(text: string, block: string | null): readonly Block[] {
  const blocks: Block[] = [];
  let begun = block === null ? null : { from: 0, opening: block, codeFrom: 0 };
  for (const { index } of text.matchAll(/```/g)) {
    if (begun === null) {
      const opening = OPENING.exec(text.slice(index))?.[0] ?? FENCE;
      begun = { from: index, opening, codeFrom: index + opening.length };
    } else {
      blocks.push({ ...begun, to: index + FENCE.length, closed: true });
      begun = null;
    }
  }
  return begun === null ? blocks : [...blocks, { ...begun, to: text.length, closed: false }];
}

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The last end of a sentence that fits, else of a word, else of a character; outside of code blocks where possible. */
function endOfSentence(text: string, room: number, blocks: readonly Block[]): number {
  const seen = text.slice(0, room + LOOKAHEAD);
  const inBlock = (at: number): boolean => blocks.some((it) => it.from < at && at < endOf(it));
  for (const segmenter of [sentences, words, characters]) {
    const end = lastEnd(segmenter, seen, (at) => at <= room && !inBlock(at) && text.slice(0, at).trim() !== '');
    if (end > 0) return end;
  }
  return room;
}

function lastEnd(segmenter: Intl.Segmenter, text: string, fits: (at: number) => boolean): number {
  let last = 0;
  for (const { index, segment } of segmenter.segment(text))
    if (fits(index + segment.length)) last = index + segment.length;
  return last;
}

/** Of code: the last end of a line that fits, else of a character. @param from where the code begins */
function endOfLine(text: string, room: number, from: number): number {
  const newline = text.lastIndexOf('\n', room);
  if (newline > from) return newline;
  const end = lastEnd(characters, text.slice(0, room + LOOKAHEAD), (at) => at <= room);
  return end > from ? end : room;
}
