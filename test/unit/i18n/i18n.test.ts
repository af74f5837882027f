import { Locale as DiscordLocale } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { ParleyError } from '../../../src/errors.ts';
import { en } from '../../../src/i18n/en.ts';
import { DISCORD_LOCALES, publicLocale, TABLES, toLocale } from '../../../src/i18n/locales.ts';
import type { MessageKey } from '../../../src/i18n/messages.ts';
import { describeProblem, localizations, MESSAGE_LENGTH, translator } from '../../../src/i18n/translate.ts';

const KEYS = Object.keys(en) as MessageKey[];
const LOCALES = Object.keys(TABLES) as (keyof typeof TABLES)[];

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').toSorted();
}

describe.each(LOCALES)('the table %s', (locale) => {
  test('has the same placeholders as the English one in every message', () => {
    for (const key of KEYS)
      expect([key, ...placeholders(TABLES[locale][key])]).toEqual([key, ...placeholders(en[key])]);
  });

  test('has no message that is empty, too long for Discord, or still English', () => {
    for (const key of KEYS) {
      const text = TABLES[locale][key];
      expect(text.trim(), key).toBe(text);
      expect(text.length, key).toBeGreaterThan(0);
      expect(text.length, key).toBeLessThan(MESSAGE_LENGTH / 2);
      // The name of a command or a single word may well be the same in both.
      if (locale !== 'en' && /\s/.test(text)) expect(text, key).not.toBe(en[key]);
    }
  });
});

test('placeholders are filled in, also when their values look like placeholders', () => {
  expect(translator('en')('join.done', { channel: '<#1>' })).toBe('I am in <#1> and listening.');
  expect(translator('de')('join.youLack', { channel: '{permissions}', permissions: '$&' })).toBe(
    'Du kannst mich nicht in {permissions} schicken: Dir fehlt dort $&.',
  );
});

test('a problem that lacks its details is spoken of in general', () => {
  const error = new ParleyError('VOICE_PERMISSION_MISSING');
  for (const locale of LOCALES) {
    const text = describeProblem(locale, error.toProblem());
    expect(placeholders(text)).toEqual([]);
    expect(text).toContain(TABLES[locale]['fallback.permissions']);
  }
  const detailed = { code: 'VOICE_PERMISSION_MISSING', details: { channel: '<#7>', permissions: 'Speak' } } as const;
  expect(describeProblem('en', detailed)).toContain('I cannot talk in <#7>: I lack Speak.');
});

test('what the Live service does not take is named, with who can change it', () => {
  const said = (setting: string, locale: (typeof LOCALES)[number] = 'en') =>
    describeProblem(locale, { code: 'LIVE_SETUP_REFUSED', details: { setting, reason: 'x' } });
  expect(said('voice')).toContain('the voice. Choose another with `/voice`.');
  expect(said('LIVE_OPTIONS.temperature')).toContain('`temperature` in the file of `LIVE_OPTIONS`');
  expect(said('setup')).toContain('the log');
  expect(said('toString')).toBe(said('setup'));
  for (const locale of LOCALES) {
    const all = ['setup', 'voice', 'language', 'persona', 'tools', 'location', 'LIVE_OPTIONS.seed'];
    const texts = all.map((setting) => said(setting, locale));
    expect(new Set(texts).size).toBe(all.length);
    for (const text of texts) expect(placeholders(text)).toEqual([]);
  }
});

test('a quota says when to try again, as everybody reads it in their own language', () => {
  const problem = { code: 'LIVE_QUOTA', details: { retryAt: 1_800_000_000_400 } } as const;
  for (const locale of LOCALES) {
    expect(describeProblem(locale, problem)).toContain('<t:1800000000:R>');
    expect(describeProblem(locale, { ...problem, details: {} })).toContain(TABLES[locale]['fallback.wait']);
  }
});

test('members read their own language, or English', () => {
  const read = Object.fromEntries(
    ['de', 'es-419', 'es-ES', 'en-GB', 'fr', 'pt-BR', 'zh-CN', ''].map((l) => [l, toLocale(l)]),
  );
  expect(read).toEqual({
    de: 'de',
    'es-419': 'es',
    'es-ES': 'es',
    'en-GB': 'en',
    fr: 'fr',
    'pt-BR': 'en',
    'zh-CN': 'en',
    '': 'en',
  });
});

test('public posts follow the language that was set, then the server, then English', () => {
  expect(publicLocale('sq', 'de')).toBe('sq');
  expect(publicLocale('de-DE', 'fr')).toBe('de');
  expect(publicLocale('auto', 'fr')).toBe('fr');
  expect(publicLocale('ja-JP', 'es-ES')).toBe('es');
  expect(publicLocale('auto', 'ko')).toBe('en');
  expect(publicLocale('constructor', 'toString')).toBe('en');
});

test('Discord gets only locales that it knows, both kinds of Spanish and of English, and no Albanian', () => {
  const known: readonly string[] = Object.values(DiscordLocale);
  expect(Object.keys(DISCORD_LOCALES).filter((locale) => !known.includes(locale))).toEqual([]);
  const words = localizations('command.leave.name');
  expect(words).toEqual({
    'en-US': 'leave',
    'en-GB': 'leave',
    de: 'verlassen',
    fr: 'quitter',
    'es-ES': 'salir',
    'es-419': 'salir',
  });
});
