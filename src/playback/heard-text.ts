/**
 * How much of an answer's text was really heard when it was cut off.
 *
 * The service believes that everything it has sent was heard (reference/live-api.md), so the room must say what was not. The
 * transcription comes in fragments without times and in no fixed order to the audio, so positions within it are estimated
 * from how much audio it belongs to, at an even pace, and rounded down to whole words: telling the model that it said a word
 * nobody heard is worse than letting it repeat one.
 */

export interface SpokenAnswer {
  /** Fragments of the output transcription, in order of arrival; they join without a separator. */
  readonly fragments: readonly string[];
  /** Audio that has arrived, heard or not, ms. */
  readonly audioMs: number;
  /** Both text and audio are whole (`turnComplete` has come): then their lengths belong to each other. */
  readonly complete: boolean;
}

export interface HeardText {
  readonly heard: string;
  readonly unheard: string;
}

/**
 * Paces of speech that are believed, characters a second.
 *
 * While fragments are still under way, text may be far ahead of the audio or far behind it, and the pace worked out from the two
 * is nonsense. Latin scripts are read at 12 to 18, fast speakers reach 22; Chinese and Japanese go down to about 4.
 */
const SLOWEST_PACE = 4;
const FASTEST_PACE = 22;

/**
 * Splits the text of an answer where its sound was cut off.
 *
 * @param heardMs how much of the audio was heard, ms
 */
export function heardText({ fragments, audioMs, complete }: SpokenAnswer, heardMs: number): HeardText {
  const text = fragments.join('');
  if (complete && heardMs >= audioMs) return { heard: text, unheard: '' };
  if (heardMs <= 0 || audioMs <= 0) return { heard: '', unheard: text };
  const pace = (text.length * 1000) / audioMs;
  const believed = complete ? pace : Math.min(FASTEST_PACE, Math.max(SLOWEST_PACE, pace));
  const cut = wordEndBefore(text, (heardMs * believed) / 1000);
  return { heard: text.slice(0, cut), unheard: text.slice(cut) };
}

/** Where the last whole word ends that fits into `length` characters. Scripts without spaces have words too. */
function wordEndBefore(text: string, length: number): number {
  let end = 0;
  for (const { index, segment } of words.segment(text)) {
    if (index + segment.length > length) break;
    end = index + segment.length;
  }
  return end;
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });
