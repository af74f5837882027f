import type { recovery as en } from '../en/recovery.ts';

export const recovery: Readonly<Record<keyof typeof en, string>> = {
  'recovery.remembers':
    '🔄 On m’a redémarré et j’écoute de nouveau dans {channel}. Je me souviens de notre conversation ; si je vous dois une réponse, reposez-moi la question.',
  'recovery.afresh':
    '🔄 On m’a redémarré et j’écoute de nouveau dans {channel}. Je ne me souviens plus de notre conversation : nous repartons de zéro.',
  'recovery.notBack': 'On m’a redémarré et je n’ai pas pu revenir. {why}',
};
