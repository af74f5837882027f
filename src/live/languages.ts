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
