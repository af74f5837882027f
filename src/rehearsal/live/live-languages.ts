/**
 * The languages of the service (live-api.md §5).
 */

/** What half-cascade models take as `speechConfig.languageCode`. */
const SPEECH = new Set(
  (
    'de-DE en-AU en-GB en-IN en-US es-US fr-FR hi-IN pt-BR ar-XA es-ES fr-CA id-ID it-IT ja-JP tr-TR vi-VN bn-IN gu-IN ' +
    'kn-IN ml-IN mr-IN ta-IN te-IN nl-NL ko-KR cmn-CN pl-PL ru-RU th-TH'
  ).split(' '),
);

/** What native audio models understand. */
const UNDERSTOOD = new Set(
  (
    'af ak sq am ar hy as az eu be bn bs bg my ca ceb zh hr cs da nl en et fo fil fi fr gl ka de el gu ha iw hi hu is id ga ' +
    'it ja kn kk km rw ko ku ky lo lv lt mk ms ml mt mi mr mn ne no or om ps fa pl pt pa qu ro rm ru sr sd si sk sl so st es ' +
    'sw sv tg ta te th tn tr tk uk ur uz vi cy fy wo yo zu'
  ).split(' '),
);

/** A region of BCP-47 that is one: XA to XZ are for private use. */
const REGION = /^(?!X)[A-Z]{2}$/;

export function isSpeechLanguage(code: string): boolean {
  return SPEECH.has(code);
}

/** Whether a hint for transcription names a language that is understood: its code, with a region or without. */
export function isLanguageHint(code: string): boolean {
  const [language = '', region, ...rest] = code.split('-');
  return UNDERSTOOD.has(language) && rest.length === 0 && (region === undefined || REGION.test(region));
}
