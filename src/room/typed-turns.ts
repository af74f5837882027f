/**
 * What is typed into a room: each turn waits until the floor is free, is asked, and is answered, one at a time and in the order in
 * which they came. Whatever happens, each gets exactly one last event.
 *
 * Pure but for its queue: time and what is known of the room come in, what is to be asked and told goes out.
 */
import type { TypedAnswer, TypedTurn } from '../types/typed-turn.ts';
import type { AnswerPart, FinishedAnswer } from './answers.ts';

/** How often an answer that grows is told: as often as anybody can show it (Discord takes five edits in five seconds). */
const TELL_EVERY_MS = 1_000;
/**
 * Times that a turn is asked when people speak up before its answer has begun: in a lively room that is often, and who typed cannot
 * see why nothing comes.
 */
const MOST_ASKS = 3;

export interface TypedTurns {
  wait(turn: TypedTurn): void;
  /** One that waits is told to be dropped. `answering`: it is asked, and it is for the caller to stop it. */
  drop(turnId: string): 'dropped' | 'answering' | 'unknown';
  tick(now: number, facts: TypedFacts): void;
  /** People have the floor, or something else is asked: what is being answered ends, or is asked again if nothing of it had come. */
  overtaken(): void;
  /** The answer was stopped. */
  stopped(): void;
  /** That answer was interrupted by what is asked now: it is none to it, nor are those before. */
  passOver(generation: number): void;
  /** An answer ended with its connection, and more of it would have come. */
  lost(): void;
  /** An answer is over, and was heard as far as it will be. */
  finished(answer: FinishedAnswer): void;
  /** What waits is never asked. */
  dropWaiting(): void;
  /** The conversation is over, or forgotten: nothing is asked or answered any more. */
  end(): void;
  /** The turn that is asked. */
  readonly current: TypedTurn | null;
  /** Nothing waits, and nothing is asked. */
  readonly idle: boolean;
}

export interface TypedFacts {
  /** Nobody speaks, nothing is being answered or spoken, and the model would hear of it at once. */
  readonly mayAsk: boolean;
  /** Nothing more will come of what was asked. */
  readonly settled: boolean;
}

export interface TypedTurnsEffects {
  /** @param again it was asked before, and people spoke before its answer had begun */
  ask(turn: TypedTurn, again: boolean): void;
  tell(turn: TypedTurn, answer: TypedAnswer): void;
  /** The last answer of which anything has come. */
  latest(): number;
  /** Answers after that one that are not finished, as they are by now. */
  since(generation: number): readonly AnswerPart[];
  /** Between two answers to one turn: one before a function was called, say, and one about its result. */
  readonly separator: string;
}

interface Waiting {
  readonly turn: TypedTurn;
  readonly asks: number;
}

interface Asked extends Waiting {
  /** Its answers come after this one. */
  readonly after: number;
  readonly finished: readonly FinishedAnswer[];
  readonly lost: boolean;
  readonly told: string;
  readonly dueAt: number;
}

export function createTypedTurns(effects: TypedTurnsEffects): TypedTurns {
  return new TypedQueue(effects);
}

class TypedQueue implements TypedTurns {
  readonly #effects: TypedTurnsEffects;
  #waiting: readonly Waiting[] = [];
  #asked: Asked | null = null;

  constructor(effects: TypedTurnsEffects) {
    this.#effects = effects;
  }

  get current(): TypedTurn | null {
    return this.#asked?.turn ?? null;
  }

  get idle(): boolean {
    return this.#asked === null && this.#waiting.length === 0;
  }

  wait(turn: TypedTurn): void {
    this.#waiting = [...this.#waiting, { turn, asks: 0 }];
  }

  drop(turnId: string): 'dropped' | 'answering' | 'unknown' {
    if (this.#asked?.turn.turnId === turnId) return 'answering';
    const dropped = this.#waiting.find(({ turn }) => turn.turnId === turnId);
    if (dropped === undefined) return 'unknown';
    this.#waiting = this.#waiting.filter((it) => it !== dropped);
    this.#effects.tell(dropped.turn, { status: 'dropped' });
    return 'dropped';
  }

  tick(now: number, { mayAsk, settled }: TypedFacts): void {
    if (this.#asked !== null && settled) this.#settle(this.#asked);
    else if (this.#asked !== null) this.#grow(this.#asked, now);
    const [next, ...others] = this.#waiting;
    if (this.#asked !== null || next === undefined || !mayAsk) return;
    this.#waiting = others;
    const after = this.#effects.latest();
    this.#asked = { ...next, asks: next.asks + 1, after, finished: [], lost: false, told: '', dueAt: now };
    this.#effects.ask(next.turn, next.asks > 0);
  }

  overtaken(): void {
    const asked = this.#asked;
    if (asked === null) return;
    const parts = this.#partsOf(asked);
    if (parts.length === 0 && asked.asks < MOST_ASKS) {
      this.#asked = null;
      this.#waiting = [asked, ...this.#waiting];
    } else if (parts.length > 0 && parts.every(({ over, interrupted }) => over && !interrupted)) this.#settle(asked);
    else this.#over(asked, { status: 'cut', text: this.#textOf(parts) });
  }

  stopped(): void {
    if (this.#asked === null) return;
    this.#over(this.#asked, { status: 'cut', text: this.#textOf(this.#partsOf(this.#asked)) });
  }

  passOver(generation: number): void {
    const asked = this.#asked;
    if (asked === null || generation <= asked.after) return;
    this.#asked = { ...asked, after: generation, finished: asked.finished.filter((it) => it.generation > generation) };
  }

  lost(): void {
    if (this.#asked !== null) this.#asked = { ...this.#asked, lost: true };
  }

  finished(answer: FinishedAnswer): void {
    const asked = this.#asked;
    if (asked === null || answer.generation <= asked.after) return;
    this.#asked = { ...asked, finished: [...asked.finished, answer] };
  }

  dropWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { turn } of waiting) this.#effects.tell(turn, { status: 'dropped' });
  }

  end(): void {
    const asked = this.#asked;
    if (asked !== null) {
      const parts = this.#partsOf(asked);
      const text = this.#textOf(parts);
      if (text === '') this.#over(asked, { status: 'dropped' });
      else if (parts.every(({ over, interrupted }) => over && !interrupted)) this.#settle(asked);
      else this.#over(asked, { status: 'cut', text });
    }
    this.dropWaiting();
  }

  #settle(asked: Asked): void {
    const parts = this.#partsOf(asked);
    const text = this.#textOf(parts);
    if (asked.lost || parts.some(({ interrupted }) => interrupted)) this.#over(asked, { status: 'cut', text });
    else this.#over(asked, text === '' ? { status: 'silent' } : { status: 'done', text });
  }

  #grow(asked: Asked, now: number): void {
    if (now < asked.dueAt) return;
    const text = this.#textOf(this.#partsOf(asked));
    if (text === '' || text === asked.told) return;
    this.#asked = { ...asked, told: text, dueAt: now + TELL_EVERY_MS };
    this.#effects.tell(asked.turn, { status: 'growing', text });
  }

  #over(asked: Asked, answer: TypedAnswer): void {
    this.#asked = null;
    this.#effects.tell(asked.turn, answer);
  }

  #partsOf({ after, finished }: Asked): readonly AnswerPart[] {
    return [...finished.map((it) => ({ ...it, over: true })), ...this.#effects.since(after)];
  }

  #textOf(parts: readonly AnswerPart[]): string {
    const texts = parts.map(({ text }) => text).filter((text) => text !== '');
    return texts.join(this.#effects.separator);
  }
}
