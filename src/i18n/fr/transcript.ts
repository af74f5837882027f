import type { transcript as en } from '../en/transcript.ts';

export const transcript: Readonly<Record<keyof typeof en, string>> = {
  'command.transcript.name': 'transcription',
  'command.transcript.description': 'Ce qui se dit en vocal, mis par écrit ; désactivé au départ',
  'command.transcript.on.name': 'activer',
  'command.transcript.on.description':
    'Dès maintenant, ce qui se dit est écrit ici, pour tous ceux qui lisent ce salon',
  'command.transcript.off.name': 'désactiver',
  'command.transcript.off.description': 'Plus rien n’est mis par écrit',
  'command.transcript.show.name': 'afficher',
  'command.transcript.show.description': 'La conversation la plus récente des 7 derniers jours, en fichier',
  'command.transcript.show.summary.name': 'résumé',
  'command.transcript.show.summary.description': 'Avec un court résumé par Gemini, ce qui prend un instant',
  'transcript.on.now':
    'La transcription est activée. Ce qui se dit dans {channel} s’écrit maintenant dans {place}, où tous ceux qui peuvent le voir lisent. `/transcription désactiver` l’arrête.',
  'transcript.on.later':
    'La transcription est activée. À partir de ma prochaine conversation, ce qui se dit s’écrira dans {place}, où tous ceux qui peuvent le voir lisent. `/transcription désactiver` l’arrête.',
  'transcript.on.already': 'La transcription est déjà activée, dans {place}. `/transcription désactiver` l’arrête.',
  'transcript.on.stuck':
    'La transcription est activée, mais je ne peux pas l’écrire dans {place}. {why} En attendant, elle n’est conservée que pour `/transcription afficher`.',
  'transcript.on.botLacks':
    'Je ne peux pas écrire la transcription dans {channel} : il me manque {permissions}. Donne-moi cela et réessaie.',
  'transcript.on.wrongPlace':
    'Je ne peux pas écrire de transcription ici. Utilise la commande dans un salon textuel, un fil ou le chat d’un salon vocal.',
  'transcript.off.done':
    'La transcription est désactivée. Ce que j’en ai conservé est supprimé 7 jours après avoir été dit ; d’ici là, `/transcription afficher` le donne. Ce qui est écrit dans un fil y reste jusqu’à ce que quelqu’un le supprime.',
  'transcript.off.already': 'La transcription est déjà désactivée.',
  'transcript.show.file':
    'Ce qui s’est dit dans {channel} de {from} à {to}, tel que Gemini l’a compris : approximatif, pas mot pour mot.',
  'transcript.show.none':
    'Il n’y a pas de transcription que tu puisses voir. Soit rien n’a été mis par écrit ces 7 derniers jours, soit c’était dans un salon que tu ne peux pas rejoindre. Quelqu’un avec la permission {permissions} peut l’activer : `/transcription activer`.',
  'transcript.show.summaryComing': '{file}\n\nUn résumé arrive …',
  'transcript.show.summary': '{file}\n\n**Un résumé, fait par Gemini et vérifié par personne :**\n>>> {summary}',
  'transcript.show.summaryOfEnd':
    '{file}\n\n**Un résumé de la fin, car elle est longue ; fait par Gemini et vérifié par personne :**\n>>> {summary}',
  'transcript.show.summaryFailed': '{file}\n\nPas de résumé : {why}',
  'transcript.show.summaryBusy':
    '{file}\n\nPas de résumé : quelqu’un d’autre en fait faire un en ce moment. Réessaie dans une minute.',
  'transcript.file.head': '{channel}, de {from} à {to} (UTC)',
  'transcript.file.approximate': 'Tel que Gemini l’a compris : approximatif, pas mot pour mot.',
  'transcript.file.leftOut':
    'Le début est omis, car ce fichier serait trop gros. Nombre d’interventions manquantes : {count}',
  'transcript.intro':
    '📝 **Transcription de {channel}**\n{member} l’a activée. Ce qui s’y dit s’écrit ici, tel que Gemini le comprend : approximatif, pas mot pour mot. Qui ne veut pas être entendu utilise `/confidentialité refuser` et n’apparaît pas.\nJ’en garde une copie pendant 7 jours (`/transcription afficher`) ; ce qui est écrit ici reste jusqu’à ce que quelqu’un le supprime. Avec la permission {permissions}, `/transcription désactiver` l’arrête.',
  'transcript.notice':
    '📝 **Ce qui se dit ici est mis par écrit** dans {place}, où tous ceux qui peuvent le voir lisent, et gardé par moi pendant 7 jours. {member} l’a activé. Qui ne veut pas être entendu utilise `/confidentialité refuser` ; `/transcription désactiver` l’arrête.',
  'transcript.noticeOff': '📝 {member} a désactivé la transcription : plus rien n’est mis par écrit.',
  'transcript.stuck': '📝 Je ne peux plus écrire la transcription. {why}',
  'transcript.why.gone':
    'Le fil ou le salon a été supprimé : `/transcription activer` en commence un autre, `/transcription désactiver` l’arrête.',
  'transcript.why.forbidden':
    'Il m’y manque une permission : je dois voir le salon, ouvrir des fils publics et y écrire.',
  'transcript.why.locked':
    'Le fil est verrouillé : quelqu’un doit le déverrouiller, ou en commencer un autre avec `/transcription activer`.',
  'transcript.why.threadLimit': 'Ce serveur a autant de fils ouverts qu’il peut en avoir : quelqu’un doit en archiver.',
  'transcript.why.refused': 'Discord le refuse. Essaie `/transcription activer` dans un autre salon.',
  'transcript.interrupted': 'interrompu',
  'transcript.somebody': 'Quelqu’un',
};
