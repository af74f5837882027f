import type { panel as en } from '../en/panel.ts';

export const panel: Readonly<Record<keyof typeof en, string>> = {
  'panel.listening': '🎙️ **Parley écoute dans {channel}.**',
  'panel.recovering': '🔄 **Parley se reconnecte dans {channel}.** D’ici mon retour, vous n’aurez pas de réponse.',
  'panel.muted':
    '🔇 **Parley écoute dans {channel}**, mais la modération m’a rendu muet : personne n’entend mes réponses.',
  'panel.deafened': '🙉 **Parley n’entend personne dans {channel}** : la modération m’a mis en sourdine.',
  'panel.inAudience':
    '🖐️ **Parley écoute dans {channel}**, mais personne n’entend mes réponses tant que la modération ne m’a pas donné la parole.',
  'panel.over': '⏹️ **Parley n’écoute plus.** Cette conversation est terminée. Rappelle-moi avec `/join`.',
  'panel.moved': '⏹️ **Parley n’écoute plus ici.** Je suis maintenant dans {channel}.',
  'panel.consent':
    'Toute personne qui parle ici est entendue. Je déchiffre ce que vous dites et je l’envoie à l’API Gemini Live de Google, dont je prononce les réponses. Je n’enregistre aucun son.\n' +
    'Tu ne veux pas être entendu ? Utilise `/privacy opt-out`, coupe ton micro ou quitte le salon. Toute personne présente peut me renvoyer avec `/leave`.',
  'panel.heard': '**J’entends :** {people}',
  'panel.heardMore': '**J’entends :** {people} et {count} de plus',
  'panel.heardNobody': 'Il n’y a personne ici que je puisse entendre.',
  'panel.unheard': '-# Je n’entends pas : {count} (les autres bots et les membres qui ont choisi `/privacy opt-out`)',
  'panel.voices': '-# Ma voix ; les {count} voix sont toutes dans `/voice` :',
  'panel.voice': 'Voix',
  'panel.stop': 'Arrêter',
  'panel.leave': 'Quitter',
  'panel.old':
    'Ces boutons sont ceux d’une conversation terminée. Je suis maintenant dans {channel}, avec de nouveaux boutons.',
};
