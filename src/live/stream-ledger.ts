/**
 * The ledger of a session in which the service decides when somebody speaks: one stream of sound instead of windows.
 *
 * Nobody tells which sound is a question, so what is kept for another connection is what our own detector believes to be speech,
 * from its onset to the first content of an answer; of the rest no more than a moment. Names and notes have no place: text beside
 * the stream counts as activity, and would interrupt or be answered (docs/decisions/0009).
 *
 * No time, no I/O: who calls `take` sends.
 */
import { LIVE_INPUT_RATE } from '../audio/rates.ts';
import { createChunker } from './chunker.ts';
import { type Ledger, type LedgerOptions, MOST_SENDS, type Unanswered } from './ledger.ts';
import type { WindowContext, WrittenTurn } from './live-session.ts';
import type { Leave, Outgoing } from './outgoing.ts';
import { createWrittenTurns, type WrittenTurns } from './written-turns.ts';

const samplesIn = (ms: number): number => (ms * LIVE_INPUT_RATE) / 1000;

/** Kept of what nobody is believed to have said yet: the detector is behind by up to a quarter of a second, and an onset is soft. */
const MOMENT = samplesIn(1_000);
/** Kept at most: a minute of somebody who gets no answer. */
const MOST_KEPT = samplesIn(60_000);
/** Speech of which the service must have noticed something: what is shorter it may take for a cough, a stream ends with a second of silence. */
const SURELY_HEARD = samplesIn(1_000 + 700);

export function createStreamLedger(options: LedgerOptions): Ledger {
  return new StreamLedger(options);
}

