/**
 * The five languages of the interface, and how Discord's locales map to them
 * (Discord, "Reference", Locales; Albanian is not among the 34, so nobody has it as their own).
 */
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import type { Messages } from './messages.ts';
import { sq } from './sq.ts';

export const TABLES = { en, de, fr, es, sq } as const satisfies Record<string, Messages>;

export type Locale = keyof typeof TABLES;

/**
 * Discord's locales with a table of ours. English stands there under its own two names too: for a member with a locale that
 * a command is not localised to Discord shows the default, but may prefer `en-GB` to it for `en-US`.
 */
export const DISCORD_LOCALES = {
  'en-US': 'en',
  'en-GB': 'en',
  de: 'de',
  fr: 'fr',
  'es-ES': 'es',
  'es-419': 'es',
} as const satisfies Record<string, Locale>;

export type DiscordLocale = keyof typeof DISCORD_LOCALES;

/** The language for a member or guild with this Discord locale: one of ours by its primary subtag, else English. */
export function toLocale(discordLocale: string): Locale {
  return known(discordLocale) ?? 'en';
}

/** The language of what is posted in public: the guild's `/language` if it is one of ours, else the guild's locale. */
export function publicLocale(language: string, guildLocale: string): Locale {
  return known(language) ?? toLocale(guildLocale);
}

function known(code: string): Locale | undefined {
  const primary = code.toLowerCase().split('-')[0] ?? '';
  return Object.hasOwn(TABLES, primary) ? (primary as Locale) : undefined;
}
