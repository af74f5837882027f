/**
 * The custom ids of the buttons of a question: which one it is, of which process. What a press means depends on a call that waits
 * for it, so that one of before a restart means nothing any more.
 */
import type { Random } from '../../types/clock.ts';

export const CONFIRMATION_NAMESPACE = 'tool';

export type ConfirmationAnswer = 'allow' | 'deny';

export interface ConfirmationIds {
  /** A new one for a question. */
  next(): string;
  /** Whether this process gave it out. */
  isOurs(question: string): boolean;
}

/** `tool:QUESTION:ANSWER`, well below the 100 characters that Discord takes. */
export function confirmationId(question: string, answer: ConfirmationAnswer): string {
  return `${CONFIRMATION_NAMESPACE}:${question}:${answer}`;
}

export function createConfirmationIds(random: Random): ConfirmationIds {
  const process = Math.floor(random() * 36 ** 8).toString(36);
  let number = 0;
  return {
    next: () => `${process}-${number++}`,
    isOurs: (question) => question.startsWith(`${process}-`),
  };
}
