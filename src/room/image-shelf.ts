/**
 * Pictures that people show, until there is something to show them with: what is being said, or what is said or typed next. Pure:
 * time comes in.
 */
import type { Count } from '../types/log.ts';

/** More than this at once nobody talks about. */
export const MOST_SHELVED = 5;
/** Who shows something speaks of it soon. */
export const SHELVED_MS = 60_000;
/** The service takes one a second (reference/live-api.md §2.2). */
const SHOW_EVERY_MS = 1_000;

export interface ImageShelf {
  put(jpeg: Uint8Array, now: number): void;
  /** The next to be seen beside what is being said; null: there is none, or the last has only just been shown. */
  next(now: number): Uint8Array | null;
  /** All of them, to go with what is typed. */
  takeAll(now: number): readonly Uint8Array[];
  clear(): void;
}

export function createImageShelf(count: Count): ImageShelf {
  let shelved: readonly { readonly jpeg: Uint8Array; readonly at: number }[] = [];
  let shownAt = Number.NEGATIVE_INFINITY;

  const drop = (kept: typeof shelved): void => {
    if (kept.length < shelved.length) count('room_images_dropped_total', shelved.length - kept.length);
    shelved = kept;
  };
  const forgetOld = (now: number): void => drop(shelved.filter(({ at }) => now - at < SHELVED_MS));

  return {
    put(jpeg, now) {
      shelved = [...shelved, { jpeg, at: now }];
      drop(shelved.slice(-MOST_SHELVED));
    },
    next(now) {
      forgetOld(now);
      const [first, ...others] = shelved;
      if (first === undefined || now - shownAt < SHOW_EVERY_MS) return null;
      shelved = others;
      shownAt = now;
      return first.jpeg;
    },
    takeAll(now) {
      forgetOld(now);
      const all = shelved.map(({ jpeg }) => jpeg);
      shelved = [];
      return all;
    },
    clear() {
      shelved = [];
    },
  };
}
