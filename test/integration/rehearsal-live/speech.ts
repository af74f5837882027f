/**
 * Real speech and real recognition for the tests of a file: one thread, whatever they say, and ways to damage it.
 */
import { afterAll, beforeAll } from 'vitest';
import type { LoopbackLiveOptions } from '../../../src/rehearsal/live/loopback-live.ts';
import { tellWhatWasHeard } from '../../../src/rehearsal/live/respond.ts';
import { createSpeechThread } from '../../../src/rehearsal/speech/speech-thread.ts';
import { knownUtterance } from '../../../src/rehearsal/speech/utterances.ts';

export interface SharedSpeech {
  /** A loopback that understands, with what the tests of a file share. */
  readonly options: Partial<LoopbackLiveOptions>;
  /** Resolves when nothing is being spoken or recognised. */
  idle(): Promise<void>;
  /** A known utterance at 16 kHz. */
  load(id: string): Promise<Int16Array>;
  speak(text: string, voice: string): Promise<Int16Array>;
}

/** To be called once, at the top of a file. */
export function shareSpeech(): SharedSpeech {
  const speech = createSpeechThread();
  const busy = new Set<Promise<unknown>>();
  function noted<T>(task: Promise<T>): Promise<T> {
    busy.add(task);
    const done = (): void => void busy.delete(task);
    task.then(done, done);
    return task;
  }
  // So that no test waits for the recogniser in the loopback's time.
  beforeAll(async () => void (await speech.recognise(new Int16Array(1600))));
  afterAll(() => speech.close());
  return {
    options: {
      speech: {
        speak: (text, voice, rate) => noted(speech.speak(text, voice, rate)),
        recognise: (pcm) => noted(speech.recognise(pcm)),
      },
      respond: tellWhatWasHeard,
    },
    async idle() {
      // What is done may lead to more at once: an answer to what was recognised, the next sentence.
      while (busy.size > 0) {
        await Promise.allSettled(busy);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    load: (id) => speech.load(knownUtterance(id), 16_000),
    speak: (text, voice) => speech.speak(text, voice, 16_000),
  };
}

/** 16 kHz. */
export function silence(ms: number): Int16Array {
  return new Int16Array(ms * 16);
}

export function joined(...pieces: readonly Int16Array[]): Int16Array {
  return Int16Array.from(pieces.flatMap((piece) => [...piece]));
}

/** Of its length, from one share to another. */
export function partOf(pcm: Int16Array, from: number, to: number): Int16Array {
  return pcm.slice(Math.round(pcm.length * from), Math.round(pcm.length * to));
}

export function softer(pcm: Int16Array, decibels: number): Int16Array {
  return pcm.map((sample) => Math.round(sample * 10 ** (-decibels / 20)));
}
