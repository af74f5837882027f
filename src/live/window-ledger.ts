/**
 * The window ledger: everything that people said or typed and the model has not begun to answer, in order.
 *
 * It is the only source of turns on the wire: a connection takes from it what is due, and when one is lost the next takes it
 * again from the start, so that a question survives whatever happens below it. Once an answer has begun, its window is
 * forgotten: from then on the model is only told what was said, never asked again (DESIGN.md §6 Live).
 *
 * No time, no I/O: who calls `take` sends.
 */
import type { Count } from '../types/log.ts';
import { createChunker } from './chunker.ts';
import { addItem, bound, isEmpty, type LedgerEntry, type LedgerItem, newEntry } from './ledger-entry.ts';
import type { WindowContext } from './live-session.ts';
import { isNote, noteText, speakersText } from './room-notes.ts';

export type Outgoing =
  | { readonly type: 'activityStart' }
  | { readonly type: 'activityEnd' }
  /** Inside a window, from the room itself; or its sound. */
  | LedgerItem
  /** A whole turn in text; `typed` is what a person wrote of it. */
  | { readonly type: 'turn'; readonly text: string; readonly typed: string };

export interface WindowLedger {
  startWindow(context: WindowContext): void;
  addSpeaker(name: string): void;
  audio(pcm: Int16Array): void;
  endWindow(): void;
  text(text: string): void;
  /** Goes before whatever is sent next, once: what the model must know and was not there to hear. Null: nothing any more. */
  preface(note: string | null): void;
  readonly prefaced: boolean;
  /** What may go on the wire now, in order. Held: a call is open, so nothing but the end of a window that is out. */
  take(options: { readonly held: boolean }): Outgoing[];
  /** An answer has begun, or a turn has ended without one: what it answers needs no keeping. */
  answered(): void;
  /** The service has stopped an answer; `begun`: some of it had come. */
  interrupted(begun: boolean): void;
  /** An answer has come to its own end: it was to everything that was asked when it began. */
  finished(): void;
  /** Nothing of what is unanswered counts as sent any more; what was sent too often is given up. */
  connectionLost(why: 'dropped' | 'deaf'): void;
  /** Whether something was asked on this connection and has no answer. */
  readonly awaiting: boolean;
  /** Whether nothing is open, asked, or waiting to be sent. */
  readonly idle: boolean;
}

/**
 * Times a turn is sent. Lost with a dropped connection: once more, and once more for bad luck; what has cost three connections is
 * more likely their cause than their victim. Met with silence: once more, people have waited for half a minute by then.
 */
const MOST_SENDS = { dropped: 3, deaf: 2 } as const;

export interface WindowLedgerOptions {
  readonly count: Count;
  /** A turn was given up after too many connections. */
  readonly onGivenUp: () => void;
}

export function createWindowLedger({ count, onGivenUp }: WindowLedgerOptions): WindowLedger {
  return new Ledger(count, onGivenUp);
}

class Ledger implements WindowLedger {
  readonly #count: Count;
  readonly #onGivenUp: () => void;
  readonly #chunker = createChunker();
  #entries: readonly LedgerEntry[] = [];
  /** Of windows that never had a sound, for the next. */
  #notes: readonly string[] = [];
  #preface: string | null = null;

  constructor(count: Count, onGivenUp: () => void) {
    this.#count = count;
    this.#onGivenUp = onGivenUp;
  }

  get awaiting(): boolean {
    return this.#entries.some(({ wire }) => wire === 'asked' || wire === 'cut');
  }

  get idle(): boolean {
    return this.#entries.length === 0;
  }

  get prefaced(): boolean {
    return this.#preface !== null;
  }

