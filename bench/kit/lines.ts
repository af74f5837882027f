/**
 * What people say in the benchmarks: recordings and synthetic voices, cut to where they are loud enough to be heard, so that the first
 * and the last packet of an utterance are speech.
 */
import { measure } from '../../src/rehearsal/speech/loudness.ts';
import type { SpeechThread } from '../../src/rehearsal/speech/speech-thread.ts';
import { knownUtterance } from '../../src/rehearsal/speech/utterances.ts';
import type { Voice } from '../../src/rehearsal/speech/voices.ts';

const MICROPHONE_RATE = 48_000;

/** A recording by its id, or words in a synthetic voice. */
export type Line = string | { readonly voice: Voice; readonly words: string };

/** 48 kHz mono of each. */
export function prepareLines(speech: SpeechThread, lines: readonly Line[]): Promise<Int16Array[]> {
  return Promise.all(
    lines.map(async (line) =>
      audible(
        typeof line === 'string'
          ? await speech.load(knownUtterance(line), MICROPHONE_RATE)
          : await speech.speak(line.words, line.voice, MICROPHONE_RATE),
      ),
    ),
  );
}

function audible(pcm: Int16Array): Int16Array {
  const { span } = measure(pcm, MICROPHONE_RATE);
  if (span === null) throw new Error('a line of a benchmark is silent');
  const sample = (atMs: number): number => Math.round((atMs * MICROPHONE_RATE) / 1000);
  return pcm.slice(sample(span.startMs), sample(span.endMs));
}

/** One after the other, without end. */
export function inTurn<Item>(items: readonly Item[]): (index: number) => Item {
  return (index) => {
    const item = items[index % items.length];
    if (item === undefined) throw new RangeError('there is nothing to take turns with');
    return item;
  };
}
