import type { recovery as en } from '../en/recovery.ts';

export const recovery: Readonly<Record<keyof typeof en, string>> = {
  'recovery.remembers':
    '🔄 Me han reiniciado y vuelvo a escuchar en {channel}. Aún recuerdo de qué hablábamos; si os debo una respuesta, preguntadme otra vez.',
  'recovery.afresh':
    '🔄 Me han reiniciado y vuelvo a escuchar en {channel}. Ya no recuerdo de qué hablábamos, así que empezamos de cero.',
  'recovery.notBack': 'Me han reiniciado y no he podido volver. {why}',
};
