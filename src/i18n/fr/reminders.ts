import type { reminders as en } from '../en/reminders.ts';

export const reminders: Readonly<Record<keyof typeof en, string>> = {
  'reminder.due': '⏰ {member} : {what}\n-# Un rappel que tu as créé {set}.',
  'reminder.late':
    '⏰ {member} : {what}\n-# Un rappel que tu as créé {set}. Il était prévu {due}, mais je n’ai pas pu te prévenir à ce moment-là.',
  'reminder.dueForAll': '⏰ {what}\n-# Un rappel que quelqu’un a créé {set}.',
  'reminder.lateForAll':
    '⏰ {what}\n-# Un rappel que quelqu’un a créé {set}. Il était prévu {due}, mais je n’ai pas pu vous prévenir à ce moment-là.',
};
