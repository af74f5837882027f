import type { transcript as en } from '../en/transcript.ts';

export const transcript: Readonly<Record<keyof typeof en, string>> = {
  'command.transcript.name': 'mitschrift',
  'command.transcript.description': 'Was im Sprachkanal gesagt wird, mitgeschrieben; anfangs aus',
  'command.transcript.on.name': 'an',
  'command.transcript.on.description': 'Ab jetzt wird hier mitgeschrieben, für alle, die diesen Kanal lesen können',
  'command.transcript.off.name': 'aus',
  'command.transcript.off.description': 'Es wird nichts mehr mitgeschrieben',
  'command.transcript.show.name': 'zeigen',
  'command.transcript.show.description': 'Das jüngste Gespräch der letzten 7 Tage, als Datei',
  'command.transcript.show.summary.name': 'zusammenfassung',
  'command.transcript.show.summary.description': 'Dazu eine kurze Zusammenfassung von Gemini; das dauert einen Moment',
  'transcript.on.now':
    'Die Mitschrift ist an. Was in {channel} gesagt wird, steht ab jetzt in {place}, wo alle mitlesen, die es sehen können. `/mitschrift aus` beendet das.',
  'transcript.on.later':
    'Die Mitschrift ist an. Ab meinem nächsten Gespräch steht das Gesagte in {place}, wo alle mitlesen, die es sehen können. `/mitschrift aus` beendet das.',
  'transcript.on.already': 'Die Mitschrift ist schon an, in {place}. `/mitschrift aus` beendet sie.',
  'transcript.on.stuck':
    'Die Mitschrift ist an, aber ich kann in {place} nicht mitschreiben. {why} Bis dahin wird sie nur für `/mitschrift zeigen` gespeichert.',
  'transcript.on.botLacks':
    'Ich kann in {channel} nicht mitschreiben: Mir fehlt {permissions}. Gib mir das und versuch es noch einmal.',
  'transcript.on.wrongPlace':
    'Hier kann ich nicht mitschreiben. Nimm den Befehl in einem Textkanal, einem Thread oder im Chat eines Sprachkanals.',
  'transcript.off.done':
    'Die Mitschrift ist aus. Was ich davon gespeichert habe, wird 7 Tage, nachdem es gesagt wurde, gelöscht; bis dahin hat es `/mitschrift zeigen`. Was in einem Thread steht, bleibt, bis jemand es löscht.',
  'transcript.off.already': 'Die Mitschrift ist schon aus.',
  'transcript.show.file':
    'Was in {channel} von {from} bis {to} gesagt wurde, wie Gemini es verstanden hat: ungefähr, nicht wörtlich.',
  'transcript.show.none':
    'Es gibt keine Mitschrift, die du sehen darfst. Entweder wurde in den letzten 7 Tagen nichts mitgeschrieben, oder es war in einem Kanal, den du nicht betreten kannst. Wer die Berechtigung {permissions} hat, kann sie einschalten: `/mitschrift an`.',
  'transcript.show.summaryComing': '{file}\n\nEine Zusammenfassung ist unterwegs …',
  'transcript.show.summary': '{file}\n\n**Eine Zusammenfassung, von Gemini und von niemandem geprüft:**\n>>> {summary}',
  'transcript.show.summaryOfEnd':
    '{file}\n\n**Eine Zusammenfassung des Endes, denn es ist lang; von Gemini und von niemandem geprüft:**\n>>> {summary}',
  'transcript.show.summaryFailed': '{file}\n\nEs gibt keine Zusammenfassung: {why}',
  'transcript.show.summaryBusy':
    '{file}\n\nEs gibt keine Zusammenfassung: Gerade lässt sich jemand anderes eine machen. Versuch es in einer Minute noch einmal.',
  'transcript.file.head': '{channel}, {from} bis {to} (UTC)',
  'transcript.file.approximate': 'Wie Gemini es verstanden hat: ungefähr, nicht wörtlich.',
  'transcript.file.leftOut':
    'Der Anfang ist weggelassen, weil die Datei sonst zu groß würde. So viele Beiträge fehlen: {count}',
  'transcript.intro':
    '📝 **Mitschrift von {channel}**\n{member} hat sie eingeschaltet. Was dort gesagt wird, steht hier, wie Gemini es versteht: ungefähr, nicht wörtlich. Wer nicht gehört werden will, nimmt `/datenschutz widersprechen` und kommt nicht vor.\nIch behalte 7 Tage lang eine Kopie (`/mitschrift zeigen`); was hier steht, bleibt, bis jemand es löscht. Mit der Berechtigung {permissions} beendet `/mitschrift aus` sie.',
  'transcript.notice':
    '📝 **Was hier gesagt wird, wird mitgeschrieben**, in {place}, wo alle mitlesen, die es sehen können, und von mir 7 Tage lang behalten. {member} hat das eingeschaltet. Wer nicht gehört werden will, nimmt `/datenschutz widersprechen`; `/mitschrift aus` beendet es.',
  'transcript.noticeOff': '📝 {member} hat die Mitschrift ausgeschaltet: Es wird nichts mehr mitgeschrieben.',
  'transcript.stuck': '📝 Ich kann nicht mehr mitschreiben. {why}',
  'transcript.why.gone':
    'Der Thread oder Kanal wurde gelöscht: `/mitschrift an` beginnt einen neuen, `/mitschrift aus` beendet sie.',
  'transcript.why.forbidden':
    'Mir fehlt dort eine Berechtigung: Ich muss den Kanal sehen, öffentliche Threads eröffnen und darin schreiben können.',
  'transcript.why.locked':
    'Der Thread ist gesperrt: Jemand muss ihn entsperren oder mit `/mitschrift an` einen neuen beginnen.',
  'transcript.why.threadLimit':
    'Dieser Server hat so viele offene Threads, wie er haben darf: Jemand muss welche archivieren.',
  'transcript.why.refused': 'Discord lehnt es ab. Versuch `/mitschrift an` in einem anderen Kanal.',
  'transcript.interrupted': 'unterbrochen',
  'transcript.somebody': 'Jemand',
};
