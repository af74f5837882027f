import type { room as en } from '../en/room.ts';

export const room: Readonly<Record<keyof typeof en, string>> = {
  'dispatch.unknown': 'Diesen Befehl kenne ich nicht mehr. Starte Discord neu, um meine Befehle zu sehen.',
  'dispatch.guildOnly': 'Ich funktioniere nur auf Servern, auf denen ich Mitglied bin.',
  'join.connecting': 'Ich verbinde mich noch mit {channel} …',
  'join.done': 'Ich bin in {channel} und höre zu.',
  'join.alreadyHere': 'Ich bin schon hier, in {channel}.',
  'join.alreadyJoining': 'Ich bin schon auf dem Weg zu {channel}.',
  'join.youLack': 'Du kannst mich nicht in {channel} schicken: Dir fehlt dort {permissions}.',
  'join.noticeUnposted': 'Ich konnte in diesem Kanal nichts schreiben. Bitte sag allen dort, dass sie gehört werden:',
  'leave.done': 'Ich habe {channel} verlassen.',
  'notice.askedToSpeak':
    'Ich habe um das Wort auf dieser Bühne gebeten. Bis mich jemand von der Moderation sprechen lässt, hört ihr mich nicht.',
  'notice.serverMuted':
    'Die Moderation hat mich auf diesem Server stummgeschaltet. Ich höre weiter zu, aber niemand hört meine Antworten.',
  'notice.serverDeafened':
    'Die Moderation hat mir auf diesem Server den Ton abgestellt. Bis das rückgängig gemacht ist, höre ich niemanden.',
  'notice.permissionLost':
    'Mir fehlt in {channel} seit eben eine Berechtigung: {permissions}. Bitte gebt sie mir zurück, sonst verstumme ich oder fliege hinaus.',
  'notice.settingsRefused': 'Ich mache mit den vorigen Einstellungen weiter. {why}',
  'notice.minutesLeft':
    'Die Sprechzeit dieses Servers für heute ist fast aufgebraucht. Verbleibende Minuten: {minutes}. Neu beginnt sie {reset}.',
  'notice.tokensLeft':
    'Das Token-Limit dieses Servers für heute ist fast aufgebraucht. Es bleiben {percent} Prozent. Neu beginnt es {reset}.',
  'end.alone': 'Ich habe {channel} verlassen, weil ich dort allein war. Mit `/join` komme ich wieder.',
  'end.shutdown': 'Ich werde neu gestartet und habe {channel} verlassen. In einer Minute komme ich mit `/join` wieder.',
  'end.other': 'Ich habe {channel} verlassen. {why}',
  'permission.ViewChannel': 'Kanal anzeigen',
  'permission.Connect': 'Verbinden',
  'permission.Speak': 'Sprechen',
  'permission.RequestToSpeak': 'Redeanfrage',
  'permission.MoveMembers': 'Mitglieder verschieben',
  'permission.ManageGuild': 'Server verwalten',
  'permission.SendMessages': 'Nachrichten senden',
  'permission.SendMessagesInThreads': 'Nachrichten in Threads senden',
  'permission.CreatePublicThreads': 'Öffentliche Threads erstellen',
  'permission.SendPolls': 'Umfragen erstellen',
  'permission.SendVoiceMessages': 'Sprachnachrichten senden',
  'permission.AttachFiles': 'Dateien anhängen',
  'permission.ReadMessageHistory': 'Nachrichtenverlauf anzeigen',
  'permission.ManageMessages': 'Nachrichten verwalten',
};
