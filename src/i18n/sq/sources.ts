import type { sources as en } from '../en/sources.ts';

export const sources: Readonly<Record<keyof typeof en, string>> = {
  'sources.heading': '🔎 **Burimet**',
  'sources.suggestions': '-# Sugjerimet e Google-it për të kërkuar vetë: {queries}',
  'code.ran': '🧮 **Ekzekutova këtë kod:**',
  'code.printed': '**Rezultati që nxori:**',
  'code.printedNothing': '**Nuk nxori asgjë.**',
  'code.failed': '**Dështoi me këtë gabim:**',
  'code.failedSilently': '**Dështoi.**',
  'code.timedOut': '**Zgjati tepër dhe u ndërpre.**',
  'code.unknown': '**Nuk më thanë se çfarë doli prej tij.**',
  'code.cut': '-# Është më i gjatë se një mesazh; këtu nuk mund të bashkëngjit skedarë, prandaj mungon pjesa tjetër.',
};
