/**
 * The audio of an answer, piece by piece: a sentence is synthesised while the one before it is sent, so that the first is heard soon and
 * three minutes are never in memory at once before they are wanted.
 */
import { MAX_TEXT_LENGTH, SpeechError, type Voice } from '../speech/voices.ts';
import type { SpokenAnswer } from './answer.ts';
import { inWords } from './number-words.ts';

/** What answers come out at, in samples a second (live-api.md §1). */
export const LIVE_RATE = 24_000;

export interface AnswerPiece {
  readonly words: string;
  /** 24 kHz mono. */
  readonly pcm: Int16Array;
}

/** Speaks a line; mono at `rate` Hz. Away from this thread, which paces other things. */
export type SpeakLine = (text: string, voice: string, rate: number) => Promise<Int16Array>;

const UNSPEAKABLE = 'I have an answer that I cannot pronounce.';
/** Read in turn by the long answer; numbered, so that a piece that is missing is noticed. */
const STORY = [
  'the boat left the harbour before the sun was up.',
  'the old lighthouse sent its beam across the water.',
  'a cold wind came down from the northern hills.',
  'nobody on board said a word until breakfast.',
  'the captain counted the waves and wrote the number down.',
  'far away a second ship turned slowly to the west.',
  'the cook had baked bread for everybody.',
  'seven birds followed them all afternoon.',
];

export async function* answerAudio(
  answer: SpokenAnswer,
  voice: Voice,
  speak: SpeakLine,
): AsyncGenerator<AnswerPiece, void, undefined> {
  if (answer.kind === 'play') {
    yield { words: answer.words, pcm: answer.pcm };
    return;
  }
  const wanted = answer.kind === 'long' ? answer.seconds * LIVE_RATE : Number.POSITIVE_INFINITY;
  const sentences = answer.kind === 'long' ? story() : sentencesOf(answer.text);
  let made = 0;
  for (const words of sentences) {
    const pcm = await pronounce(words, voice, speak);
    if (pcm === null) continue;
    made += pcm.length;
    yield { words, pcm };
    if (made >= wanted) return;
  }
  if (made === 0) yield { words: UNSPEAKABLE, pcm: await speak(UNSPEAKABLE, voice, LIVE_RATE) };
}

/** Null when there is nothing to pronounce in it: other alphabets, for instance. */
async function pronounce(words: string, voice: Voice, speak: SpeakLine): Promise<Int16Array | null> {
  try {
    return await speak(words, voice, LIVE_RATE);
  } catch (error) {
    if (error instanceof SpeechError) return null;
    throw error;
  }
}

function* story(): Generator<string> {
  for (let part = 1; ; part++) yield `Part ${inWords(part)}: ${STORY[(part - 1) % STORY.length]}`;
}

/** Sentences, each short enough for the synthesiser. The point of a number ends none. */
export function sentencesOf(text: string): string[] {
  const sentences = text.split(/(?<=[.!?])\s+/);
  return sentences.flatMap((sentence) => (sentence.trim() === '' ? [] : pieces(sentence.trim())));
}

function pieces(sentence: string): string[] {
  if (sentence.length <= MAX_TEXT_LENGTH) return [sentence];
  const space = sentence.lastIndexOf(' ', MAX_TEXT_LENGTH);
  const end = space > 0 ? space : MAX_TEXT_LENGTH;
  return [sentence.slice(0, end), ...pieces(sentence.slice(end).trim())];
}
