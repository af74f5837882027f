/**
 * One turn in writing and its answer: asked of a room, written where it belongs as it comes, and brought to an end whatever becomes of
 * the room.
 */
import type { Locale } from '../i18n/locales.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { type Translate, translator } from '../i18n/translate.ts';
import type { EndReason } from '../room/protocol.ts';
import type { Room } from '../room/rooms.ts';
import type { Clock, Timer } from '../types/clock.ts';
import type { Log } from '../types/log.ts';
import type { TypedAnswer, TypedTurn } from '../types/typed-turn.ts';
import type { AnswerPlace } from './answer-place.ts';
import { type AnswerPost, createAnswerPost } from './answer-post.ts';
import { stopId } from './stop-id.ts';

export type ExchangeEnd =
  | { readonly kind: 'over' }
  /** The room ended before it was asked. */
  | { readonly kind: 'unasked'; readonly reason: EndReason };

export type StopReason = 'stopped' | 'deleted';

export interface Exchange {
  readonly turn: TypedTurn;
  readonly room: Room;
  /** What the room tells of it. */
  take(answer: TypedAnswer): void;
  /** Has the room stop; nothing is asked any more that was not. */
  stop(why: StopReason): void;
  /** Its answer has begun. */
  readonly answered: boolean;
  /** Something to stand below the answer, also after its end. */
  footnote(line: (t: Translate) => string): void;
  /** From now on nothing waits for the pace of Discord's limits. */
  hurry(): void;
  /** Resolves when the room has nothing more to do with it, and all is written. */
  readonly end: Promise<ExchangeEnd>;
}

export interface ExchangeOptions {
  readonly turn: TypedTurn;
  readonly room: Room;
  readonly place: AnswerPlace;
  readonly heading: string | null;
  readonly locale: Locale;
  /** How long the room may say nothing before nothing more is expected of it, ms. */
  readonly patienceMs: number;
  /** The first words are there, or never will be. */
  readonly onBegun: () => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** A room that has dropped a turn because it ends says so a moment later. */
const END_FOLLOWS_MS = 2_000;

/** Expects what the room tells of the turn; whoever makes it asks the room. */
export function createExchange(options: ExchangeOptions): Exchange {
  return new TypedExchange(options);
}

class TypedExchange implements Exchange {
  readonly #options: ExchangeOptions;
  readonly #t: Translate;
  readonly #post: AnswerPost;
  readonly #end = Promise.withResolvers<ExchangeEnd>();
  #text = '';
  #over = false;
  #stopped: StopReason | null = null;
  #patience: Timer;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    const { place, heading, turn, clock, log, room } = options;
    this.#t = translator(options.locale);
    const stop = { customId: stopId(turn.turnId), label: this.#t('chat.stop') };
    this.#post = createAnswerPost({ place, heading, stop, clock, log });
    this.#patience = this.#wait();
    void room.ended.then((reason) => this.#roomEnded(reason));
  }

  get turn(): TypedTurn {
    return this.#options.turn;
  }

  get room(): Room {
    return this.#options.room;
  }

  get end(): Promise<ExchangeEnd> {
    return this.#end.promise;
  }

  take(answer: TypedAnswer): void {
    if (this.#over) return;
    this.#patience.cancel();
    this.#patience = this.#wait();
    switch (answer.status) {
      case 'growing':
        this.#text = answer.text;
        this.#post.grow(answer.text);
        return this.#begun();
      case 'done':
        this.#text = answer.text;
        return answer.text.trim() === '' ? this.#say('chat.silent') : this.#finish(answer.text, null);
      case 'cut':
        return this.#cut(answer.text);
      case 'silent':
        return this.#stopped === 'deleted' ? this.#finish('', null) : this.#say('chat.silent');
      case 'dropped':
        return this.#stopped === null ? void this.#dropped() : this.#cut('');
    }
  }

  stop(why: StopReason): void {
    if (this.#over || this.#stopped !== null) return;
    this.#stopped = why;
    this.#options.room.dropTyped(this.turn.turnId);
  }

  get answered(): boolean {
    return this.#text !== '';
  }

  footnote(line: (t: Translate) => string): void {
    this.#post.footnote(line(this.#t));
  }

  hurry(): void {
    this.#post.hurry();
  }

  #cut(text: string): void {
    // Nobody is left to read that nothing was said.
    if (this.#stopped === 'deleted' && text.trim() === '' && !this.#post.begun) return this.#finish('', null);
    this.#finish(text, this.#t(`chat.mark.${this.#stopped ?? 'cut'}`));
  }

  /** Forgotten with the conversation, or the room is ending. */
  async #dropped(): Promise<void> {
    const { room, clock } = this.#options;
    const { promise, resolve } = Promise.withResolvers<null>();
    const timer = clock.after(END_FOLLOWS_MS, () => resolve(null));
    const reason = await Promise.race([room.ended, promise]);
    timer.cancel();
    if (reason === null) this.#say('chat.forgotten');
    else this.#roomEnded(reason);
  }

  #roomEnded(reason: EndReason): void {
    if (this.#over) return;
    if (this.#stopped !== null) return this.#cut(this.#text);
    if (this.#post.begun) return this.#finish(this.#text, this.#t('chat.mark.lost'));
    this.#settle();
    this.#post.finish('', null);
    this.#end.resolve({ kind: 'unasked', reason });
  }

  #gaveNoSign(): void {
    const { room, log, turn } = this.#options;
    log.warn({ roomId: room.id, turnId: turn.turnId }, 'a room has not answered what was typed');
    if (this.#text.trim() === '') this.#say('chat.silent');
    else this.#finish(this.#text, this.#t('chat.mark.lost'));
    room.dropTyped(turn.turnId);
  }

  #say(key: Extract<MessageKey, 'chat.silent' | 'chat.forgotten'>): void {
    this.#finish(this.#t(key), null);
  }

  #finish(text: string, mark: string | null): void {
    if (this.#over) return;
    this.#settle();
    this.#post.finish(text, mark);
    void this.#post.written.then(() => this.#end.resolve({ kind: 'over' }));
  }

  #settle(): void {
    this.#over = true;
    this.#patience.cancel();
    this.#begun();
  }

  #begun(): void {
    if (this.#over || this.#post.begun) this.#options.onBegun();
  }

  #wait(): Timer {
    return this.#options.clock.after(this.#options.patienceMs, () => this.#gaveNoSign());
  }
}
