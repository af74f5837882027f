import { expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { DISCORD_LOCALES, type DiscordLocale, TABLES } from '../../../src/i18n/locales.ts';

const LOCALES = Object.keys(TABLES) as (keyof typeof TABLES)[];

interface Named {
  readonly name: string;
  readonly name_localizations?: Readonly<Partial<Record<string, string | null | undefined>>> | null | undefined;
}

/** What may be typed after the slash: a command, a subcommand, by the names that Discord has for everybody or for that language. */
function calls(discordLocale: DiscordLocale | undefined): ReadonlySet<string> {
  const names = ({ name, name_localizations: local }: Named): readonly string[] => [
    name,
    (discordLocale && local?.[discordLocale]) ?? name,
  ];
  const found = commands.flatMap(({ body }) => {
    const subcommands = (body.options ?? []).filter(({ type }) => type === 1);
    const both = subcommands.flatMap((sub) => names(sub).map((name, which) => `${names(body)[which]} ${name}`));
    return [...names(body), ...both];
  });
  return new Set(found);
}

test.each(LOCALES)('every command that a text of %s names exists, so that nobody types in vain', (locale) => {
  const discordLocale = (Object.keys(DISCORD_LOCALES) as DiscordLocale[]).find((it) => DISCORD_LOCALES[it] === locale);
  const known = calls(discordLocale);
  const named = Object.entries(TABLES[locale]).flatMap(([key, text]) =>
    [...text.matchAll(/`\/([^`{]+)`/g)].map((match) => ({ key, call: (match[1] ?? '').replace(/ \S+:.*$/, '') })),
  );
  expect(named.length).toBeGreaterThan(10);
  for (const { key, call } of named) expect(known, `${key} names /${call}`).toContain(call);
});
