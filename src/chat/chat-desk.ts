/**
 * Takes questions in writing to the room that they belong in: the voice room from the chat of its channel and from the chosen one, else
 * the channel's own room; and gives each conversation what rooms tell of it.
 */
import { type Problem, toProblem } from '../errors.ts';
import type { Translate } from '../i18n/translate.ts';
import type { EndReason, RoomEvent } from '../room/protocol.ts';
import type { Room, Rooms } from '../room/rooms.ts';
import type { Timer } from '../types/clock.ts';
import { type AskLimits, createAskLimits, QUESTIONS_A_MINUTE } from './ask-limits.ts';
import type { ChatChoices } from './chat-choices.ts';
import { chatProblem } from './chat-problem.ts';
import { type Conversation, createConversation, MOST_WAITING } from './conversation.ts';
import type { Exchange } from './exchange.ts';
import type { Media } from './media/media.ts';
import type { Question } from './question.ts';
import { createTextRooms, type TextRooms, type TextRoomsOptions } from './text-rooms.ts';
import { createTyping, type Typing } from './typing.ts';
import { createVoiceReply, type VoiceReply } from './voice-reply.ts';

/** Who is about to ask, and where. */
export interface Origin {
  readonly guildId: string;
  readonly channelId: string;
  readonly memberId: string;
}

export interface ChatDesk {
  /** Counts a question that somebody is about to ask. Null: it may be asked; else why not, in words. */
  admit(origin: Origin): ((t: Translate) => string) | null;
  /** Whether a member is to be told now why a message of theirs is not answered: once a minute. */
  readonly mayTell: AskLimits['mayTell'];
  ask(question: Question): void;
  /** The message was deleted. */
  withdraw(messageId: string): void;
  /** The voice room that what is written in the channel goes into; null: it goes into the channel's own. */
  voiceRoomFor(guildId: string, channelId: string): Room | null;
  /** The turn that is being asked or answered; undefined: it is over. */
  exchange(turnId: string): Exchange | undefined;
  /** Puts a line below the typed answer that the room has just given or is giving; false: it gives none. */
  footnote(roomId: string, line: (t: Translate) => string): boolean;
  /** The channel is gone. */
  forgetChannel(channelId: string): Promise<void>;
  /** The bot is on that server no more. */
  leave(guildId: string): void;
  /** Takes note of what a room tells. */
  on(event: RoomEvent): void;
  /** Nothing is taken any more; what waits is told so. */
  drain(): void;
  /** Resolves when the last words are written. */
  close(): Promise<void>;
}

export interface ChatDeskOptions extends Omit<TextRoomsOptions, 'onEnded' | 'rooms'> {
  readonly rooms: Pick<Rooms, 'ofGuild' | 'openText'>;
  readonly choices: Pick<ChatChoices, 'of'>;
  readonly media: Pick<Media, 'encodeVoice'>;
  /** Why nothing more may be spent on this server today; null: it may. */
  readonly spent: (guildId: string) => Promise<Problem | null>;
}

/** How long something may still come that stands below an answer: sources are told when the service has ended the turn. */
const AFTERTHOUGHT_MS = 5_000;
/** Rooms that a question may be taken to, one after the other, because the one before has ended. */
const MOST_ROOMS = 3;

/** Answers whose sound is still awaited; of one in which the room was lost it never comes. */
const MOST_VOICES = 20;

export function createChatDesk(options: ChatDeskOptions): ChatDesk {
  return new Desk(options);
}

class Desk implements ChatDesk {
  readonly #options: ChatDeskOptions;
  readonly #limits: AskLimits;
  readonly #typing: Typing;
  readonly #textRooms: TextRooms;
  /** By `voice ROOM` or `text CHANNEL`. */
  readonly #conversations = new Map<string, Conversation>();
  /** By turn. */
  readonly #exchanges = new Map<string, Exchange>();
  /** The newest of each room, a while beyond its end. */
  readonly #latest = new Map<string, { readonly exchange: Exchange; over: Timer | null }>();
  readonly #voices = new Map<string, VoiceReply>();
  readonly #taken = new WeakMap<Question, number>();
  readonly #closing = new AbortController();
  #draining = false;

  constructor(options: ChatDeskOptions) {
    this.#options = options;
    this.#limits = createAskLimits(options.clock);
    this.#typing = createTyping(options);
    this.#textRooms = createTextRooms({ ...options, onEnded: (channelId) => this.#letGo(`text ${channelId}`) });
  }

