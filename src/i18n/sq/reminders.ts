import type { reminders as en } from '../en/reminders.ts';

export const reminders: Readonly<Record<keyof typeof en, string>> = {
  'reminder.due': '⏰ {member}: {what}\n-# Një kujtesë që e vendose {set}.',
  'reminder.late':
    '⏰ {member}: {what}\n-# Një kujtesë që e vendose {set}. Duhej të vinte {due}, por atëherë nuk munda të të njoftoja.',
  'reminder.dueForAll': '⏰ {what}\n-# Një kujtesë që dikush e vendosi {set}.',
  'reminder.lateForAll':
    '⏰ {what}\n-# Një kujtesë që dikush e vendosi {set}. Duhej të vinte {due}, por atëherë nuk munda t’ju njoftoja.',
};
