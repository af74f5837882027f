import type { Locale } from 'discord.js';
import { expect, test } from 'vitest';
import { commands, messageCommands } from '../../../commands/index.ts';
import { helpText } from '../../../src/discord/help-text.ts';
import { DISCORD_LOCALES, type DiscordLocale } from '../../../src/i18n/locales.ts';
import { MESSAGE_LENGTH, translator } from '../../../src/i18n/translate.ts';

const LOCALES = Object.keys(DISCORD_LOCALES) as DiscordLocale[];

function help(locale: DiscordLocale): string {
  return helpText({ commands, messageCommands }, locale as Locale, translator(DISCORD_LOCALES[locale]));
}

test.each(LOCALES)('in %s every command is explained under the name that Discord shows, in one message', (locale) => {
  const lines = help(locale).split('\n');
  expect(help(locale).length).toBeLessThanOrEqual(MESSAGE_LENGTH);
  for (const { body } of commands) {
    const line = lines.find((it) => it.startsWith(`\`/${body.name_localizations?.[locale as Locale]}`));
    expect(line, body.name).toContain(body.description_localizations?.[locale as Locale]);
  }
  for (const { body } of messageCommands) {
    const name = body.name_localizations?.[locale as Locale];
    expect(lines.some((it) => it.startsWith(`\`${name}\` `))).toBe(true);
  }
});

test('subcommands are named, options are not', () => {
  expect(help('en-US')).toContain('`/privacy show|opt-out|opt-in` ');
  expect(help('de')).toContain('`/datenschutz anzeigen|widersprechen|zustimmen` ');
  expect(help('en-US')).toContain('`/join` ');
});

test('a member whose language Discord has and Parley has not reads English', () => {
  expect(helpText({ commands, messageCommands }, 'ja' as Locale, translator('en'))).toBe(help('en-US'));
});
