import { describe, expect, test } from 'vitest';
import { LIVE_VOICES } from '../../../src/catalogue/voices.ts';
import { suggestVoices, unknownVoice, voiceFrom, voiceLabel } from '../../../src/discord/voice-choice.ts';
import { type Locale, TABLES } from '../../../src/i18n/locales.ts';
import { translator } from '../../../src/i18n/translate.ts';

const t = translator('en');
const LOCALES = Object.keys(TABLES) as Locale[];

describe.each(LOCALES)('in %s', (locale) => {
  const words = translator(locale);

  test('every voice has a label with its character that fits, and is found by all that it is called', () => {
    for (const { name, character } of LIVE_VOICES) {
      const label = voiceLabel(words, name);
      expect(label).toMatch(/^[A-Z][a-z]+ · \p{Lu}/u);
      expect(label.length).toBeLessThanOrEqual(100);
      const shown = label.split(' · ')[1] ?? '';
      for (const typed of [name, name.toUpperCase(), shown, character, label]) {
        expect(suggestVoices(words, typed), typed).toContainEqual({ name: label, value: name });
      }
      for (const typed of [name, ` ${name.toLowerCase()} `, label]) expect(voiceFrom(typed)).toBe(name);
    }
  });
});

test('nothing typed yet: the eight of the first Live API come first', () => {
  const names = suggestVoices(t, '').map(({ value }) => value);
  expect(names.slice(0, 8)).toEqual(['Puck', 'Charon', 'Kore', 'Fenrir', 'Aoede', 'Leda', 'Orus', 'Zephyr']);
  expect(names).toHaveLength(30);
});

test('a voice is found by what it is like, also without accents', () => {
  expect(suggestVoices(translator('de'), 'gleichmassig').map(({ value }) => value)).toEqual([]);
  expect(suggestVoices(translator('de'), 'frohlich').map(({ name }) => name)).toEqual([
    'Puck · Fröhlich',
    'Laomedeia · Fröhlich',
  ]);
});

test('an unknown voice is answered with the closest ones, or with the first, and with what was written, harmless', () => {
  expect(unknownVoice(t, 'Pukc')).toContain('**Puck · Upbeat**');
  expect(unknownVoice(t, 'gravel')).toContain('**Algenib · Gravelly**');
  const hostile = unknownVoice(t, `**@everyone** \u202e${'x'.repeat(6000)}`);
  expect(hostile).toContain('“\\*\\*\\@everyone\\*\\* xxx');
  expect(hostile).toContain('**Puck · Upbeat**, **Charon · Informative**');
  expect(hostile).toContain('30');
  expect(hostile.length).toBeLessThan(1000);
  expect(voiceFrom('x'.repeat(6000))).toBeNull();
});
