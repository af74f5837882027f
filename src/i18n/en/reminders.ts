/** What is posted when a reminder is due; the last line of each is small print. */
export const reminders = {
  'reminder.due': '⏰ {member}: {what}\n-# A reminder that you set {set}.',
  'reminder.late':
    '⏰ {member}: {what}\n-# A reminder that you set {set}. It was due {due}; I could not tell you then.',
  'reminder.dueForAll': '⏰ {what}\n-# A reminder that somebody set {set}.',
  'reminder.lateForAll':
    '⏰ {what}\n-# A reminder that somebody set {set}. It was due {due}; I could not tell you then.',
} as const;
