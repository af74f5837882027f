/**
 * Finds a known utterance inside a window of audio, and how much of it is there, piece by piece.
 *
 * What is looked for is the same recording on the same time line, not the same words said by somebody else. The whole utterance is slid
 * over the window to where it fits best, and there every piece is compared for itself. What is not found there is slid over
 * the rest of the window in the same way, and so on: a missing beginning, a hole, a gap, a doubled or a swapped part each show.
 */
import type { Features } from './features.ts';
import { type Comparable, comparable, fitAt, likeness } from './likeness.ts';

/** An utterance prepared for comparison. */
export interface Template {
  readonly whole: Comparable;
  readonly pieces: readonly Piece[];
}

/** A stretch of `PIECE_ROWS` rows with speech in it. */
interface Piece {
  readonly row: number;
  /** How much speech it holds; pieces of a pause are left out. */
  readonly weight: number;
}

export interface Alignment {
  /** How alike what was found is to the original, 0..1, without regard to how much was found. */
  readonly score: number;
  /** Share of the utterance's speech that was found, 0..1. */
  readonly coverage: number;
  /** Share of what was found that stands in its right order, 0..1. */
  readonly order: number;
  /** Rows of the window between which it was found. */
  readonly firstRow: number;
  readonly endRow: number;
  /** Rows of the utterance's speech that are missing before the first and after the last piece found. */
  readonly missingAtStart: number;
  readonly missingAtEnd: number;
}

/** 320 ms, a word or two syllables: shorter pieces match by chance, longer ones blur where a cut is. */
export const PIECE_ROWS = 32;
const PIECE_STEP = 8;
/** Of a piece's rows this share at least must be speech. */
const PIECE_SPEECH = 0.3;
/** How far a piece may stand from where the whole fits best and still be in its place: the coarse search is off by one row. */
const HOME_ROWS = 3;
/** Likeness from which a piece in its place counts as found: with noise at 20 dB SNR pieces still reach 0.7, by chance few reach this. */
const FOUND = 0.6;
/** Places where an utterance fits that are looked at closely. */
const PLACES = 3;
/** The coarse search looks at every second row and moves by as much. */
const COARSE = 2;
/** Parts an utterance may have come in: more cuts than that leave nothing worth naming. */
const MOST_PARTS = 4;
/** A part after the first has to be this many pieces long (half a second with their overlap): less is found by chance. */
const LEAST_PIECES = 5;

export function createTemplate(features: Features): Template {
  const pieces: Piece[] = [];
  for (let row = 0; row + PIECE_ROWS <= features.length; row += PIECE_STEP) {
    let weight = 0;
    for (let i = row; i < row + PIECE_ROWS; i++) weight += features.weights[i] ?? 0;
    if (weight >= PIECE_SPEECH * PIECE_ROWS) pieces.push({ row, weight });
  }
  return { whole: comparable(features), pieces };
}

/** A piece where it was found: its row in the window and how alike it is there. */
interface Found {
  readonly piece: Piece;
  readonly row: number;
  readonly likeness: number;
}

/** The best place, or places, of `template` in `window`; null when nothing of it is there. */
export function align(template: Template, window: Comparable): Alignment | null {
  let found: readonly Found[] = [];
  for (let part = 0; part < MOST_PARTS; part++) {
    const missing = template.pieces.filter((piece) => !found.some((other) => other.piece === piece));
    const more = bestPart(template.whole, missing, window, found);
    if (more.length < (part === 0 ? 1 : LEAST_PIECES)) break;
    found = [...found, ...more];
  }
  return found.length === 0 ? null : judge(template.pieces, found);
}

/** Of the places where the missing pieces fit best as they stand to each other, the one where most of them are found. */
function bestPart(
  whole: Comparable,
  missing: readonly Piece[],
  window: Comparable,
  taken: readonly Found[],
): readonly Found[] {
  const candidates = bestPlaces(whole.features, missing, window.features).map((place) =>
    missing.flatMap((piece) => {
      const match = bestNear(whole, piece, window, piece.row + place);
      return match === null || taken.some((other) => Math.abs(other.row - match.row) < PIECE_STEP) ? [] : [match];
    }),
  );
  const evidence = (part: readonly Found[]) => sum(part.map((match) => match.piece.weight * match.likeness));
  return candidates.reduce<readonly Found[]>((a, b) => (evidence(b) > evidence(a) ? b : a), []);
}

/** The rows of the window where the template's row 0 would have to stand for the missing pieces to fit best, best first. */
function bestPlaces(template: Features, missing: readonly Piece[], window: Features): number[] {
  const wantedRows = new Uint8Array(template.length);
  for (const { row } of missing) wantedRows.fill(1, row, row + PIECE_ROWS);
  const wanted = (row: number) => wantedRows[row] === 1;
  const first = missing[0]?.row ?? 0;
  const last = missing.at(-1)?.row ?? 0;
  const fits: { place: number; fit: number }[] = [];
  for (let place = -last - PIECE_ROWS / 2; place <= window.length - first - PIECE_ROWS / 2; place += COARSE) {
    fits.push({ place, fit: fitAt(template, window, place, { wanted, step: COARSE }) });
  }
  fits.sort((a, b) => b.fit - a.fit);
  const places: number[] = [];
  for (const { place, fit } of fits) {
    if (places.length === PLACES || fit <= 0) break;
    if (places.every((other) => Math.abs(other - place) > HOME_ROWS)) places.push(place);
  }
  return places;
}

/** Where around a row of the window a piece is most like it, when it is alike enough. */
function bestNear(whole: Comparable, piece: Piece, window: Comparable, near: number): Found | null {
  let best: Found | null = null;
  for (let row = near - HOME_ROWS; row <= near + HOME_ROWS; row++) {
    const value = likeness(whole, piece.row, window, row, PIECE_ROWS);
    if (value >= (best?.likeness ?? FOUND)) best = { piece, row, likeness: value };
  }
  return best;
}

/** Puts the pieces together into one verdict. */
function judge(pieces: readonly Piece[], found: readonly Found[]): Alignment {
  const inOrder = found.toSorted((a, b) => a.piece.row - b.piece.row);
  const weight = sum(found.map(({ piece }) => piece.weight));
  const rows = inOrder.map(({ row }) => row);
  return {
    score: sum(found.map(({ piece, likeness }) => piece.weight * likeness)) / weight,
    coverage: weight / sum(pieces.map((piece) => piece.weight)),
    order: longestRise(rows) / rows.length,
    firstRow: Math.max(0, Math.min(...rows)),
    endRow: Math.max(...rows) + PIECE_ROWS,
    missingAtStart: (inOrder[0]?.piece.row ?? 0) - (pieces[0]?.row ?? 0),
    missingAtEnd: (pieces.at(-1)?.row ?? 0) - (inOrder.at(-1)?.piece.row ?? 0),
  };
}

/** Length of the longest sequence that never falls, picked out of the values in their order. */
function longestRise(values: readonly number[]): number {
  const ends: number[] = [];
  for (const value of values) {
    const at = ends.findIndex((end) => end > value);
    if (at < 0) ends.push(value);
    else ends[at] = value;
  }
  return ends.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
