/**
 * The answers of a conversation: what of each was said, what of it was heard, and when it is over.
 *
 * Text and sound come in no fixed order, and the service believes that all it sent was heard. An answer is over when the
 * service has ended the turn and the sound has been heard or cut off; only then is its transcript final.
 */
import { LIVE_OUTPUT_RATE } from '../audio/rates.ts';
import { heardText, type SpokenAnswer } from '../playback/heard-text.ts';

/** Answers kept at once. One is usual, two while one is being cut off; more only if turns are never completed. */
const MAX_OPEN = 8;

export interface FinishedAnswer {
  readonly generation: number;
  /** What the room heard of it. */
  readonly text: string;
  readonly interrupted: boolean;
}

/** An answer as it is by now. */
export interface AnswerPart extends FinishedAnswer {
  /** It was heard to its end, or cut: no more of it will be. */
  readonly over: boolean;
}

interface Answer {
  readonly fragments: string[];
  audioMs: number;
  /** The service has ended the turn. */
  complete: boolean;
  sound:
    | { readonly status: 'open' }
    | { readonly status: 'heard' }
    /** `told`: what was told of it, which stays so though more of its words may come; empty: nothing yet. */
    | { readonly status: 'cut'; readonly heardMs: number; told: string };
}

export interface Answers {
  text(generation: number, fragment: string): void;
  /** Sound has arrived, 24 kHz samples, to be heard or not. */
  sound(generation: number, samples: number): void;
  heard(generation: number): void;
  cut(generation: number, heardMs: number): void;
  complete(generation: number): void;
  isComplete(generation: number): boolean;
  /** Whether there is sound that was neither heard to its end nor cut. */
  readonly sounding: boolean;
  /** The newest answer that is not finished, as it is by now; null: there is none. @param heardMs of one being heard, ms */
  soFar(heardMs: (generation: number) => number): FinishedAnswer | null;
  /** Those after that one that are not finished, as they are by now. @param heardMs of one being heard, ms */
  since(generation: number, heardMs: (generation: number) => number): readonly AnswerPart[];
  /** What to tell the model about the answers that were cut since last asked: it must not believe it was heard. */
  takeNotes(): string[];
  /** Those that were cut and told of are finished, whatever the service may still send of them. */
  finishCut(): void;
  /** Forgets every answer; nothing is told of them any more. */
  forget(): void;
}

/** @param heardOf how much of an answer has reached people after so much of its sound, ms */
export function createAnswers(
  onFinished: (answer: FinishedAnswer) => void,
  heardOf: (answer: SpokenAnswer, heardMs: number) => string = (answer, heardMs) => heardText(answer, heardMs).heard,
): Answers {
  const open = new Map<number, Answer>();
  const unreported = new Set<number>();
  /** Finished before the service had ended them: what it still sends of them is nothing. */
  const closed = new Set<number>();
  let completedThrough = 0;

  const answerOf = (generation: number): Answer => {
    const known = open.get(generation);
    if (known !== undefined) return known;
    const answer: Answer = {
      fragments: [],
      audioMs: 0,
      complete: generation <= completedThrough,
      sound: { status: 'open' },
    };
    open.set(generation, answer);
    const [oldest] = open.keys();
    if (open.size > MAX_OPEN && oldest !== undefined) finish(oldest);
    return answer;
  };

  const settle = (generation: number): void => {
    const answer = open.get(generation);
    if (answer?.complete && (answer.sound.status !== 'open' || answer.audioMs === 0)) finish(generation);
  };

  const finish = (generation: number): void => {
    const answer = open.get(generation);
    if (answer === undefined || unreported.has(generation)) return;
    open.delete(generation);
    const interrupted = answer.sound.status === 'cut';
    onFinished({ generation, text: heardPart(answer), interrupted });
  };

  const heardPart = (answer: Answer): string => {
    if (answer.sound.status !== 'cut') return answer.fragments.join('').trim();
    if (answer.sound.told === '') answer.sound.told = heardOf(answer, answer.sound.heardMs).trim();
    return answer.sound.told;
  };

  const partOf = (generation: number, answer: Answer, heardMs: (generation: number) => number): AnswerPart => {
    const { status } = answer.sound;
    const text = status === 'open' ? heardOf(answer, heardMs(generation)).trim() : heardPart(answer);
    return { generation, text, interrupted: status === 'cut', over: status !== 'open' };
  };

  /** In words that a model cannot take for something a person said. */
  const noteOf = (answer: Answer | undefined): string | null => {
    if (answer === undefined || answer.sound.status !== 'cut') return null;
    const heard = heardPart(answer);
    if (heard === '') return 'Your last answer was interrupted before the room heard any of it.';
    return `Your last answer was interrupted. The room heard it only up to: "${heard}"`;
  };

  return {
    text(generation, fragment) {
      if (!closed.has(generation)) answerOf(generation).fragments.push(fragment);
    },
    sound(generation, samples) {
      if (!closed.has(generation)) answerOf(generation).audioMs += (samples * 1000) / LIVE_OUTPUT_RATE;
    },
    heard(generation) {
      const answer = open.get(generation);
      if (answer?.sound.status === 'open') answer.sound = { status: 'heard' };
      settle(generation);
    },
    cut(generation, heardMs) {
      const answer = open.get(generation);
      if (answer === undefined || answer.sound.status !== 'open') return;
      answer.sound = { status: 'cut', heardMs, told: '' };
      unreported.add(generation);
    },
    complete(generation) {
      completedThrough = Math.max(completedThrough, generation);
      for (const id of closed) if (id <= generation) closed.delete(id);
      for (const [id, answer] of open) {
        if (id > generation) continue;
        answer.complete = true;
        settle(id);
      }
    },
    isComplete: (generation) => generation <= completedThrough,
    get sounding() {
      return [...open.values()].some(({ sound, audioMs }) => sound.status === 'open' && audioMs > 0);
    },
    soFar(heardMs) {
      const [generation, answer] = [...open].at(-1) ?? [];
      if (generation === undefined || answer === undefined) return null;
      return partOf(generation, answer, heardMs);
    },
    since(after, heardMs) {
      const later = [...open].filter(([generation]) => generation > after);
      return later.map(([generation, answer]) => partOf(generation, answer, heardMs));
    },
    takeNotes() {
      const notes = [...unreported].map((generation) => noteOf(open.get(generation))).filter((note) => note !== null);
      const reported = [...unreported];
      unreported.clear();
      for (const generation of reported) settle(generation);
      return notes;
    },
    finishCut() {
      for (const [generation, { sound, complete }] of open) {
        if (sound.status !== 'cut' || unreported.has(generation)) continue;
        if (!complete) closed.add(generation);
        finish(generation);
      }
    },
    forget() {
      closed.clear();
      unreported.clear();
      open.clear();
    },
  };
}
