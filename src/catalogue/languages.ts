/**
 * The languages of the Live API (reference/live-api.md §5) and what they are called in English, for the system instruction.
 */

/** Codes with a region that the first Live API took as `speechConfig.languageCode`; the only ones half-cascade models know. */
export const SPEECH_LANGUAGE_CODES: readonly string[] = (
  'de-DE en-AU en-GB en-IN en-US es-US fr-FR hi-IN pt-BR ar-XA es-ES fr-CA id-ID it-IT ja-JP tr-TR vi-VN bn-IN gu-IN kn-IN ' +
  'ml-IN mr-IN ta-IN te-IN nl-NL ko-KR cmn-CN pl-PL ru-RU th-TH'
).split(' ');

/** What native audio models speak, chosen by themselves or by the system instruction. */
export const LANGUAGE_CODES: readonly string[] = (
  'af ak sq am ar hy as az eu be bn bs bg my ca ceb zh hr cs da nl en et fo fil fi fr gl ka de el gu ha iw hi hu is id ga it ' +
  'ja kn kk km rw ko ku ky lo lv lt mk ms ml mt mi mr mn ne no or om ps fa pl pt pa qu ro rm ru sr sd si sk sl so st es sw sv ' +
  'tg ta te th tn tr tk uk ur uz vi cy fy wo yo zu'
).split(' ');

/** Where a language has several regions, or none of its own name: the one it is spoken in unless a guild says which. */
const USUAL_SPEECH_CODES = new Map([
  ['en', 'en-US'],
  ['es', 'es-ES'],
  ['fr', 'fr-FR'],
  ['zh', 'cmn-CN'],
]);

/**
 * The code that a half-cascade model takes for a language: a region that it knows as it is, else the usual one of the language,
 * for `de` and `de-AT` both `de-DE`. Null for `auto` and for languages that it cannot speak.
 */
export function speechLanguageCode(code: string): string | null {
  const wanted = code.toLowerCase();
  const [language = ''] = wanted.split('-');
  const known = (it: string): boolean => it.toLowerCase() === wanted;
  const sameLanguage = (it: string): boolean => it.startsWith(`${language}-`);
  return (
    SPEECH_LANGUAGE_CODES.find(known) ??
    USUAL_SPEECH_CODES.get(language) ??
    SPEECH_LANGUAGE_CODES.find(sameLanguage) ??
    null
  );
}

/** Codes of Google's own that no speech recogniser lists: "any Arabic", and Mandarin by the name of the dialect. */
const PLAIN_CODES = new Map([
  ['ar-XA', 'ar'],
  ['cmn-CN', 'zh'],
]);

/**
 * The code by which transcription is told what language to expect; null for `auto`. Hints are BCP-47 codes, and what the service
 * does with one it does not know is not written anywhere: it gets codes of its own list of languages, with a region where there
 * is a real one.
 */
export function transcriptionHint(code: string): string | null {
  if (code === 'auto') return null;
  return PLAIN_CODES.get(code) ?? code;
}

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** English name of a BCP-47 code: `en-GB` is `British English`. Null for `auto` and for what is no language. */
export function languageName(code: string): string | null {
  if (code === 'auto') return null;
  // XA is Google's "any Arabic"; to Unicode it is the pseudo-locale for testing, which nobody speaks.
  const known = code.replace(/-XA$/, '');
  try {
    return names.of(known) ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
