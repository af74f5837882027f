/**
 * Writes an answer where it belongs while it comes: the first words at once, then at most one change a second, one call at a time, so
 * that Discord's limits are never what it waits for. An answer that is long in coming gets a button that stops it.
 */
import type { Clock, Timer } from '../types/clock.ts';
import type { Log } from '../types/log.ts';
import type { AnswerMessage, AnswerPlace, PostedAnswer } from './answer-place.ts';
import { type AnswerState, layOutAnswer } from './lay-out-answer.ts';

/** Discord takes five edits of a channel's messages in five seconds, and other posts of the bot count too. */
const PACE_MS = 1_000;
/** From when an answer is long in coming. */
const LONG_MS = 3_000;
const LONG_CHARACTERS = 500;
/** Tries at what fails for a while, once the answer is over. */
const LAST_TRIES = 4;

export interface AnswerPost {
  /** Something of it can be read, or is about to be. */
  readonly begun: boolean;
  /** @param text all of it so far */
  grow(text: string): void;
  /** It is over. @param mark that it was cut off, in words */
  finish(text: string, mark: string | null): void;
  /** Something to stand below it, also after its end. */
  footnote(line: string): void;
  /** Resolves when it is over and all of it is written, or cannot be. */
  readonly written: Promise<void>;
  /** From now on calls follow each other without a pause. */
  hurry(): void;
}

export interface AnswerPostOptions {
  readonly place: Pick<AnswerPlace, 'channelId' | 'post'>;
  readonly heading: string | null;
  /** For the button that stops it. */
  readonly stop: { readonly customId: string; readonly label: string };
  readonly clock: Clock;
  readonly log: Log;
}

export function createAnswerPost(options: AnswerPostOptions): AnswerPost {
  return new Post(options);
}

interface Written {
  /** Null: it is gone, and stays so. */
  readonly posted: PostedAnswer | null;
  readonly content: string;
  readonly hasButton: boolean;
}

class Post implements AnswerPost {
  readonly #options: AnswerPostOptions;
  readonly #over = Promise.withResolvers<void>();
  #state: AnswerState;
  #written: readonly Written[] = [];
  #finished = false;
  /** Nothing more can be written. */
  #closed = false;
  #hurried = false;
  #calling = false;
  #isLong = false;
  #failures = 0;
  #restUntil = Number.NEGATIVE_INFINITY;
  #timer: Timer | null = null;
  readonly #longTimer: Timer;

  constructor(options: AnswerPostOptions) {
    this.#options = options;
    this.#state = { heading: options.heading, text: '', mark: null, footnotes: [] };
    this.#longTimer = options.clock.after(LONG_MS, () => {
      this.#isLong = true;
      this.#pump();
    });
  }

  get begun(): boolean {
    return this.#calling || this.#written.length > 0;
  }

  get written(): Promise<void> {
    return this.#over.promise;
  }

  grow(text: string): void {
    if (!this.#finished) this.#change({ text });
  }

  finish(text: string, mark: string | null): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#longTimer.cancel();
    this.#change({ text, mark });
  }

  footnote(line: string): void {
    this.#change({ footnotes: [...this.#state.footnotes, line] });
  }

  hurry(): void {
    this.#hurried = true;
    this.#restUntil = Number.NEGATIVE_INFINITY;
    this.#pump();
  }

  #change(change: Partial<AnswerState>): void {
    this.#state = { ...this.#state, ...change };
    if (this.#state.text.length > LONG_CHARACTERS) this.#isLong = true;
    this.#pump();
  }

  #pump(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#calling || this.#closed) return;
    const call = this.#next();
    if (call === null) return this.#finished ? this.#over.resolve() : undefined;
    const waitMs = this.#restUntil - this.#options.clock.now();
    // What is new is posted at once; what is there already can wait.
    if (waitMs > 0 && (call.isEdit || this.#failures > 0)) {
      this.#timer = this.#options.clock.after(waitMs, () => this.#pump());
      return;
    }
    this.#calling = true;
    void this.#perform(call.make).then(() => {
      this.#calling = false;
      this.#pump();
    });
  }

  async #perform(make: () => Promise<void>): Promise<void> {
    const { clock, log, place } = this.#options;
    const startedAt = clock.now();
    try {
      await make();
      this.#failures = 0;
      this.#restUntil = this.#hurried ? startedAt : startedAt + PACE_MS;
    } catch (error) {
      this.#failures++;
      log.info({ err: error, channelId: place.channelId }, 'an answer could not be written just now');
      if (this.#hurried || (this.#finished && this.#failures >= LAST_TRIES)) this.#giveUp();
      this.#restUntil = clock.now() + PACE_MS * 2 ** Math.min(this.#failures, LAST_TRIES);
    }
  }

  /** What brings the messages one step nearer to what they should be; null: they are. */
  #next(): { readonly isEdit: boolean; readonly make: () => Promise<void> } | null {
    const wanted = this.#wanted();
    for (let index = 0; index < Math.max(wanted.length, this.#written.length); index++) {
      const message = wanted[index];
      const it = this.#written[index];
      if (it === undefined) return message === undefined ? null : { isEdit: false, make: () => this.#post(message) };
      const { posted } = it;
      if (posted === null) continue;
      if (message === undefined) return { isEdit: true, make: () => this.#remove(index, posted) };
      if (it.content === message.content && it.hasButton === (message.stop !== null)) continue;
      return { isEdit: true, make: () => this.#edit(index, posted, message) };
    }
    return null;
  }

  #wanted(): readonly AnswerMessage[] {
    const pages = layOutAnswer(this.#state);
    const withButton = this.#isLong && !this.#finished;
    return pages.map((content, index) => ({
      content,
      stop: withButton && index === pages.length - 1 ? this.#options.stop : null,
    }));
  }

  async #post(message: AnswerMessage): Promise<void> {
    const posted = await this.#options.place.post(message);
    if (posted === null) return this.#giveUp();
    const written = { posted, content: message.content, hasButton: message.stop !== null };
    this.#written = [...this.#written, written];
  }

  async #edit(index: number, posted: PostedAnswer, message: AnswerMessage): Promise<void> {
    const isThere = await posted.edit(message);
    const written = { posted: isThere ? posted : null, content: message.content, hasButton: message.stop !== null };
    this.#written = this.#written.with(index, written);
  }

  async #remove(index: number, posted: PostedAnswer): Promise<void> {
    await posted.remove();
    this.#written = this.#written.filter((_, at) => at !== index);
  }

  #giveUp(): void {
    const { log, place } = this.#options;
    log.warn({ channelId: place.channelId }, 'the rest of an answer could not be written');
    this.#closed = true;
    this.#longTimer.cancel();
    this.#over.resolve();
  }
}
