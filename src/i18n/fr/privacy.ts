import type { privacy as en } from '../en/privacy.ts';

export const privacy: Readonly<Record<keyof typeof en, string>> = {
  'command.privacy.name': 'confidentialité',
  'command.privacy.description': 'Ce que Parley entend, envoie et enregistre, et comment ne pas être entendu',
  'command.privacy.show.name': 'afficher',
  'command.privacy.show.description': 'Ce qui est entendu, envoyé et enregistré, et si l’on t’entend en ce moment',
  'command.privacy.opt-out.name': 'refuser',
  'command.privacy.opt-out.description': 'Parley ne t’entend plus, sur aucun serveur',
  'command.privacy.opt-in.name': 'accepter',
  'command.privacy.opt-in.description': 'Parley t’entend à nouveau',
  'privacy.you.optedOut':
    '**Je ne t’entends pas**, sur aucun serveur : tu as refusé d’être entendu. `/confidentialité accepter` annule ce refus.',
  'privacy.you.heard': '**Je t’entends en ce moment**, dans {channel}, chaque fois que tu parles.',
  'privacy.you.muted':
    '**Je ne t’entends pas en ce moment**, car ton micro est coupé. Dans {channel}, je t’entends quand il ne l’est pas.',
  'privacy.you.soon': '**Je ne t’entends pas en ce moment.** Je suis en route vers {channel}, et là je t’entendrai.',
  'privacy.you.elsewhere': '**Je ne t’entends pas en ce moment** : je ne suis dans aucun salon vocal avec toi.',
  'privacy.heard':
    '**J’entends** toute personne qui parle dans le salon vocal où je suis, sauf les bots et qui a refusé. Le chiffrement de bout en bout de l’appel s’arrête chez moi, puisque je dois vous entendre.',
  'privacy.sent':
    '**J’envoie** ta voix, ce que tu m’écris avec ses images et messages vocaux, et ton nom sur ce serveur à l’API Gemini Live de Google, qui répond. Si la connexion tombe, Google peut reprendre la conversation pendant deux heures au plus. Ses conditions : <https://ai.google.dev/gemini-api/terms>',
  'privacy.stored':
    '**J’enregistre** les réglages de ce serveur, combien de minutes et de jetons il consomme par jour, où sont mes panneaux de commande, dans quels salons je parle et comment y reprendre les conversations, les rappels et qui les a créés, et qui a refusé d’être entendu. Jamais de son. Les dernières phrases restent en mémoire vive jusqu’à ce que je quitte le salon.',
  'privacy.transcriptOff': '**Transcription :** désactivée. Ce qui se dit n’est pas mis par écrit.',
  'privacy.transcriptOn':
    '**Transcription :** activée. Ce qui se dit est aussi écrit dans {place} et conservé 7 jours.',
  'privacy.kept':
    '**Combien de temps :** la consommation {usageDays} jours ; un rappel jusqu’à ce que je l’aie donné ; tout ce qui concerne un serveur jusqu’à {goneDays} jours après mon retrait ; ton refus jusqu’à ce que tu l’annules.',
  'privacy.change': '**Pour ne pas être entendu :** `/confidentialité refuser`, coupe ton micro ou quitte le salon.',
  'privacy.optedOut':
    'C’est fait. Désormais je ne t’entends plus, sur aucun serveur : ce que tu dis n’est même pas décodé. Toi, tu m’entends toujours. `/confidentialité accepter` annule cela.',
  'privacy.optedOutAlready':
    'Tu avais déjà refusé : je ne t’entends sur aucun serveur. `/confidentialité accepter` annule cela.',
  'privacy.optOutUnsaved':
    'Cela n’a pas pu être enregistré et rien n’a changé : je t’entends toujours. Coupe ton micro ou quitte le salon, et réessaie dans une minute.',
  'privacy.optedIn':
    'C’est fait. Désormais je t’entends quand je suis dans un salon vocal avec toi. `/confidentialité refuser` annule cela.',
  'privacy.optedInAlready':
    'Tu n’as pas refusé : je t’entends quand je suis dans un salon vocal avec toi. `/confidentialité refuser` change cela.',
};
