/**
 * Tells which of the known utterances a window of audio contains, from the audio itself, and whether it came whole.
 *
 * A stand-in for understanding: it knows recordings, not language. The same words from another mouth are unknown to it.
 */
import { type Alignment, align, createTemplate } from './alignment.ts';
import { features } from './features.ts';
import { comparable } from './likeness.ts';
import { type Loudness, measure } from './loudness.ts';
import { FEATURE_RATE, HOP_MS } from './mel-bands.ts';
import { type KnownUtterance, utterancePcm } from './utterances.ts';

/** An utterance that was heard, and how well. Times are good to about 50 ms. */
export interface Heard {
  readonly id: string;
  readonly words: string;
  /** Likeness of what was heard to the original, 0..1: above 0.9 clean, 0.7 to 0.9 noisy or talked over. */
  readonly score: number;
  /** Share of the utterance that was heard, 0..1. */
  readonly coverage: number;
  /** Share of what was heard that came in its right order, 0..1. */
  readonly order: number;
  /** Where in the window it was heard. */
  readonly startMs: number;
  readonly endMs: number;
  /** Speech missing before the first and after the last of what was heard. */
  readonly missingStartMs: number;
  readonly missingEndMs: number;
  /** From the first to the last sample of the original above -40 dBFS, to hold `Recognition.loudness.span` against; ms. */
  readonly originalSpanMs: number;
  readonly verdict: Verdict;
}

/** `whole`: all of it, in order. `cut`: a part is missing. `garbled`: it came in the wrong order. */
export type Verdict = 'whole' | 'cut' | 'garbled';

export interface Recognition {
  /** What most of the window is, or null: unknown speech, noise, silence. */
  readonly best: Heard | null;
  /** Other utterances in the same window, surest first: said after it, or by somebody else at the same time. */
  readonly others: readonly Heard[];
  readonly loudness: Loudness;
}

export interface Recogniser {
  /** @param pcm 16 kHz mono. Takes about 10 ms of CPU for each second of it and a dozen known utterances. */
  recognise(pcm: Int16Array): Recognition;
}

/**
 * Score times coverage from which an utterance counts as heard. Strangers' speech and reversed speech reached 0.28, an
 * utterance with noise, losses and a codec together never less than 0.6; in between lie those that another speaker drowned in part.
 */
const HEARD = 0.42;
/** A small part counts as heard when it is this much like the original, which strangers' speech never was (0.72). */
const SURE_SCORE = 0.85;
const SURE_COVERAGE = 0.15;
/** Below, part of it is missing: one piece at either end may be lost to noise. */
const WHOLE_COVERAGE = 0.88;
const WHOLE_ORDER = 0.95;

export interface RecogniserOptions {
  /** Loads the audio of an utterance at 16 kHz. */
  readonly load?: (utterance: KnownUtterance) => Int16Array;
}

/** Prepares the known utterances once: about 10 ms for each, and what loading them takes. */
export function createRecogniser(
  known: readonly KnownUtterance[],
  { load = (utterance) => utterancePcm(utterance, FEATURE_RATE) }: RecogniserOptions = {},
): Recogniser {
  const templates = known.map((utterance) => {
    const pcm = load(utterance);
    const { span } = measure(pcm, FEATURE_RATE);
    const originalSpanMs = span === null ? 0 : span.endMs - span.startMs;
    return { utterance, originalSpanMs, template: createTemplate(features(pcm)) };
  });

  function recognise(pcm: Int16Array): Recognition {
    const window = comparable(features(pcm));
    const heard = templates
      .flatMap(({ utterance, originalSpanMs, template }) => {
        const alignment = align(template, window);
        return alignment !== null && isHeard(alignment) ? [toHeard(utterance, originalSpanMs, alignment)] : [];
      })
      .sort((a, b) => sureness(b) - sureness(a));
    return { best: heard[0] ?? null, others: heard.slice(1), loudness: measure(pcm, FEATURE_RATE) };
  }

  return { recognise };
}

function isHeard({ score, coverage }: Alignment): boolean {
  return score * coverage >= HEARD || (score >= SURE_SCORE && coverage >= SURE_COVERAGE);
}

function sureness({ score, coverage }: Heard): number {
  return score * coverage;
}

function toHeard({ id, words }: KnownUtterance, originalSpanMs: number, alignment: Alignment): Heard {
  const { score, coverage, order } = alignment;
  return {
    id,
    words,
    score,
    coverage,
    order,
    startMs: alignment.firstRow * HOP_MS,
    endMs: alignment.endRow * HOP_MS,
    missingStartMs: alignment.missingAtStart * HOP_MS,
    missingEndMs: alignment.missingAtEnd * HOP_MS,
    originalSpanMs,
    verdict: verdict(alignment),
  };
}

function verdict({ coverage, order }: Alignment): Verdict {
  if (order < WHOLE_ORDER) return 'garbled';
  return coverage < WHOLE_COVERAGE ? 'cut' : 'whole';
}