class StreamLedger implements Ledger {
  readonly #options: LedgerOptions;
  readonly #chunker = createChunker();
  #chunks: Int16Array[] = [];
  /** In all chunks together. */
  #samples = 0;
  /** Of the chunks: how many are out on this connection. */
  #sent = 0;
  /** Since when somebody is believed to speak, in samples from the first chunk; null: nobody does. */
  #spokenFrom: number | null = null;
  /** Where the last utterance began. */
  #lastOnset = 0;
  #sends = 0;
  #open = false;
  /** The service has heard something of a stream on this connection, and not of its end. */
  #live = false;
  #actorIds: readonly string[] = [];
  /** To be seen while there is sound; what was lost with a connection is not shown again. */
  #images: Uint8Array[] = [];
  readonly #written: WrittenTurns;

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#written = createWrittenTurns(options.takesTurns);
  }

  readonly prefaced = false;

  get awaiting(): boolean {
    return this.#isAsked || this.#written.asked;
  }

  get asking(): readonly (readonly string[])[] {
    const spoken = this.#spokenFrom !== null && this.#sent > 0 ? [this.#actorIds] : [];
    return [...spoken, ...this.#written.asking];
  }

  get due(): boolean {
    return !this.idle;
  }

  get idle(): boolean {
    return this.#spokenFrom === null && this.#written.idle;
  }

  get unanswered(): Unanswered {
    if (this.#written.asked) return 'ask';
    const spoken = this.#samples - (this.#spokenFrom ?? this.#samples);
    return spoken >= SURELY_HEARD && this.#sends < MOST_SENDS.deaf ? 'repeat' : 'forget';
  }

  startWindow({ actorIds = [] }: WindowContext): void {
    this.#open = true;
    this.#actorIds = this.#spokenFrom === null ? actorIds : [...this.#actorIds, ...actorIds];
  }

  addSpeaker(_name: string, actorId?: string): void {
    if (actorId !== undefined) this.#actorIds = [...new Set([...this.#actorIds, actorId])];
  }

  spoke(): void {
    const onset = Math.max(0, this.#samples - MOMENT);
    if (this.#spokenFrom === null) this.#sends = this.#sent > 0 ? 1 : 0;
    this.#spokenFrom ??= onset;
    this.#lastOnset = onset;
  }

  audio(pcm: Int16Array): void {
    if (!this.#open) return this.#options.count('live_audio_outside_window_total');
    // What comes now may go out at once, however much it is; what is still here of before could not.
    this.#forgetOld();
    for (const chunk of this.#chunker.add(pcm)) this.#add(chunk);
  }

  endWindow(): void {
    if (!this.#open) return this.#options.count('live_end_without_window_total');
    this.#open = false;
    const rest = this.#chunker.flush();
    if (rest) this.#add(rest);
  }

  turn(turn: WrittenTurn): void {
    this.#written.add(turn);
  }

  image(jpeg: Uint8Array): void {
    if (this.#open) this.#images.push(jpeg);
    else this.#options.count('live_image_outside_window_total');
  }

  get waitsFor(): Ledger['waitsFor'] {
    return this.#images.length > 0 && this.#live ? 'image' : this.#written.waitsFor;
  }

  preface(): void {
    // It stands in the setup: there is no other place.
  }

  take(leave: Leave): Outgoing[] {
    if (leave.held) return [];
    const fresh = this.#chunks.slice(this.#sent);
    if (this.#spokenFrom !== null && this.#sent === 0 && fresh.length > 0) this.#sends++;
    this.#sent = this.#chunks.length;
    this.#live ||= fresh.length > 0;
    const ends = this.#live && !this.#open;
    if (ends) this.#live = false;
    const out: Outgoing[] = fresh.map((pcm) => ({ type: 'audio', pcm }));
    const [jpeg] = this.#images;
    if (jpeg !== undefined && this.#live && leave.image) {
      this.#images.shift();
      leave.image = false;
      out.push({ type: 'image', jpeg });
    }
    if (ends) out.push({ type: 'streamEnd' });
    // A recording among what people say could not be told from it.
    out.push(...this.#written.take(this.#open || this.#live ? { ...leave, samples: 0 } : leave));
    this.#forgetOld();
    return out;
  }

  answered(): void {
    this.#written.answered();
    if (this.#spokenFrom === null) return;
    // Who began to speak just now was not waited for: that is the next question.
    const isNew = this.#open && this.#lastOnset > this.#spokenFrom && this.#samples - this.#lastOnset < 2 * MOMENT;
    this.#drop(isNew ? this.#lastOnset : this.#samples, 'sent');
    this.#spokenFrom = isNew ? 0 : null;
    this.#lastOnset = 0;
    this.#sends = isNew ? 1 : 0;
  }

  interrupted(): void {
    // The service has heard somebody; what it answers to them has not begun.
  }

  finished(): void {
    this.#written.answered();
  }

  connectionLost(why: keyof typeof MOST_SENDS): void {
    const most = MOST_SENDS[why];
    const givenUp = this.#written.connectionLost(why) + (this.#giveUp(most) ? 1 : 0);
    this.#images = [];
    if (why === 'replaced' && this.#sent > 0) this.#sends--;
    // What nobody is believed to have said is not said again, but for the onset of what is just being said.
    if (this.#spokenFrom === null && !this.#open) this.#drop(this.#samples, 'sent');
    this.#sent = 0;
    this.#live = false;
    if (givenUp === 0) return;
    this.#options.count('live_turns_given_up_total', givenUp);
    this.#options.onGivenUp();
  }

  clear(): void {
    this.#chunker.flush();
    this.#drop(this.#samples, 'all');
    this.#spokenFrom = null;
    this.#lastOnset = 0;
    this.#sends = 0;
    this.#images = [];
    this.#written.clear();
  }

  /** All that was said is out, and the service knows that it was all. */
  get #isAsked(): boolean {
    return (
      this.#spokenFrom !== null && !this.#open && !this.#live && this.#sent === this.#chunks.length && this.#sent > 0
    );
  }

  /** Whether something that was asked is given up. Speech that is still going on never is. */
  #giveUp(most: number): boolean {
    if (this.#spokenFrom === null || this.#open || this.#sends < most) return false;
    this.#drop(this.#samples, 'all');
    this.#spokenFrom = null;
    this.#sends = 0;
    return true;
  }

  #add(chunk: Int16Array): void {
    this.#chunks.push(chunk);
    this.#samples += chunk.length;
  }

  #forgetOld(): void {
    this.#drop(this.#samples - (this.#spokenFrom === null ? MOMENT : MOST_KEPT), 'all');
  }

  /** Drops whole chunks before that sample; `sent`: only what is out. */
  #drop(before: number, which: 'sent' | 'all'): void {
    let dropped = 0;
    for (let first = this.#chunks[0]; first !== undefined; first = this.#chunks[0]) {
      if (dropped + first.length > before || (which === 'sent' && this.#sent === 0)) break;
      this.#chunks.shift();
      dropped += first.length;
      this.#samples -= first.length;
      this.#sent = Math.max(0, this.#sent - 1);
    }
    if (this.#spokenFrom !== null) this.#spokenFrom = Math.max(0, this.#spokenFrom - dropped);
    this.#lastOnset = Math.max(0, this.#lastOnset - dropped);
  }
}
