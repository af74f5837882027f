import type { room as en } from '../en/room.ts';

export const room: Readonly<Record<keyof typeof en, string>> = {
  'dispatch.unknown': 'Je ne connais plus cette commande. Redémarre Discord pour voir celles que j’ai.',
  'dispatch.guildOnly': 'Je ne fonctionne que sur les serveurs dont je suis membre.',
  'join.connecting': 'Connexion à {channel} en cours …',
  'join.done': 'Je suis dans {channel} et j’écoute.',
  'join.alreadyHere': 'Je suis déjà là, dans {channel}.',
  'join.alreadyJoining': 'Je suis déjà en route vers {channel}.',
  'join.youLack': 'Tu ne peux pas m’envoyer dans {channel} : il t’y manque {permissions}.',
  'join.noticeUnposted':
    'Je n’ai pas pu écrire dans ce salon. Préviens tout le monde que la conversation est écoutée :',
  'leave.done': 'J’ai quitté {channel}.',
  'notice.askedToSpeak':
    'J’ai demandé la parole sur cette scène. Tant que la modération ne me l’a pas donnée, vous ne m’entendrez pas.',
  'notice.serverMuted':
    'La modération m’a rendu muet sur ce serveur. J’écoute encore, mais personne n’entend mes réponses.',
  'notice.serverDeafened':
    'La modération m’a mis en sourdine sur ce serveur. Je n’entends personne tant que cela dure.',
  'notice.permissionLost':
    'Je viens de perdre une permission dans {channel} : {permissions}. Rendez-la-moi, sinon je risque de me taire ou d’être déconnecté.',
  'notice.settingsRefused': 'Je continue avec les réglages d’avant. {why}',
  'notice.minutesLeft':
    'Le temps de parole de ce serveur pour aujourd’hui est presque épuisé. Minutes restantes : {minutes}. Il recommence {reset}.',
  'notice.tokensLeft':
    'La limite de jetons de ce serveur pour aujourd’hui est presque atteinte. Il reste {percent} %. Elle recommence {reset}.',
  'end.alone': 'J’ai quitté {channel} parce que j’y étais seul. Rappelle-moi avec `/join`.',
  'end.shutdown': 'On me redémarre et j’ai quitté {channel}. Rappelle-moi avec `/join` dans une minute.',
  'end.other': 'J’ai quitté {channel}. {why}',
  'permission.ViewChannel': 'Voir le salon',
  'permission.Connect': 'Se connecter',
  'permission.Speak': 'Parler',
  'permission.RequestToSpeak': 'Demander à prendre la parole',
  'permission.MoveMembers': 'Déplacer des membres',
  'permission.ManageGuild': 'Gérer le serveur',
  'permission.SendMessages': 'Envoyer des messages',
  'permission.SendMessagesInThreads': 'Envoyer des messages dans les fils',
  'permission.CreatePublicThreads': 'Créer des fils publics',
  'permission.SendPolls': 'Créer des sondages',
  'permission.SendVoiceMessages': 'Envoyer des messages vocaux',
  'permission.AttachFiles': 'Joindre des fichiers',
  'permission.ReadMessageHistory': 'Voir les anciens messages',
  'permission.ManageMessages': 'Gérer les messages',
};
