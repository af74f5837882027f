import type { recovery as en } from '../en/recovery.ts';

export const recovery: Readonly<Record<keyof typeof en, string>> = {
  'recovery.remembers':
    '🔄 Ich wurde neu gestartet und höre in {channel} wieder zu. Ich weiß noch, worüber wir gesprochen haben; falls ich euch eine Antwort schulde, fragt bitte noch einmal.',
  'recovery.afresh':
    '🔄 Ich wurde neu gestartet und höre in {channel} wieder zu. Ich weiß nicht mehr, worüber wir gesprochen haben, also fangen wir von vorne an.',
  'recovery.notBack': 'Ich wurde neu gestartet und konnte nicht zurückkommen. {why}',
};
