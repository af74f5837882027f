import type { sources as en } from '../en/sources.ts';

export const sources: Readonly<Record<keyof typeof en, string>> = {
  'sources.heading': '🔎 **Fuentes**',
  'sources.suggestions': '-# Sugerencias de Google para seguir buscando: {queries}',
  'code.ran': '🧮 **He ejecutado este código:**',
  'code.printed': '**Ha mostrado:**',
  'code.printedNothing': '**No ha mostrado nada.**',
  'code.failed': '**Ha fallado con este error:**',
  'code.failedSilently': '**Ha fallado.**',
  'code.timedOut': '**Ha tardado demasiado y se ha detenido.**',
  'code.unknown': '**No me han dicho qué ha salido de ello.**',
  'code.cut': '-# Es más largo que un mensaje; aquí no puedo adjuntar archivos, así que falta el resto.',
};
