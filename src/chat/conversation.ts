/**
 * The questions of one room, in their order: one turn is asked at a time, what waits meanwhile goes together as the next one.
 */
import { randomUUID } from 'node:crypto';
import { type Problem, toProblem } from '../errors.ts';
import { translator } from '../i18n/translate.ts';
import type { EndReason } from '../room/protocol.ts';
import type { Room } from '../room/rooms.ts';
import type { Clock, Timer } from '../types/clock.ts';
import type { Log } from '../types/log.ts';
import { chatProblem } from './chat-problem.ts';
import { createExchange, type Exchange } from './exchange.ts';
import type { Attachments, Question } from './question.ts';
import { nextBatch } from './typed-text.ts';
import { typedTurn } from './typed-turn.ts';
import type { Typing } from './typing.ts';

/** A queue that is longer is answered too late to be of use. */
export const MOST_WAITING = 20;
/** An answer to a command can be given for 15 minutes, and to be given it has to be begun. */
const QUESTION_PATIENCE_MS = 5 * 60_000;
/** A text room begins to answer within seconds; in a voice room it may be a while before people leave a pause. */
const ROOM_PATIENCE_MS = { text: 60_000, voice: 5 * 60_000 } as const;

export interface Conversation {
  /** How many wait beside those being asked. */
  readonly waiting: number;
  /** Nothing is asked, and nothing waits. */
  readonly isIdle: boolean;
  ask(question: Question): void;
  /** The question was deleted: it is not asked any more, or its answer stops. False: it is none of this room's. */
  withdraw(questionId: string): boolean;
  /** Nothing is asked here any more; what waits is told why, but for those that are taken elsewhere. */
  dissolve(): readonly Question[];
}

export interface ConversationOptions {
  readonly kind: 'text' | 'voice';
  /** The room, open, for the next turn. @throws ParleyError */
  readonly room: () => Promise<Room>;
  /** The turn is over. */
  readonly release: (room: Room) => void;
  /** Why nothing may be asked on this server now; null: it may. */
  readonly refusal: (guildId: string) => Promise<Problem | null>;
  /** The room ended before these were asked. */
  readonly onUnasked: (questions: readonly Question[], reason: EndReason) => void;
  /** Nothing waits any more. */
  readonly onIdle: () => void;
  readonly onExchange: (exchange: Exchange, question: Question) => void;
  readonly typing: Typing;
  readonly clock: Clock;
  readonly log: Log;
}

interface Kept {
  readonly question: Question;
  readonly endTyping: () => void;
  readonly patience: Timer;
  withdrawn: boolean;
}

export function createConversation(options: ConversationOptions): Conversation {
  return new RoomConversation(options);
}

class RoomConversation implements Conversation {
  readonly #options: ConversationOptions;
  #waiting: readonly Kept[] = [];
  #asking: readonly Kept[] = [];
  #running = false;
  /** Everybody who has asked something here: from the second on they are named to the model. */
  readonly #authors = new Set<string>();
  #current: Exchange | null = null;

