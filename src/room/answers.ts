/**
 * The answers of a conversation: what of each was said, what of it was heard, and when it is over.
 *
 * Text and sound come in no fixed order, and the service believes that all it sent was heard. An answer is over when the
 * service has ended the turn and the sound has been heard or cut off; only then is its transcript final.
 */
import { LIVE_OUTPUT_RATE } from '../audio/rates.ts';
import { heardText } from '../playback/heard-text.ts';

/** Answers kept at once. One is usual, two while one is being cut off; more only if turns are never completed. */
const MAX_OPEN = 8;

export interface FinishedAnswer {
  readonly generation: number;
  /** What the room heard of it. */
  readonly text: string;
  readonly interrupted: boolean;
}

interface Answer {
  readonly fragments: string[];
  audioMs: number;
  /** The service has ended the turn. */
  complete: boolean;
  sound:
    | { readonly status: 'open' }
    | { readonly status: 'heard' }
    | { readonly status: 'cut'; readonly heardMs: number };
}

export interface Answers {
  text(generation: number, fragment: string): void;
  /** Sound has arrived, 24 kHz samples, to be heard or not. */
  sound(generation: number, samples: number): void;
  heard(generation: number): void;
  cut(generation: number, heardMs: number): void;
  complete(generation: number): void;
  isComplete(generation: number): boolean;
  /** What to tell the model about the answers that were cut since last asked: it must not believe it was heard. */
  takeNotes(): string[];
  /** Gives up on every answer, as the connection has. */
  abandon(): void;
}

export function createAnswers(onFinished: (answer: FinishedAnswer) => void): Answers {
  const open = new Map<number, Answer>();
  const unreported = new Set<number>();
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

  return {
    text: (generation, fragment) => void answerOf(generation).fragments.push(fragment),
    sound(generation, samples) {
      answerOf(generation).audioMs += (samples * 1000) / LIVE_OUTPUT_RATE;
    },
    heard(generation) {
      const answer = open.get(generation);
      if (answer?.sound.status === 'open') answer.sound = { status: 'heard' };
      settle(generation);
    },
    cut(generation, heardMs) {
      const answer = open.get(generation);
      if (answer === undefined || answer.sound.status !== 'open') return;
      answer.sound = { status: 'cut', heardMs };
      unreported.add(generation);
    },
    complete(generation) {
      completedThrough = Math.max(completedThrough, generation);
      for (const [id, answer] of open) {
        if (id > generation) continue;
        answer.complete = true;
        settle(id);
      }
    },
    isComplete: (generation) => generation <= completedThrough,
    takeNotes() {
      const notes = [...unreported].map((generation) => noteOf(open.get(generation))).filter((note) => note !== null);
      const reported = [...unreported];
      unreported.clear();
      for (const generation of reported) settle(generation);
      return notes;
    },
    abandon() {
      unreported.clear();
      for (const generation of [...open.keys()]) finish(generation);
    },
  };
}

function heardPart(answer: Answer): string {
  if (answer.sound.status !== 'cut') return answer.fragments.join('').trim();
  return heardText(answer, answer.sound.heardMs).heard.trim();
}

/** In words that a model cannot take for something a person said. */
function noteOf(answer: Answer | undefined): string | null {
  if (answer === undefined || answer.sound.status !== 'cut') return null;
  const heard = heardPart(answer);
  if (heard === '') return 'Your last answer was interrupted before the room heard any of it.';
  return `Your last answer was interrupted. The room heard it only up to: "${heard}"`;
}
