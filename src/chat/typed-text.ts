/**
 * Questions that wait together as one turn: which go together, and how the model reads them. Pure.
 */
import type { Question } from './question.ts';

/** More would take the model long to read, and be answered in passing. */
const MOST_CHARACTERS = 16_000;
/** Images are some hundred kilobytes each and cross to the room in one message. */
const MOST_QUESTIONS_WITH_FILES = 2;

type Waiting = Pick<Question, 'text' | 'alone' | 'byVoice' | 'hasFiles'>;

/** How many of those that wait, in their order, go as one turn; at least one. */
export function nextBatch(waiting: readonly Waiting[]): number {
  let [taken, characters, withFiles] = [0, 0, 0];
  for (const one of waiting) {
    characters += one.text.length;
    if (one.hasFiles) withFiles++;
    if (taken > 0 && (goesAlone(one) || characters > MOST_CHARACTERS || withFiles > MOST_QUESTIONS_WITH_FILES)) break;
    taken++;
    if (goesAlone(one)) break;
  }
  return taken;
}

function goesAlone({ alone, byVoice }: Waiting): boolean {
  return alone || byVoice;
}

/**
 * @param named says who wrote what. What somebody wrote is set in, so that nobody can put words into another's mouth
 */
export function typedText(
  questions: readonly Pick<Question, 'authorName' | 'text' | 'byVoice'>[],
  named: boolean,
): string {
  const [first] = questions;
  if (!named && first !== undefined && questions.length === 1) return first.text;
  return questions
    .map(({ authorName, text, byVoice }) => {
      if (text === '') return byVoice ? `${authorName} has sent a voice message.` : `${authorName} shows this.`;
      return `${authorName}: ${text.replaceAll('\n', '\n  ')}`;
    })
    .join('\n');
}
