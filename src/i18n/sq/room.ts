import type { room as en } from '../en/room.ts';

export const room: Readonly<Record<keyof typeof en, string>> = {
  'dispatch.unknown': 'Këtë komandë nuk e njoh më. Rinise Discord-in për të parë ato që kam.',
  'dispatch.guildOnly': 'Unë punoj vetëm në serverë ku jam anëtar.',
  'join.connecting': 'Ende po lidhem me {channel} …',
  'join.done': 'Jam në {channel} dhe po dëgjoj.',
  'join.alreadyHere': 'Jam tashmë këtu, në {channel}.',
  'join.alreadyJoining': 'Jam tashmë rrugës për në {channel}.',
  'join.youLack': 'Nuk mund të më dërgosh në {channel}: atje të mungon {permissions}.',
  'join.noticeUnposted': 'Nuk munda të shkruaja në këtë kanal. Të lutem, njofto të gjithë aty se po dëgjohen:',
  'leave.done': 'U largova nga {channel}.',
  'notice.askedToSpeak': 'Kam kërkuar fjalën në këtë skenë. Derisa moderatorët të ma japin, nuk do të më dëgjoni.',
  'notice.serverMuted':
    'Moderatorët ma kanë mbyllur mikrofonin në këtë server. Vazhdoj të dëgjoj, por askush nuk i dëgjon përgjigjet e mia.',
  'notice.serverDeafened':
    'Moderatorët ma kanë hequr dëgjimin në këtë server. Nuk dëgjoj askënd derisa kjo të zhbëhet.',
  'notice.permissionLost':
    'Sapo humba një leje në {channel}: {permissions}. Ju lutem ma ktheni, përndryshe mund të hesht ose të shkëputem.',
  'notice.settingsRefused': 'Vazhdoj me cilësimet e mëparshme. {why}',
  'notice.minutesLeft':
    'Koha e bisedës së këtij serveri për sot po mbaron. Minuta të mbetura: {minutes}. Fillon sërish {reset}.',
  'notice.tokensLeft':
    'Kufiri i tokenëve të këtij serveri për sot po mbaron. Mbeten {percent} për qind. Fillon sërish {reset}.',
  'end.alone': 'U largova nga {channel} sepse mbeta vetëm. Më thirr sërish me `/join`.',
  'end.shutdown': 'Po rinisem dhe u largova nga {channel}. Më thirr sërish me `/join` pas një minute.',
  'end.other': 'U largova nga {channel}. {why}',
  'permission.ViewChannel': 'Shiko kanalin',
  'permission.Connect': 'Lidhu',
  'permission.Speak': 'Fol',
  'permission.RequestToSpeak': 'Kërko të flasësh',
  'permission.MoveMembers': 'Zhvendos anëtarë',
  'permission.ManageGuild': 'Menaxho serverin',
  'permission.SendMessages': 'Dërgo mesazhe',
  'permission.SendMessagesInThreads': 'Dërgo mesazhe në tema',
  'permission.CreatePublicThreads': 'Krijo tema publike',
  'permission.SendPolls': 'Krijo sondazhe',
  'permission.SendVoiceMessages': 'Dërgo mesazhe zanore',
  'permission.AttachFiles': 'Bashkëngjit skedarë',
  'permission.ReadMessageHistory': 'Lexo historikun e mesazheve',
  'permission.ManageMessages': 'Menaxho mesazhet',
};
