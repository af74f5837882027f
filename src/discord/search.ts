/**
 * Finds what somebody means by what they type, whatever the case and the accents.
 */

/** As it is compared: without case, accents and marks, and without spaces around it. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** How many letters off a word may be to be taken for a slip; beyond that it is another word. */
const MOST_SLIPS = 2;

/**
 * The items of which a word begins with, or that contain, what was typed; the best matches first, equals in their own order.
 *
 * @param wordsOf everything that an item is called
 */
export function search<Item>(
  items: readonly Item[],
  typed: string,
  wordsOf: (item: Item) => readonly string[],
): readonly Item[] {
  const wanted = fold(typed);
  return ranked(items, (item) => Math.min(...wordsOf(item).map((word) => rank(fold(word), wanted))));
}

/** What somebody may have meant who typed what is not there: matches, else what is a slip away. At most `most`. */
export function closest<Item>(
  items: readonly Item[],
  typed: string,
  wordsOf: (item: Item) => readonly string[],
  most: number,
): readonly Item[] {
  const found = search(items, typed, wordsOf);
  const wanted = fold(typed);
  const slips = (item: Item): number => Math.min(...wordsOf(item).map((word) => distance(fold(word), wanted)));
  const near = found.length > 0 ? found : ranked(items, (item) => (slips(item) <= MOST_SLIPS ? slips(item) : Infinity));
  return near.slice(0, most);
}

function ranked<Item>(items: readonly Item[], rankOf: (item: Item) => number): readonly Item[] {
  return items
    .map((item) => ({ item, rank: rankOf(item) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}

function rank(word: string, wanted: string): number {
  if (word === wanted) return 0;
  if (word.startsWith(wanted)) return 1;
  if (word.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(wanted))) return 2;
  return word.includes(wanted) ? 3 : Infinity;
}

/** How many letters have to be put in, taken out or changed (Levenshtein); texts that differ much in length are not compared. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > MOST_SLIPS) return Infinity;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let line = 1; line <= one.length; line++) {
    const next = [line];
    for (let column = 1; column <= other.length; column++) {
      const same = one[line - 1] === other[column - 1] ? 0 : 1;
      const above = row[column] ?? Infinity;
      next.push(Math.min(above + 1, (next[column - 1] ?? Infinity) + 1, (row[column - 1] ?? Infinity) + same));
    }
    row = next;
  }
  return row.at(-1) ?? Infinity;
}
