import type { errors as en } from '../en/errors.ts';

export const errors: Readonly<Record<keyof typeof en, string>> = {
  'fallback.channel': 'le salon',
  'fallback.permissions': 'Voir le salon, Se connecter ou Parler',
  'fallback.reset': 'à minuit UTC',
  'fallback.wait': 'dans quelques minutes',
  'refused.setup': 'il ne dit pas lequel. Préviens la personne qui m’héberge ; sa réponse exacte est dans le journal.',
  'refused.voice': 'la voix. Choisis-en une autre avec `/voice`.',
  'refused.language': 'la langue. Choisis-en une autre avec `/language`.',
  'refused.persona': 'le personnage. Change-le avec `/persona set`.',
  'refused.tools': 'un des outils. Désactive avec `/tools disable` le dernier qui a été activé.',
  'refused.location': 'il n’est pas proposé dans le pays où je suis hébergé. Préviens la personne qui m’héberge.',
  'refused.option': '`{option}` dans le fichier de `LIVE_OPTIONS`. Préviens la personne qui m’héberge.',
  'error.CONFIG_INVALID': 'Mes réglages sont incorrects. La personne qui m’héberge doit les corriger.',
  'error.DISCORD_TOKEN_REFUSED': 'Discord refuse mon jeton. La personne qui m’héberge doit en définir un nouveau.',
  'error.DISCORD_INTENT_REFUSED':
    'Discord me refuse un intent. La personne qui m’héberge doit l’activer dans le portail des développeurs.',
  'error.DISCORD_UNREACHABLE': 'Je n’arrive pas à joindre Discord. Réessaie dans une minute.',
  'error.STORE_UNUSABLE': 'Ma base de données est inutilisable. La personne qui m’héberge doit y regarder.',
  'error.STORE_WRITE_FAILED': 'Impossible d’enregistrer ; rien n’a changé. Réessaie dans une minute.',
  'error.GUILD_NOT_ALLOWED':
    'Je ne peux pas être utilisé sur ce serveur. La personne qui m’héberge en décide ; demande-lui de l’ajouter.',
  'error.MEMBER_IN_NO_CHANNEL': 'Tu n’es dans aucun salon vocal. Rejoins-en un, ou indiques-en un : `/join channel:`.',
  'error.MEMBER_MAY_NOT_MOVE':
    'Je parle avec d’autres dans {channel}. Il faut la permission « Déplacer des membres » pour m’appeler ailleurs.',
  'error.MEMBER_MAY_NOT_STEER':
    'Seule une personne présente dans {channel}, ou ayant la permission {permissions}, peut faire cela.',
  'error.MEMBER_LACKS_PERMISSION': 'Il te manque pour cela la permission {permissions}.',
  'error.ROOM_NONE': 'Je ne suis dans aucun salon.',
  'error.ROOM_LIMIT': 'Je suis déjà dans autant de salons vocaux que possible. Réessaie plus tard.',
  'error.MINUTES_LIMIT': 'Le temps de parole de ce serveur pour aujourd’hui est épuisé. Il recommence {reset}.',
  'error.TOKENS_LIMIT': 'La limite de jetons de ce serveur pour aujourd’hui est atteinte. Elle recommence {reset}.',
  'error.SHUTTING_DOWN': 'On me redémarre. Réessaie dans une minute.',
  'error.ROOM_THREAD_LOST': 'Une partie de moi a planté. Je reviens tout seul ; sinon, utilise `/join`.',
  'error.ROOM_THREAD_REPEATEDLY_LOST':
    'Une partie de moi a planté plusieurs fois ici, alors j’ai arrêté. Essaie `/join` dans quelques minutes et préviens la personne qui m’héberge.',
  'error.VOICE_PERMISSION_MISSING':
    'Je ne peux pas parler dans {channel} : il me manque {permissions}. Accorde-le-moi dans les paramètres du salon et réessaie.',
  'error.VOICE_CHANNEL_FULL':
    '{channel} est plein. Libérez une place ou donnez-moi la permission « Déplacer des membres ».',
  'error.VOICE_CHANNEL_UNSUPPORTED': 'Je ne peux parler que dans les salons vocaux et les salons de conférence.',
  'error.VOICE_JOIN_TIMEOUT': 'La connexion au salon vocal a pris trop de temps, j’ai abandonné. Réessaie.',
  'error.VOICE_GATEWAY_BUDGET':
    'Le salon vocal échouait sans cesse ; j’ai arrêté avant que Discord ne me bloque. Réessaie dans une minute.',
  'error.VOICE_GATEWAY_DOWN': 'J’ai perdu le contact avec Discord. Réessaie dans une minute.',
  'error.VOICE_KICKED': 'La modération m’a déconnecté. Rappelle-moi avec `/join`.',
  'error.VOICE_CALL_TERMINATED':
    'Discord a mis fin à l’appel, ou le salon n’existe plus. Utilise `/join` pour recommencer.',
  'error.VOICE_RATE_LIMITED': 'Discord me demande de ralentir. Réessaie dans une minute ou deux.',
  'error.VOICE_ENCRYPTION_REQUIRED':
    'Cet appel exige le chiffrement de bout en bout et je n’ai pas pu l’établir. Préviens la personne qui m’héberge.',
  'error.VOICE_ENCRYPTION_FAILED':
    'Le chiffrement de bout en bout de l’appel est tombé en panne et n’a pas pu être rétabli. Réessaie avec `/join`.',
  'error.VOICE_REJECTED': 'Le serveur vocal de Discord m’a refusé. Préviens la personne qui m’héberge.',
  'error.VOICE_LOST': 'J’ai perdu la connexion au salon vocal sans pouvoir la rétablir. Réessaie avec `/join`.',
  'error.LIVE_KEY_REFUSED':
    'Google refuse ma clé Gemini. La personne qui m’héberge doit en définir une valide : `GEMINI_API_KEY`.',
  'error.LIVE_MODEL_REFUSED':
    'Google ne propose pas le modèle Gemini choisi. La personne qui m’héberge doit en choisir un autre : `GEMINI_MODEL`.',
  'error.LIVE_SETUP_REFUSED': 'Gemini n’accepte pas mes réglages de conversation : {setting}',
  'error.LIVE_CONNECT_TIMEOUT': 'Gemini ne répond pas. Réessaie dans une minute.',
  'error.LIVE_UNREACHABLE': 'Je n’arrive pas à joindre Gemini. Réessaie {wait}.',
  'error.LIVE_QUOTA':
    'Le quota de ma clé Gemini est épuisé. Il y en aura peut-être de nouveau {wait} ; la personne qui m’héberge peut l’augmenter.',
  'error.LIVE_LOST': 'J’ai perdu la connexion à Gemini sans pouvoir la rétablir. Réessaie avec `/join`.',
  'error.INTERNAL':
    'Quelque chose s’est mal passé de mon côté. Réessaie ; si cela se reproduit, préviens la personne qui m’héberge.',
};
