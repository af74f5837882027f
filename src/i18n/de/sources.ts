import type { sources as en } from '../en/sources.ts';

export const sources: Readonly<Record<keyof typeof en, string>> = {
  'sources.heading': '🔎 **Quellen**',
  'sources.suggestions': '-# Googles Vorschläge zum Weitersuchen: {queries}',
  'code.ran': '🧮 **Ich habe diesen Code ausgeführt:**',
  'code.printed': '**Ausgegeben hat er:**',
  'code.printedNothing': '**Er hat nichts ausgegeben.**',
  'code.failed': '**Er ist an diesem Fehler gescheitert:**',
  'code.failedSilently': '**Er ist gescheitert.**',
  'code.timedOut': '**Er hat zu lange gebraucht und wurde angehalten.**',
  'code.unknown': '**Was dabei herauskam, habe ich nicht erfahren.**',
  'code.cut': '-# Es ist länger als eine Nachricht; ich darf hier keine Dateien anhängen, deshalb fehlt der Rest.',
};
