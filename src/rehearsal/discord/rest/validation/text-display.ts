/**
 * A text among components, in messages and in modals.
 */
import type { Census } from './census.ts';
import { type Fields, text } from './fields.ts';

/** Of one text, and of all texts of a message together. */
export const MAX_TEXT_CHARACTERS = 4000;

export function checkTextDisplay(display: Fields, census: Census): void {
  const content = text(display, 'content', { required: true, min: 1, max: MAX_TEXT_CHARACTERS });
  if (content !== null) census.shows(content);
}
