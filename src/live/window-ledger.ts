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
import { type Ledger, type LedgerOptions, MOST_SENDS, type Unanswered } from './ledger.ts';
import {
  addActor,
  addItem,
  bound,
  isEmpty,
  type LedgerEntry,
  type LedgerItem,
  newEntry,
  resetEntry,
} from './ledger-entry.ts';
import type { WindowContext, WrittenTurn } from './live-session.ts';
import type { Leave, Outgoing } from './outgoing.ts';
import { isNote, noteText, speakersText } from './room-notes.ts';
import { isWholeOut, takeImage, takeRecording } from './window-media.ts';
import { writtenEntry } from './written-entry.ts';

export function createWindowLedger(options: LedgerOptions): Ledger {
  return new WindowLedger(options);
}

class WindowLedger implements Ledger {
  readonly #count: Count;
  readonly #options: LedgerOptions;
  readonly #chunker = createChunker();
  #entries: readonly LedgerEntry[] = [];
  /** Both of windows that never had a sound, for the next. */
  #notes: readonly string[] = [];
  #images: readonly Uint8Array[] = [];
  #preface: string | null = null;
  waitsFor: Ledger['waitsFor'] = null;

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#count = options.count;
  }

  get awaiting(): boolean {
    return this.#entries.some(({ wire }) => wire === 'asked' || wire === 'cut');
  }

  /** A window is a question: the room has said so. */
  readonly unanswered: Unanswered = 'ask';

  get asking(): readonly (readonly string[])[] {
    return this.#entries.filter(({ wire }) => wire !== 'unsent').map(({ actorIds }) => actorIds ?? []);
  }

  get due(): boolean {
    return this.#entries.some(({ claimed }) => !claimed);
  }

  get idle(): boolean {
    return this.#entries.length === 0;
  }

  get prefaced(): boolean {
    return this.#preface !== null || this.#entries.some(({ prefaced }) => prefaced);
  }

  startWindow({ speakers, notes, actorIds }: WindowContext): void {
    if (this.#open) {
      this.#count('live_window_already_open_total');
      speakers.forEach((speaker, at) => void this.addSpeaker(speaker, actorIds?.[at]));
      return;
    }
    const texts = [...this.#notes, ...notes.map(noteText), speakersText(speakers)].filter((text) => text !== null);
    this.#notes = [];
    const entry = newEntry('window', texts.map(noteItem), actorIds);
    entry.images.push(...this.#images);
    this.#images = [];
    this.#add(entry);
  }

  addSpeaker(name: string, actorId?: string): void {
    const text = speakersText([name]);
    if (!this.#open) {
      this.#count('live_speaker_outside_window_total');
      return;
    }
    addActor(this.#open, actorId);
    if (text !== null) addItem(this.#open, noteItem(text));
  }

  spoke(): void {
    // The window that is open has said so.
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
    this.#images = open.images;
  }

  turn(turn: WrittenTurn): void {
    const notes = this.#notes;
    this.#notes = [];
    // Behind a window that is open, and before the next.
    this.#add(writtenEntry(turn, notes, this.#options.takesTurns));
  }

  image(jpeg: Uint8Array): void {
    if (this.#open) this.#open.images.push(jpeg);
    else this.#count('live_image_outside_window_total');
  }

  preface(note: string | null): void {
    this.#preface = note === null ? null : noteText(note);
  }

  take(leave: Leave): Outgoing[] {
    const out: Outgoing[] = [];
    this.waitsFor = null;
    for (const entry of this.#entries) {
      if (entry.wire === 'asked' || entry.wire === 'cut') continue;
      if (leave.held) {
        if (entry.wire === 'out' && entry.closed && isWholeOut(entry)) this.#end(entry, out);
        break;
      }
      if (entry.kind === 'text') this.#takeText(entry, out);
      else if (!this.#takeWindow(entry, out, leave)) break;
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

  connectionLost(why: keyof typeof MOST_SENDS): void {
    const before = this.#entries.length;
    this.#forget((entry) => entry.closed && (entry.sends >= MOST_SENDS[why] || isEmpty(entry)));
    for (const entry of this.#entries) {
      if (why === 'replaced' && entry.wire !== 'unsent') entry.sends--;
      resetEntry(entry);
    }
    const givenUp = before - this.#entries.length;
    if (givenUp === 0) return;
    this.#count('live_turns_given_up_total', givenUp);
    this.#options.onGivenUp();
  }

  clear(): void {
    this.#entries = [];
    this.#notes = [];
    this.#images = [];
    this.#preface = null;
    this.#chunker.flush();
  }

  get #open(): LedgerEntry | undefined {
    return this.#entries.find(({ closed }) => !closed);
  }

  #add(entry: LedgerEntry): void {
    this.#entries = bound([...this.#entries, entry], this.#count);
  }

  #takePreface(entry: LedgerEntry): string[] {
    const preface = this.#preface;
    entry.prefaced = preface !== null;
    this.#preface = null;
    return preface === null ? [] : [preface];
  }

  #takeText(entry: LedgerEntry, out: Outgoing[]): void {
    this.#cutAsked();
    entry.sends++;
    entry.wire = 'asked';
    const texts = entry.items.flatMap((item) => (item.type === 'note' ? [item.text] : []));
    const text = [...this.#takePreface(entry), ...texts].join(' ');
    out.push({ type: 'turn', text, typed: entry.typed, images: entry.images, context: entry.context });
  }

  /** Returns whether the window is out whole; the start waits for the first audio, so that none is ever empty. */
  #takeWindow(entry: LedgerEntry, out: Outgoing[], leave: Leave): boolean {
    if (entry.wire === 'unsent') {
      if (isEmpty(entry)) return false;
      this.#cutAsked();
      entry.sends++;
      entry.wire = 'out';
      const { typed } = entry;
      out.push(typed === '' ? { type: 'activityStart' } : { type: 'activityStart', typed });
      out.push(...this.#takePreface(entry).map(noteItem));
    }
    out.push(...entry.items.slice(entry.sent));
    entry.sent = entry.items.length;
    takeImage(entry, out, leave);
    takeRecording(entry, out, leave);
    if (entry.shown < entry.images.length) this.waitsFor = 'image';
    else if (!isWholeOut(entry)) this.waitsFor = 'line';
    if (!entry.closed || !isWholeOut(entry)) return false;
    this.#end(entry, out);
    return true;
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
