/**
 * The words of a reminder that is due: what the model is told of it, and what is posted where nobody can be told by voice. Pure.
 */
import { relativeTime } from '../../i18n/relative-time.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { StoredReminder } from '../../store/reminders.ts';
import { durationWords } from '../../tools/builtin/duration-words.ts';
import { onOneLine, plainText } from '../quote.ts';

/**
 * From then on it is said that it is late. To wait for a free floor takes up to a minute (`src/room/speak-up.ts`), and nobody takes
 * that for a delay who hears that it is.
 */
const LATE_MS = 120_000;

/** Brackets are the room's own way to speak to the model (`src/live/instruction.ts`): inside they would end it early. */
const withoutBrackets = (text: string): string =>
  onOneLine(text)
    .replace(/[[{<]/g, '(')
    .replace(/[\]}>]/g, ')');

/**
 * What the model is told: a reminder's text is a member's words, so it is quoted.
 *
 * @param name whom it is for; null when it is for nobody in particular
 * @param now ms since 1970
 */
export function reminderNote(reminder: StoredReminder, name: string | null, now: number): string {
  const { what, setAt, dueAt } = reminder;
  const whose = name === null ? 'for everybody here' : `for ${withoutBrackets(name)}`;
  const late = isLate(reminder, now) ? ` It was due ${durationWords(now - dueAt)} ago: say that it comes late.` : '';
  return `[Reminder ${whose}, set ${durationWords(now - setAt)} ago and due now: "${withoutBrackets(what)}".${late}]`;
}

/** @param now ms since 1970 */
export function reminderPost(t: Translate, reminder: StoredReminder, now: number): string {
  const { ownerId, setAt, dueAt } = reminder;
  const words = { what: plainText(reminder.what), set: relativeTime(setAt) };
  const late = isLate(reminder, now);
  if (ownerId === null)
    return late ? t('reminder.lateForAll', { ...words, due: relativeTime(dueAt) }) : t('reminder.dueForAll', words);
  const mine = { ...words, member: `<@${ownerId}>` };
  return late ? t('reminder.late', { ...mine, due: relativeTime(dueAt) }) : t('reminder.due', mine);
}

function isLate({ dueAt }: StoredReminder, now: number): boolean {
  return now - dueAt >= LATE_MS;
}
