/**
 * Questions that can be told apart by their sound: number n is a stretch of samples of one level. What is lost of it, doubled
 * or mixed up shows in the samples.
 */

import { measure } from '../../src/rehearsal/speech/loudness.ts';
import type { Recognition } from '../../src/rehearsal/speech/recogniser.ts';

/** 20 ms at 16 kHz. */
export const FRAME_SAMPLES = 320;
export const QUESTION_FRAMES = 60;
/** Loud enough for the loopback to take it for speech, and below what the limiter touches for every number there is. */
const BASE_LEVEL = 2_000;
const STEP = 16;

/** One of the question's frames: 16 kHz mono. */
export function questionFrame(number: number): Int16Array {
  return new Int16Array(FRAME_SAMPLES).fill(BASE_LEVEL + number * STEP);
}

export const wordsOf = (number: number): string => `question ${number}`;
export const answerTo = (number: number, before: number): string => `answer ${number} after ${before}`;

/** What a window of samples (16 kHz mono) holds: one question whole, or nothing that is known. */
export function recogniseQuestion(pcm: Int16Array): Recognition {
  const voiced = pcm.filter((sample) => sample !== 0);
  const level = voiced[0] ?? 0;
  const whole = voiced.length === QUESTION_FRAMES * FRAME_SAMPLES && voiced.every((sample) => sample === level);
  const loudness = measure(pcm);
  if (!whole) return { best: null, others: [], loudness };
  const number = (level - BASE_LEVEL) / STEP;
  const span = loudness.span ?? { startMs: 0, endMs: 0 };
  const heard = { id: String(number), words: wordsOf(number), score: 1, coverage: 1, order: 1, ...span };
  const lost = { missingStartMs: 0, missingEndMs: 0, originalSpanMs: span.endMs - span.startMs };
  return { best: { ...heard, ...lost, verdict: 'whole' }, others: [], loudness };
}
