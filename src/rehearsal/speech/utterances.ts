/**
 * What the simulated people of the rehearsal say: four recordings of people, and lines in synthetic voices.
 *
 * Plain data, so that it crosses to the speech thread; the audio is loaded when it is wanted.
 */
import { readFileSync } from 'node:fs';
import { resample } from './resample.ts';
import { speak, VOICE_RATE, type Voice } from './voices.ts';
import { decodeWav, toMono } from './wav.ts';

/** Who says it: a recording in `assets/speech/`, or a voice of voices.ts reading the words. */
export type UtteranceSource =
  | {
      readonly kind: 'recording';
      readonly file: string;
      /**
       * Where the speech is in the recording. What is around it is the noise of a room, in places louder than -40 dBFS: the gate of a
       * Discord client sends none of it, and no listener could tell how much of it has arrived.
       */
      readonly fromMs: number;
      readonly toMs: number;
    }
  | { readonly kind: 'voice'; readonly voice: Voice };

export interface KnownUtterance {
  readonly id: string;
  readonly words: string;
  /**
   * How the words are known. `published` with the recording; `recognised`: nobody published them, they are what PocketSphinx hears; `written`: the voice
   * reads them.
   */
  readonly wordsFrom: 'published' | 'recognised' | 'written';
  readonly source: UtteranceSource;
}

/** An utterance that a synthetic voice reads. */
export function spokenBy(voice: Voice, id: string, words: string): KnownUtterance {
  return { id, words, wordsFrom: 'written', source: { kind: 'voice', voice } };
}

function recorded(
  id: string,
  wordsFrom: 'published' | 'recognised',
  words: string,
  [fromMs, toMs]: readonly [number, number],
): KnownUtterance {
  return { id, words, wordsFrom, source: { kind: 'recording', file: `${id}.wav`, fromMs, toMs } };
}

/** All that the rehearsal's people can say; ids are unique. `barge-in` is in the voice of `meeting`, who has asked before. */
export const KNOWN_UTTERANCES: readonly KnownUtterance[] = [
  recorded(
    'jfk',
    'published',
    'And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.',
    [280, 11_000],
  ),
  recorded('goforward', 'published', 'Go forward ten meters.', [440, 2_240]),
  recorded('numbers', 'recognised', 'Thirty three, four or six, ninety two.', [460, 3_580]),
  recorded('something', 'recognised', 'Go somewhere and do something.', [420, 2_260]),
  spokenBy('rms', 'hello', 'Hello Parley, can you hear me?'),
  spokenBy('slt', 'meeting', 'Could you tell us what time the meeting starts tomorrow, please?'),
  spokenBy('slt', 'barge-in', 'Wait, stop, one more thing.'),
  spokenBy('awb', 'bring', 'And what should I bring with me?'),
  spokenBy('rms-deep', 'weather', 'What is the weather going to be like this weekend?'),
  spokenBy('awb-light', 'story', 'Please tell us a short story about the sea.'),
  spokenBy('kal16', 'go-on', 'Never mind, go on.'),
  spokenBy('slt-high', 'thanks', 'Thank you, that is all for today. Goodbye.'),
];

/** The known utterance of that name. @throws RangeError when there is none. */
export function knownUtterance(id: string): KnownUtterance {
  const found = KNOWN_UTTERANCES.find((utterance) => utterance.id === id);
  if (found === undefined) throw new RangeError(`no utterance is called "${id}"`);
  return found;
}

/**
 * The audio of an utterance: mono at `rate` Hz, an array of the caller's own.
 *
 * Blocks the thread: reading and converting 10 s take about 150 ms, speaking a line about 60.
 */
export function utterancePcm({ source, words }: KnownUtterance, rate: number): Int16Array {
  if (source.kind === 'voice') return resample(speak(words, source.voice), VOICE_RATE, rate);
  const wav = decodeWav(readFileSync(new URL(`../../../assets/speech/${source.file}`, import.meta.url)));
  const sample = (ms: number): number => Math.round((ms * wav.rate) / 1_000);
  return resample(toMono(wav).subarray(sample(source.fromMs), sample(source.toMs)), wav.rate, rate);
}
