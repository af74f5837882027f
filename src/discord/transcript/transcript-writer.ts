/**
 * Writes turns into a thread or channel as they grow: at most one REST call a second, so that whatever happened meanwhile goes in
 * with one edit. What cannot be written now is kept and tried again.
 */
import type { Clock, Timer } from '../../types/clock.ts';
import type { Log } from '../../types/log.ts';
import { createTranscriptDraft, type DraftChange } from './transcript-draft.ts';
import { type StuckReason, writeFailure } from './transcript-failure.ts';
import type { Entry } from './transcript-pages.ts';

/** Discord takes five new messages and five edits of a channel in five seconds, and other posts of the bot count too. */
const PACE_MS = 1_000;
/** A permission comes back when somebody gives it back; nobody tells when a thread is unlocked. */
const STUCK_RETRY_MS = 60_000;
/** Tries at what fails for a while, once no more turns come. */
const LAST_TRIES = 4;

/** Where it is written: plain functions, bound to one thread or channel. All throw what Discord refuses. */
export interface TranscriptPlace {
  readonly id: string;
  /** Returns the message's id. */
  post(text: string): Promise<string>;
  edit(messageId: string, text: string): Promise<void>;
  remove(messageId: string): Promise<void>;
}

export interface OpenedPlace {
  readonly place: TranscriptPlace;
  /** The first message; null when the place has one. */
  readonly intro: string | null;
}

export interface TranscriptWriter {
  /** Begins a turn, or changes one that was not final. */
  put(entry: Entry): void;
  /** Takes a turn that was not final away again. */
  drop(key: string): void;
  /** Opens the place though nobody has spoken yet; tells what is in the way, null for nothing. */
  begin(): Promise<StuckReason | null>;
  /** The thread or channel; null before it was opened. */
  readonly placeId: string | null;
  /** Why nothing can be written at the moment; null: it can. */
  readonly stuck: StuckReason | null;
  /** No more turns will come. Resolves when all is written, or cannot be. */
  finish(): Promise<void>;
  /** From now on calls follow each other without a pause. */
  hurry(): void;
}

export interface TranscriptWriterOptions {
  /** Throws what Discord refuses. */
  readonly open: () => Promise<OpenedPlace>;
  /** Called when nothing can be written any more, and again only after something could be. */
  readonly onStuck: (why: StuckReason) => void;
  readonly clock: Clock;
  readonly log: Log;
}

export function createTranscriptWriter(options: TranscriptWriterOptions): TranscriptWriter {
  return new Writer(options);
}

class Writer implements TranscriptWriter {
  readonly #options: TranscriptWriterOptions;
  readonly #draft = createTranscriptDraft();
  readonly #begun = Promise.withResolvers<StuckReason | null>();
  readonly #over = Promise.withResolvers<void>();
  #place: TranscriptPlace | null = null;
  #intro: string | null = null;
  #opening = false;
  #finishing = false;
  /** Nothing will be written any more. */
  #closed = false;
  #hurried = false;
  #calling = false;
  #timer: Timer | null = null;
  #failures = 0;
  #stuck: StuckReason | null = null;

  constructor(options: TranscriptWriterOptions) {
    this.#options = options;
  }

  get placeId(): string | null {
    return this.#place?.id ?? null;
  }

  get stuck(): StuckReason | null {
    return this.#stuck;
  }

