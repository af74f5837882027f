/**
 * The synthetic voices of the rehearsal: text in, 16 kHz speech out.
 *
 * Four recorded speakers (Flite's `slt`, `rms`, `awb`, `kal16`) and variants of them. Where Flite cannot move a voice's pitch, the variant
 * is spoken slower or faster and then played at another rate: pitch and formants move together, as with a longer or
 * shorter vocal tract, while the tempo stays.
 */
import { type Flite, type FliteVoice, loadFlite } from './flite.ts';
import { resample } from './resample.ts';

/** What synthetic voices come out at, in samples a second. */
export const VOICE_RATE = 16_000;

interface VoiceRecipe {
  readonly flite: FliteVoice;
  readonly pitchHz: number | null;
  /** Pitch and formants, as a factor; 1 leaves the voice as recorded. */
  readonly size: number;
  readonly stretch: number;
}

const own = { pitchHz: null, size: 1, stretch: 1 } as const;

/** Every voice there is. Female: `slt` and its kin; the others are male. `rms` and `slt` are the clearest. */
const RECIPES = {
  slt: { ...own, flite: 'slt' },
  rms: { ...own, flite: 'rms' },
  awb: { ...own, flite: 'awb' },
  kal16: { ...own, flite: 'kal16' },
  'slt-high': { ...own, flite: 'slt', pitchHz: 230 },
  'slt-young': { ...own, flite: 'slt', size: 1.1, stretch: 0.95 },
  'rms-deep': { ...own, flite: 'rms', size: 0.92, stretch: 1.05 },
  'awb-light': { ...own, flite: 'awb', size: 1.08 },
  'kal16-high': { ...own, flite: 'kal16', pitchHz: 134 },
} as const satisfies Record<string, VoiceRecipe>;

export type Voice = keyof typeof RECIPES;

/** All names, in the order above. */
export const VOICES = Object.freeze(Object.keys(RECIPES).filter(isVoice));

export function isVoice(name: string): name is Voice {
  return Object.hasOwn(RECIPES, name);
}

/** Why a line cannot be spoken; the message is a plain sentence. */
export class SpeechError extends Error {
  override readonly name = 'SpeechError';
}

/** Longest line, in characters: about a minute of speech and a second of work. Longer answers are said sentence by sentence. */
export const MAX_TEXT_LENGTH = 1000;
/** What the cache holds, in samples: two minutes of speech, 3.8 MB. A scripted conversation repeats a few lines. */
const CACHE_SAMPLES = 120 * VOICE_RATE;

export interface Synthesiser {
  /**
   * Speaks a line; 16 kHz mono, with the short silence Flite puts before and after. The same line in the same voice always
   * gives the same samples, in an array that is the caller's own.
   *
   * Blocks the thread (see flite.ts); where pacing matters use a speech thread instead.
   *
   * @throws SpeechError when the voice is unknown, or the text has nothing to pronounce or is too long.
   */
  speak(text: string, voice: string): Int16Array;
}

/** A synthesiser with a cache of its own; Flite is compiled when the first line is spoken. */
export function createSynthesiser({ cacheSamples = CACHE_SAMPLES }: { cacheSamples?: number } = {}): Synthesiser {
  const cache = new Map<string, Int16Array>();
  let held = 0;
  let flite: Flite | null = null;

  function remember(key: string, pcm: Int16Array): void {
    cache.set(key, pcm);
    held += pcm.length;
    for (const [oldest, old] of cache) {
      if (held <= cacheSamples) return;
      cache.delete(oldest);
      held -= old.length;
    }
  }

  function speak(text: string, voice: string): Int16Array {
    if (!isVoice(voice)) throw new SpeechError(`There is no voice "${voice}"; there are ${VOICES.join(', ')}.`);
    const line = pronounceable(text);
    const key = `${voice}\n${line}`;
    const known = cache.get(key);
    if (known !== undefined) {
      // Set again so that the order of the map stays the order of use.
      cache.delete(key);
      cache.set(key, known);
      return known.slice();
    }
    flite ??= loadFlite();
    const pcm = synthesise(flite, line, RECIPES[voice]);
    remember(key, pcm);
    return pcm.slice();
  }

  return { speak };
}

function synthesise(flite: Flite, text: string, recipe: VoiceRecipe): Int16Array {
  const { rate, pcm } = flite({
    text,
    voice: recipe.flite,
    pitchHz: recipe.pitchHz,
    stretch: recipe.stretch * recipe.size,
  });
  return resample(pcm, Math.round(rate * recipe.size), VOICE_RATE);
}

/** Flite speaks ASCII only: accents are taken off letters, what has no ASCII form becomes a pause between words. */
function pronounceable(text: string): string {
  const line = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u2013\u2014]/g, ', ')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
  if (!/[a-z0-9]/i.test(line)) throw new SpeechError('There is nothing to pronounce in this text.');
  if (line.length > MAX_TEXT_LENGTH) {
    throw new SpeechError(`A line may have ${MAX_TEXT_LENGTH} characters, this one has ${line.length}.`);
  }
  return line;
}

let shared: Synthesiser | null = null;

/** `Synthesiser.speak` of one synthesiser a thread: what it says depends on its arguments alone, so that sharing it is not seen. */
export function speak(text: string, voice: string): Int16Array {
  shared ??= createSynthesiser();
  return shared.speak(text, voice);
}
