/**
 * The languages Discord's clients have, and the dictionaries of localized words. Albanian is none of them: a bot that speaks more
 * languages than Discord must leave the others out, or nothing of its commands is taken.
 */
import { faults } from './faults.ts';
import { type Fields, given, type Item, isRecord } from './fields.ts';

/** Discord's "Locales" table: 34. */
const LOCALES = [
  ...[
    'ar',
    'bg',
    'cs',
    'da',
    'de',
    'el',
    'en-GB',
    'en-US',
    'es-419',
    'es-ES',
    'fi',
    'fr',
    'he',
    'hi',
    'hr',
    'hu',
    'id',
  ],
  ...['it', 'ja', 'ko', 'lt', 'nl', 'no', 'pl', 'pt-BR', 'ro', 'ru', 'sv-SE', 'th', 'tr', 'uk', 'vi', 'zh-CN', 'zh-TW'],
] as const;

/** Each word of a dictionary goes through the check of the word it stands for. */
export function checkLocalizations(fields: Fields, key: string, check: (word: Item) => unknown): void {
  const words = given(fields, key);
  const spot = fields.spot.at(key);
  if (words !== null && !isRecord(words)) spot.report(faults.notMap);
  if (!isRecord(words)) return;
  for (const [locale, value] of Object.entries(words)) {
    if (!(LOCALES as readonly string[]).includes(locale)) spot.at(locale).report(faults.choices(LOCALES));
    // A null takes the word away, as an absent key does.
    else if (value !== null) check({ spot: spot.at(locale), value });
  }
}

/** The words that are there, whatever is wrong with them. */
export function localizedWords(fields: Fields, key: string): ReadonlyMap<string, string> {
  const words = given(fields, key);
  const pairs = isRecord(words) ? Object.entries(words) : [];
  return new Map(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}
