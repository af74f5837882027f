import type { reminders as en } from '../en/reminders.ts';

export const reminders: Readonly<Record<keyof typeof en, string>> = {
  'reminder.due': '⏰ {member}: {what}\n-# Un recordatorio que creaste {set}.',
  'reminder.late':
    '⏰ {member}: {what}\n-# Un recordatorio que creaste {set}. Estaba previsto {due}, pero en ese momento no pude avisarte.',
  'reminder.dueForAll': '⏰ {what}\n-# Un recordatorio que alguien creó {set}.',
  'reminder.lateForAll':
    '⏰ {what}\n-# Un recordatorio que alguien creó {set}. Estaba previsto {due}, pero en ese momento no pude avisaros.',
};
