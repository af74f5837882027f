import type { reminders as en } from '../en/reminders.ts';

export const reminders: Readonly<Record<keyof typeof en, string>> = {
  'reminder.due': '⏰ {member}: {what}\n-# Eine Erinnerung, die du {set} eingerichtet hast.',
  'reminder.late':
    '⏰ {member}: {what}\n-# Eine Erinnerung, die du {set} eingerichtet hast. Sie war {due} fällig; da konnte ich dir nicht Bescheid sagen.',
  'reminder.dueForAll': '⏰ {what}\n-# Eine Erinnerung, die jemand {set} eingerichtet hat.',
  'reminder.lateForAll':
    '⏰ {what}\n-# Eine Erinnerung, die jemand {set} eingerichtet hat. Sie war {due} fällig; da konnte ich euch nicht Bescheid sagen.',
};
