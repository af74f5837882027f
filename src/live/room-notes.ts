/**
 * What the room itself tells the model, in square brackets, so that it cannot be taken for something a person said
 * (`instruction.ts` explains them to the model).
 */
import { bracketSafe } from './instruction.ts';

const NOTE = '[Note: ';

export function noteText(note: string): string {
  // Brackets inside would end it early.
  return `${NOTE}${note.replaceAll('[', '(').replaceAll(']', ')')}]`;
}

/** Whether a text still matters when the window it was for never came: who was about to speak does not. */
export function isNote(text: string): boolean {
  return text.startsWith(NOTE);
}

/** Who speaks; null when nobody has a name. */
export function speakersText(speakers: readonly string[]): string | null {
  const names = speakers.map(bracketSafe).filter((name) => name !== '');
  return names.length === 0 ? null : `[Speaking: ${names.join(', ')}]`;
}