  startWindow({ speakers, notes }: WindowContext): void {
    if (this.#open) {
      this.#count('live_window_already_open_total');
      for (const speaker of speakers) this.addSpeaker(speaker);
      return;
    }
    const texts = [...this.#notes, ...notes.map(noteText), speakersText(speakers)].filter((text) => text !== null);
    this.#notes = [];
    this.#add(newEntry('window', texts.map(noteItem)));
  }

  addSpeaker(name: string): void {
    const text = speakersText([name]);
    if (!this.#open) this.#count('live_speaker_outside_window_total');
    else if (text !== null) addItem(this.#open, noteItem(text));
  }

  audio(pcm: Int16Array): void {
    const open = this.#open;
    if (!open) {
      this.#count('live_audio_outside_window_total');
      return;
    }
    for (const chunk of this.#chunker.add(pcm)) addItem(open, { type: 'audio', pcm: chunk });
    this.#entries = bound(this.#entries, this.#count);
  }

  endWindow(): void {
    const open = this.#open;
    if (!open) {
      this.#count('live_end_without_window_total');
      return;
    }
    const rest = this.#chunker.flush();
    if (rest) addItem(open, { type: 'audio', pcm: rest });
    open.closed = true;
    if (!isEmpty(open)) return;
    this.#forget((entry) => entry === open);
    const texts = open.items.flatMap((item) => (item.type === 'note' ? [item.text] : []));
    this.#notes = texts.filter(isNote);
  }

  text(text: string): void {
    const notes = this.#notes;
    this.#notes = [];
    // Behind a window that is open, and before the next.
    this.#add(newEntry('text', [...notes, text].map(noteItem)));
  }

  preface(note: string | null): void {
    this.#preface = note === null ? null : noteText(note);
  }

  take({ held }: { readonly held: boolean }): Outgoing[] {
    const out: Outgoing[] = [];
    for (const entry of this.#entries) {
      if (entry.wire === 'asked' || entry.wire === 'cut') continue;
      if (held) {
        if (entry.wire === 'out' && entry.closed && entry.sent === entry.items.length) this.#end(entry, out);
        break;
      }
      if (entry.kind === 'text') this.#takeText(entry, out);
      else if (!this.#takeWindow(entry, out)) break;
    }
    return joinNotes(out);
  }

  answered(): void {
    if (!this.#entries.some(({ wire }) => wire === 'cut')) this.#forget(({ wire }) => wire === 'asked');
    // Which of two it answers cannot be told when one was spoken over: the later one is kept until the answer's end.
    for (const entry of this.#entries) entry.claimed = entry.wire === 'asked';
    this.#forget(({ wire }) => wire === 'cut');
  }

  interrupted(begun: boolean): void {
    for (const entry of this.#entries) entry.claimed = false;
    if (!begun) this.#forget(({ wire }) => wire === 'cut');
  }

  finished(): void {
    this.#forget(({ claimed }) => claimed);
  }

  connectionLost(why: 'dropped' | 'deaf'): void {
    const before = this.#entries.length;
    this.#forget((entry) => entry.closed && (entry.sends >= MOST_SENDS[why] || isEmpty(entry)));
    for (const entry of this.#entries) {
      entry.wire = 'unsent';
      entry.sent = 0;
      entry.claimed = false;
    }
    const givenUp = before - this.#entries.length;
    if (givenUp === 0) return;
    this.#count('live_turns_given_up_total', givenUp);
    this.#onGivenUp();
  }

  get #open(): LedgerEntry | undefined {
    return this.#entries.find(({ closed }) => !closed);
  }

  #add(entry: LedgerEntry): void {
    this.#entries = bound([...this.#entries, entry], this.#count);
  }

  #takePreface(): string[] {
    const preface = this.#preface;
    this.#preface = null;
    return preface === null ? [] : [preface];
  }

  #takeText(entry: LedgerEntry, out: Outgoing[]): void {
    this.#cutAsked();
    entry.sends++;
    entry.wire = 'asked';
    const texts = entry.items.flatMap((item) => (item.type === 'note' ? [item.text] : []));
    out.push({ type: 'turn', text: [...this.#takePreface(), ...texts].join(' '), typed: texts.at(-1) ?? '' });
  }

  /** Returns whether the window is out whole; the start waits for the first audio, so that none is ever empty. */
  #takeWindow(entry: LedgerEntry, out: Outgoing[]): boolean {
    if (entry.wire === 'unsent') {
      if (isEmpty(entry)) return false;
      this.#cutAsked();
      entry.sends++;
      entry.wire = 'out';
      out.push({ type: 'activityStart' }, ...this.#takePreface().map(noteItem));
    }
    out.push(...entry.items.slice(entry.sent));
    entry.sent = entry.items.length;
    if (entry.closed) this.#end(entry, out);
    return entry.closed;
  }

  #end(entry: LedgerEntry, out: Outgoing[]): void {
    entry.wire = 'asked';
    out.push({ type: 'activityEnd' });
  }

  /** What comes next on the wire speaks over the answer to what was asked before. */
  #cutAsked(): void {
    for (const entry of this.#entries) if (entry.wire === 'asked') entry.wire = 'cut';
  }

  #forget(which: (entry: LedgerEntry) => boolean): void {
    this.#entries = this.#entries.filter((entry) => !which(entry));
  }
}

/** What is told at one point is one message: nothing is known of the order of several. */
function joinNotes(outgoing: readonly Outgoing[]): Outgoing[] {
  const joined: Outgoing[] = [];
  for (const next of outgoing) {
    const last = joined.at(-1);
    if (next.type === 'note' && last?.type === 'note') joined.splice(-1, 1, noteItem(`${last.text} ${next.text}`));
    else joined.push(next);
  }
  return joined;
}

function noteItem(text: string): LedgerItem {
  return { type: 'note', text };
}
