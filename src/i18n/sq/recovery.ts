import type { recovery as en } from '../en/recovery.ts';

export const recovery: Readonly<Record<keyof typeof en, string>> = {
  'recovery.remembers':
    '🔄 U rinisa dhe po dëgjoj sërish në {channel}. E mbaj mend ende bisedën tonë; nëse ju kam borxh ndonjë përgjigje, ju lutem pyetmëni sërish.',
  'recovery.afresh':
    '🔄 U rinisa dhe po dëgjoj sërish në {channel}. Nuk e mbaj mend më bisedën tonë, prandaj po nisim nga e para.',
  'recovery.notBack': 'U rinisa dhe nuk munda të kthehem. {why}',
};
