/**
 * Transcription in pieces of a few words, as the service sends it; put one after the other they are the text.
 */

export interface Fragment {
  readonly text: string;
  /** Where in the text it begins, 0..1. */
  readonly at: number;
}

/** Words of a fragment, at most. */
const MOST_WORDS = 3;

/** @param random uniform in [0, 1). */
export function fragmentsOf(text: string, random: () => number): Fragment[] {
  const words = text.match(/\s*\S+/g) ?? [];
  const fragments: Fragment[] = [];
  let before = 0;
  for (let i = 0; i < words.length; ) {
    const count = 1 + Math.floor(random() * MOST_WORDS);
    const fragment = words.slice(i, i + count).join('');
    fragments.push({ text: fragment, at: before / text.length });
    before += fragment.length;
    i += count;
  }
  return fragments;
}
