import type { privacy as en } from '../en/privacy.ts';

export const privacy: Readonly<Record<keyof typeof en, string>> = {
  'command.privacy.name': 'datenschutz',
  'command.privacy.description': 'Was Parley hört, sendet und speichert, und wie du nicht gehört wirst',
  'command.privacy.show.name': 'anzeigen',
  'command.privacy.show.description': 'Was gehört, gesendet und gespeichert wird, und ob du gerade gehört wirst',
  'command.privacy.opt-out.name': 'widersprechen',
  'command.privacy.opt-out.description': 'Parley hört dich nicht mehr, auf keinem Server',
  'command.privacy.opt-in.name': 'zustimmen',
  'command.privacy.opt-in.description': 'Parley hört dich wieder',
  'privacy.you.optedOut':
    '**Du wirst nicht gehört**, auf keinem Server: Du hast widersprochen. `/datenschutz zustimmen` nimmt das zurück.',
  'privacy.you.heard': '**Du wirst gerade gehört**, in {channel}, immer wenn du sprichst.',
  'privacy.you.muted':
    '**Du wirst gerade nicht gehört**, weil du stumm bist. Bist du es nicht, höre ich dich in {channel}.',
  'privacy.you.soon':
    '**Du wirst gerade nicht gehört.** Ich bin auf dem Weg zu {channel}, und dort werde ich dich hören.',
  'privacy.you.elsewhere': '**Du wirst gerade nicht gehört**: Ich bin mit dir in keinem Sprachkanal.',
  'privacy.heard':
    '**Gehört** werden alle, die in dem Sprachkanal sprechen, in dem ich bin, außer Bots und wer widersprochen hat. Die Ende-zu-Ende-Verschlüsselung des Gesprächs endet bei mir, denn ich muss euch hören.',
  'privacy.sent':
    '**Gesendet** werden deine Stimme, was du mir schreibst, mit Bildern und Sprachnachrichten, und dein Name auf diesem Server, an Googles Gemini Live API, die antwortet. Bricht die Verbindung ab, kann Google das Gespräch noch bis zu zwei Stunden fortsetzen. Die Bedingungen: <https://ai.google.dev/gemini-api/terms>',
  'privacy.stored':
    '**Gespeichert** werden die Einstellungen dieses Servers, wie viele Minuten und Token er am Tag verbraucht, wo meine Bedienfelder stehen, in welchen Kanälen ich mich unterhalte und wie die Gespräche dort weitergehen können, Erinnerungen und wer sie eingerichtet hat, und wer widersprochen hat. Niemals Ton. Die letzten Sätze bleiben im Arbeitsspeicher, bis ich den Kanal verlasse.',
  'privacy.transcriptOff': '**Mitschrift:** aus. Was gesagt wird, wird nicht aufgeschrieben.',
  'privacy.transcriptOn': '**Mitschrift:** an. Was gesagt wird, steht auch in {place} und bleibt 7 Tage gespeichert.',
  'privacy.kept':
    '**Wie lange:** der Verbrauch {usageDays} Tage; eine Erinnerung, bis ich sie ausgerichtet habe; alles über einen Server, bis ich seit {goneDays} Tagen davon entfernt bin; dein Widerspruch, bis du ihn zurücknimmst.',
  'privacy.change':
    '**Nicht gehört werden:** `/datenschutz widersprechen`, schalte dich stumm oder verlasse den Kanal.',
  'privacy.optedOut':
    'Erledigt. Ab jetzt höre ich dich nicht mehr, auf keinem Server: Was du sagst, wird nicht einmal dekodiert. Mich hörst du weiter. `/datenschutz zustimmen` nimmt das zurück.',
  'privacy.optedOutAlready':
    'Du hattest schon widersprochen: Ich höre dich auf keinem Server. `/datenschutz zustimmen` nimmt das zurück.',
  'privacy.optOutUnsaved':
    'Das ließ sich nicht speichern, und nichts hat sich geändert: Ich höre dich weiter. Schalte dich stumm oder verlasse den Kanal, und versuch es in einer Minute noch einmal.',
  'privacy.optedIn':
    'Erledigt. Ab jetzt höre ich dich, wenn ich mit dir in einem Sprachkanal bin. `/datenschutz widersprechen` nimmt das zurück.',
  'privacy.optedInAlready':
    'Du hast nicht widersprochen: Ich höre dich, wenn ich mit dir in einem Sprachkanal bin. `/datenschutz widersprechen` ändert das.',
};