  put(entry: Entry): void {
    if (this.#closed) return;
    const kept = this.#draft.put(entry);
    if (!kept)
      this.#options.log.warn({ placeId: this.placeId }, 'a transcript has waited too long: a turn is left out');
    this.#pump();
  }

  drop(key: string): void {
    this.#draft.drop(key);
    this.#pump();
  }

  begin(): Promise<StuckReason | null> {
    this.#opening = true;
    this.#pump();
    return this.#begun.promise;
  }

  finish(): Promise<void> {
    this.#finishing = true;
    this.#draft.end();
    if (this.#stuck !== null) this.#giveUp();
    this.#pump();
    return this.#over.promise;
  }

  hurry(): void {
    this.#hurried = true;
    this.#timer?.cancel();
    this.#timer = null;
    this.#pump();
  }

  #pump(): void {
    if (this.#calling || this.#timer !== null || this.#closed) return;
    const call = this.#next();
    if (call === null) return this.#finishing ? this.#over.resolve() : undefined;
    const startedAt = this.#options.clock.now();
    this.#calling = true;
    void this.#perform(call).then((pauseMs) => {
      this.#calling = false;
      this.#rest(startedAt + pauseMs);
    });
  }

  /** Resolves with how long to wait from its beginning, ms. */
  async #perform(call: () => Promise<void>): Promise<number> {
    try {
      await call();
      this.#failures = 0;
      this.#stuck = null;
      this.#begun.resolve(null);
      return this.#hurried ? 0 : PACE_MS;
    } catch (error) {
      return this.#failed(error);
    }
  }

  #failed(error: unknown): number {
    const { log, onStuck } = this.#options;
    const failure = writeFailure(error);
    log.info({ err: error, placeId: this.placeId, failure: failure.kind }, 'the transcript could not be written');
    this.#failures += 1;
    if (failure.kind === 'passing') {
      if (this.#finishing && this.#failures >= LAST_TRIES) this.#giveUp();
      return Math.min(STUCK_RETRY_MS, PACE_MS * 2 ** this.#failures);
    }
    const why = failure.kind === 'stuck' ? failure.why : 'refused';
    const known = this.#stuck === why;
    this.#stuck = why;
    this.#begun.resolve(why);
    if (!known) onStuck(why);
    if (this.#finishing || why === 'gone') this.#giveUp();
    return STUCK_RETRY_MS;
  }

  #rest(until: number): void {
    if (this.#closed) return;
    if (this.#finishing && this.#next() === null) return this.#over.resolve();
    const pauseMs = until - this.#options.clock.now();
    if (pauseMs <= 0) return this.#pump();
    this.#timer = this.#options.clock.after(pauseMs, () => {
      this.#timer = null;
      this.#pump();
    });
  }

  #next(): (() => Promise<void>) | null {
    const [place, intro] = [this.#place, this.#intro];
    if (place === null) return this.#opening || this.#draft.waiting > 0 ? () => this.#open() : null;
    if (intro !== null) return () => this.#introduce(place, intro);
    const change = this.#draft.next();
    return change === null ? null : () => this.#make(place, change);
  }

  async #open(): Promise<void> {
    const { place, intro } = await this.#options.open();
    this.#place = place;
    this.#intro = intro;
  }

  async #introduce(place: TranscriptPlace, intro: string): Promise<void> {
    await place.post(intro);
    this.#intro = null;
  }

  /** A message that a moderator has deleted is not written again, and one that is not taken is no reason to stop. */
  async #make(place: TranscriptPlace, change: DraftChange): Promise<void> {
    try {
      this.#draft.made(change, await perform(place, change));
    } catch (error) {
      const { kind } = writeFailure(error);
      if (kind !== 'messageGone' && kind !== 'refused') throw error;
      this.#options.log.warn({ err: error, placeId: place.id, failure: kind }, 'a message of a transcript is lost');
      this.#draft.made(change, null);
    }
  }

  #giveUp(): void {
    const { waiting: turns } = this.#draft;
    if (turns > 0) this.#options.log.warn({ placeId: this.placeId, turns }, 'the rest of a transcript was not written');
    this.#closed = true;
    this.#draft.clear();
    this.#begun.resolve(this.#stuck);
    this.#over.resolve();
  }
}

/** Returns the message's id. */
async function perform(place: TranscriptPlace, change: DraftChange): Promise<string> {
  if (change.type === 'post') return place.post(change.text);
  if (change.type === 'edit') await place.edit(change.messageId, change.text);
  else await place.remove(change.messageId);
  return change.messageId;
}
