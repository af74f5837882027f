export const recovery = {
  'recovery.remembers':
    '🔄 I was restarted and am listening in {channel} again. I still know what we talked about; if I owe you an answer, please ask again.',
  'recovery.afresh':
    '🔄 I was restarted and am listening in {channel} again. I no longer know what we talked about, so we start afresh.',
  'recovery.notBack': 'I was restarted and could not come back. {why}',
} as const;
