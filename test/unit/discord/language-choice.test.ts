import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LANGUAGE_CODES, SPEECH_LANGUAGE_CODES } from '../../../src/catalogue/languages.ts';
import {
  languageFrom,
  languageLabel,
  ownName,
  suggestLanguages,
  unknownLanguage,
} from '../../../src/discord/language-choice.ts';
import { type Locale, TABLES } from '../../../src/i18n/locales.ts';

const LOCALES = Object.keys(TABLES) as Locale[];
const CODES = [...SPEECH_LANGUAGE_CODES, ...LANGUAGE_CODES];
const ALL = ['auto', ...CODES];
const named = (locale: string, code: string): string | undefined =>
  new Intl.DisplayNames([locale], { type: 'language' }).of(code.replace('-XA', ''));

describe.each(LOCALES)('in %s', (locale) => {
  test('every code is suggested by code, English name and own name, with a label that Discord takes', () => {
    for (const code of CODES) {
      const label = languageLabel(locale, code);
      expect(label.length).toBeLessThanOrEqual(100);
      for (const typed of [code, code.toUpperCase(), named('en', code) ?? '', ownName(code), named(locale, code) ?? ''])
        expect(suggestLanguages(locale, typed), `${code}: ${typed}`).toContainEqual({ name: label, value: code });
    }
  });

  test('every code is understood in any case, with an underscore, by its label, and as it is suggested', () => {
    for (const code of ALL) {
      const written = [code, code.toUpperCase(), code.replace('-', '_'), ` ${code} `, languageLabel(locale, code)];
      for (const typed of written) expect(languageFrom(locale, typed), typed).toBe(code);
    }
  });

  test('automatic comes first', () => {
    expect(suggestLanguages(locale, '')[0]).toEqual({ name: TABLES[locale]['language.auto'], value: 'auto' });
  });
});

test('names are understood: English, own, and what the member’s language says', () => {
  const read = [
    'German',
    'deutsch',
    'ALBANIAN',
    'shqip',
    'Albanisch',
    'francais',
    '日本語',
    'British English',
    'automatisch',
  ];
  expect(read.map((typed) => languageFrom('de', typed))).toEqual([
    'de',
    'de',
    'sq',
    'sq',
    'sq',
    'fr',
    'ja',
    'en-GB',
    'auto',
  ]);
  expect(languageFrom('en', 'Albanisch')).toBeNull();
});

test('a label reads: own name, the member’s name for it, code; none twice', () => {
  expect(languageLabel('en', 'de-DE')).toBe('Deutsch (Deutschland) · German (Germany) · de-DE');
  expect(languageLabel('de', 'de')).toBe('Deutsch · de');
  expect(languageLabel('fr', 'sq')).toBe('shqip · albanais · sq');
  expect(languageLabel('en', 'ar-XA')).toBe('العربية · Arabic · ar-XA');
});

test('the same language in another code, or of a region that is not offered, is the one that is', () => {
  const read = ['zh-CN', 'he', 'deu', 'de-CH', 'zh-Hant-TW', 'pt_pt', 'nb', 'nn-NO', 'tl'];
  const codes = ['cmn-CN', 'iw', 'de', 'de', 'zh', 'pt', 'no', 'no', 'fil'];
  expect(read.map((typed) => languageFrom('en', typed))).toEqual(codes);
});

test('what is no language on offer is none: other words, regions and scripts that do not exist', () => {
  for (const typed of ['klingon', 'tlh', 'de-XY', 'de-evil', 'foo', '-', ' ', '🙂', '<@1>', 'x'.repeat(6000)])
    expect(languageFrom('en', typed), typed).toBeNull();
});

test('whatever is typed, the answer is a code on offer or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...LOCALES), (typed, locale) => {
      expect([...ALL, null]).toContain(languageFrom(locale, typed));
      expect(suggestLanguages(locale, typed).every(({ name }) => name.length <= 100 && name !== '')).toBe(true);
    }),
  );
});

test('an unknown language is answered with what is allowed, with the closest ones, and with what was written, harmless', () => {
  const answer = unknownLanguage('en', 'Germn *now*\u202e');
  expect(answer).toContain('“Germn \\*now\\*”');
  expect(answer).toContain('`auto`');
  expect(unknownLanguage('en', 'Germn')).toContain('**Deutsch · German · de**');
  expect(unknownLanguage('en', 'x'.repeat(6000)).length).toBeLessThan(1000);
});