  constructor(options: ConversationOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  get isIdle(): boolean {
    return !this.#running;
  }

  ask(question: Question): void {
    const { clock, typing } = this.#options;
    const { place } = question;
    const kept: Kept = {
      question,
      endTyping: place.typing === null ? () => undefined : typing.begin(place.channelId, place.typing),
      patience: clock.after(QUESTION_PATIENCE_MS, () => this.#tooLate(kept)),
      withdrawn: false,
    };
    this.#waiting = [...this.#waiting, kept];
    if (!this.#running) void this.#run();
  }

  withdraw(questionId: string): boolean {
    const isIt = ({ question }: Kept): boolean => question.id === questionId;
    const waiting = this.#waiting.find(isIt);
    if (waiting !== undefined) {
      this.#forget(waiting);
      return true;
    }
    const asking = this.#asking.find(isIt);
    if (asking === undefined) return false;
    asking.withdrawn = true;
    // Others have asked with it, and get their answer.
    if (this.#asking.every(({ withdrawn }) => withdrawn)) this.#current?.stop('deleted');
    return true;
  }

  dissolve(): readonly Question[] {
    const left = this.#waiting;
    for (const kept of left) this.#forget(kept);
    return left.map(({ question }) => question);
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const taken = nextBatch(this.#waiting.map(({ question }) => question));
      this.#asking = this.#waiting.slice(0, taken);
      this.#waiting = this.#waiting.slice(taken);
      for (const { patience } of this.#asking) patience.cancel();
      await this.#askTogether();
      for (const { endTyping } of this.#asking) endTyping();
      this.#asking = [];
    }
    this.#running = false;
    this.#options.onIdle();
  }

  /** Never rejects. */
  async #askTogether(): Promise<void> {
    try {
      const loaded = await this.#loaded();
      const [first] = loaded;
      if (first === undefined) return;
      const problem = await this.#options.refusal(first.question.guildId);
      if (problem !== null) return await this.#refuseAll(problem);
      await this.#exchange(loaded);
    } catch (error) {
      this.#options.log.info({ err: error }, 'what was typed could not be asked');
      await this.#refuseAll(toProblem(error));
    }
  }

  async #exchange(loaded: readonly LoadedQuestion[]): Promise<void> {
    const { kind, room: openRoom, release, onExchange, onUnasked, clock, log } = this.#options;
    const room = await openRoom();
    const present = loaded.filter(({ kept }) => !kept.withdrawn);
    const last = present.at(-1)?.question;
    if (last === undefined) return release(room);
    for (const { question } of present) this.#authors.add(question.authorId);
    const locale = await last.locale();
    const t = translator(locale);
    const lacks = last.byVoice && kind === 'text' ? last.place.lacksToSpeak(t) : null;
    const turn = typedTurn(present, {
      turnId: randomUUID(),
      named: kind === 'voice' || this.#authors.size > 1,
      wantsSound: last.byVoice && kind === 'text' && lacks === null,
    });
    const heading = last.heading?.(t) ?? null;
    const exchange = createExchange({
      ...{ turn, room, place: last.place, heading, locale, clock, log, patienceMs: ROOM_PATIENCE_MS[kind] },
      onBegun: () => {
        for (const { endTyping } of this.#asking) endTyping();
      },
    });
    this.#current = exchange;
    if (lacks !== null) exchange.footnote((words) => words('chat.speech.lacks', { permissions: lacks }));
    onExchange(exchange, last);
    room.typed(turn);
    const end = await exchange.end;
    this.#current = null;
    release(room);
    const left = present.filter(({ kept }) => !kept.withdrawn).map(({ question }) => question);
    if (end.kind === 'unasked') onUnasked(left, end.reason);
  }

  /** What of those being asked can be, with their files; the others are told why not. */
  async #loaded(): Promise<readonly LoadedQuestion[]> {
    const all = this.#asking.map(async (kept) => ({
      kept,
      question: kept.question,
      attached: await kept.question.attached,
    }));
    const loaded: LoadedQuestion[] = [];
    for (const { kept, question, attached } of await Promise.all(all)) {
      if (kept.withdrawn) continue;
      if (!('refused' in attached)) loaded.push({ kept, question, attached });
      else await this.#tell(kept, attached.refused(translator(await question.locale())));
    }
    return loaded;
  }

  async #refuseAll(problem: Problem): Promise<void> {
    for (const kept of this.#asking) {
      if (!kept.withdrawn) await this.#tell(kept, chatProblem(await kept.question.locale(), problem));
    }
  }

  /** It ends with that; a failure to say so is in the log. */
  async #tell(kept: Kept, text: string): Promise<void> {
    kept.withdrawn = true;
    kept.endTyping();
    const { place } = kept.question;
    try {
      await place.refuse(text);
    } catch (error) {
      this.#options.log.info({ err: error, channelId: place.channelId }, 'a refusal could not be posted');
    }
  }

  #tooLate(kept: Kept): void {
    this.#forget(kept);
    void kept.question.locale().then((locale) => this.#tell(kept, translator(locale)('chat.tooLate')));
  }

  #forget(kept: Kept): void {
    kept.endTyping();
    kept.patience.cancel();
    this.#waiting = this.#waiting.filter((it) => it !== kept);
  }
}

interface LoadedQuestion {
  readonly kept: Kept;
  readonly question: Question;
  readonly attached: Attachments;
}