  admit({ guildId, channelId, memberId }: Origin): ((t: Translate) => string) | null {
    if (this.#draining) return (t) => t('error.SHUTTING_DOWN');
    const waiting = this.#conversations.get(this.#keyFor(guildId, channelId))?.waiting ?? 0;
    if (waiting >= MOST_WAITING) return (t) => t('chat.full', { count: MOST_WAITING });
    const retryInMs = this.#limits.take(guildId, memberId);
    if (retryInMs === null) return null;
    return (t) => t('chat.tooMany', { limit: QUESTIONS_A_MINUTE, seconds: Math.ceil(retryInMs / 1_000) });
  }

  get mayTell(): AskLimits['mayTell'] {
    return this.#limits.mayTell;
  }

  ask(question: Question): void {
    if (this.#draining) return this.#refuse(question, { code: 'SHUTTING_DOWN', details: {} });
    const voiceRoom = this.voiceRoomFor(question.guildId, question.channelId);
    const key = this.#keyFor(question.guildId, question.channelId);
    const known = this.#conversations.get(key);
    const conversation = known ?? (voiceRoom === null ? this.#inText(key, question) : this.#inVoice(key, voiceRoom));
    this.#conversations.set(key, conversation);
    conversation.ask(question);
  }

  withdraw(messageId: string): void {
    for (const conversation of this.#conversations.values()) if (conversation.withdraw(messageId)) return;
  }

  voiceRoomFor(guildId: string, channelId: string): Room | null {
    const room = this.#options.rooms.ofGuild(guildId);
    if (room === undefined || room.status.status === 'ended') return null;
    const isThere = room.channelId === channelId || this.#options.choices.of(guildId).channelId === channelId;
    return isThere ? room : null;
  }

  exchange(turnId: string): Exchange | undefined {
    return this.#exchanges.get(turnId);
  }

  footnote(roomId: string, line: (t: Translate) => string): boolean {
    const latest = this.#latest.get(roomId)?.exchange;
    if (latest?.answered !== true) return false;
    latest.footnote(line);
    return true;
  }

  forgetChannel(channelId: string): Promise<void> {
    return this.#textRooms.forget(channelId);
  }

  leave(guildId: string): void {
    this.#textRooms.leave(guildId);
  }

  on(event: RoomEvent): void {
    if (event.type === 'typedAnswer') this.#exchanges.get(event.turnId)?.take(event.answer);
    if (event.type !== 'typedSound') return;
    this.#voices.get(event.turnId)?.take(event.pcm, event.last);
    if (event.last) this.#voices.delete(event.turnId);
  }

  drain(): void {
    this.#draining = true;
    for (const conversation of this.#conversations.values())
      for (const question of conversation.dissolve()) this.#refuse(question, { code: 'SHUTTING_DOWN', details: {} });
  }

  async close(): Promise<void> {
    this.drain();
    this.#typing.close();
    const under = [...this.#exchanges.values()];
    for (const { exchange, over } of this.#latest.values()) {
      over?.cancel();
      exchange.hurry();
    }
    await Promise.all(under.map(({ end }) => end));
    this.#closing.abort();
    await this.#textRooms.close();
  }

  #keyFor(guildId: string, channelId: string): string {
    const room = this.voiceRoomFor(guildId, channelId);
    return room === null ? `text ${channelId}` : `voice ${room.id}`;
  }

  #inText(key: string, { guildId, channelId }: Question): Conversation {
    const textRooms = this.#textRooms;
    return this.#conversation(key, {
      kind: 'text',
      room: () => textRooms.obtain(guildId, channelId),
      release: (room) => textRooms.release(room),
      onUnasked: (questions, reason) => this.#again(questions, reason),
    });
  }

  #inVoice(key: string, room: Room): Conversation {
    const conversation = this.#conversation(key, {
      kind: 'voice',
      room: async () => room,
      release: () => undefined,
      // Its end says why there is no more talking; in writing it goes on.
      onUnasked: (questions) => this.#again(questions, null),
    });
    // What waits there comes back by itself, in its order, since nothing can be asked of a room that has ended.
    void room.ended.then(() => this.#conversations.delete(key));
    return conversation;
  }

  /** What is remembered of a conversation goes with its room. */
  #letGo(key: string): void {
    const [kind, channelId = ''] = key.split(' ');
    const isOver = kind === 'text' && !this.#textRooms.isOpen(channelId);
    if (isOver && this.#conversations.get(key)?.isIdle === true) this.#conversations.delete(key);
  }

  #conversation(
    key: string,
    ways: Pick<Parameters<typeof createConversation>[0], 'kind' | 'room' | 'release' | 'onUnasked'>,
  ): Conversation {
    const { spent, clock, log } = this.#options;
    return createConversation({
      ...ways,
      refusal: spent,
      onIdle: () => this.#letGo(key),
      onExchange: (exchange, question) => this.#begun(exchange, question),
      typing: this.#typing,
      clock,
      log,
    });
  }

  #begun(exchange: Exchange, { place }: Question): void {
    const { media, log, clock } = this.#options;
    const { turnId, wantsSound } = exchange.turn;
    const roomId = exchange.room.id;
    const latest: { exchange: Exchange; over: Timer | null } = { exchange, over: null };
    this.#exchanges.set(turnId, exchange);
    this.#latest.get(roomId)?.over?.cancel();
    this.#latest.set(roomId, latest);
    const signal = this.#closing.signal;
    if (wantsSound) this.#voices.set(turnId, createVoiceReply({ place, media, signal, log }));
    const [oldest] = this.#voices.keys();
    if (oldest !== undefined && this.#voices.size > MOST_VOICES) this.#voices.delete(oldest);
    void exchange.end.then(() => {
      this.#exchanges.delete(turnId);
      if (this.#latest.get(roomId) !== latest) return;
      latest.over = clock.after(AFTERTHOUGHT_MS, () => this.#latest.delete(roomId));
    });
  }

  /** Their room has ended before they were asked. @param reason null: there is another room for them */
  #again(questions: readonly Question[], reason: EndReason | null): void {
    for (const question of questions) {
      const taken = (this.#taken.get(question) ?? 1) + 1;
      this.#taken.set(question, taken);
      if (reason !== null && 'problem' in reason) this.#refuse(question, reason.problem);
      else if (reason?.kind === 'shutdown') this.#refuse(question, { code: 'SHUTTING_DOWN', details: {} });
      else if (taken > MOST_ROOMS) this.#refuse(question, { code: 'ROOM_NONE', details: {} });
      else this.ask(question);
    }
  }

  #refuse({ place, locale, channelId }: Question, problem: Problem): void {
    const { log } = this.#options;
    locale()
      .then((words) => place.refuse(chatProblem(words, problem)))
      .catch((error: unknown) => log.info({ problem: toProblem(error), channelId }, 'a refusal could not be posted'));
  }
}
