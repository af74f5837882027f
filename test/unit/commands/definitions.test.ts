import { ApplicationCommandOptionType, Locale } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';

/** Discord, "Application Commands", naming; lower case wherever the script has it. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES: readonly string[] = Object.values(Locale);

/** A body as it is sent: what is undefined in it is not, which discord.js' own `LocalizationMap` does not allow for. */
type Localizations = { readonly [locale in Locale]?: string | null | undefined } | null | undefined;

interface Described {
  readonly name: string;
  readonly name_localizations?: Localizations;
  readonly description: string;
  readonly description_localizations?: Localizations;
}

function names(described: Described): string[] {
  return [described.name, ...Object.values(described.name_localizations ?? {})].flatMap((name) => name ?? []);
}

function descriptions(described: Described): string[] {
  return [described.description, ...Object.values(described.description_localizations ?? {})].flatMap((d) => d ?? []);
}

function check(described: Described): void {
  for (const name of names(described)) {
    expect(name).toMatch(NAME);
    expect(name).toBe(name.toLowerCase());
  }
  for (const description of descriptions(described)) {
    expect(description.length).toBeGreaterThan(0);
    expect(description.length).toBeLessThanOrEqual(100);
  }
  const used = [
    ...Object.keys(described.name_localizations ?? {}),
    ...Object.keys(described.description_localizations ?? {}),
  ];
  expect(used.filter((locale) => !LOCALES.includes(locale))).toEqual([]);
  for (const locale of ['en-US', 'en-GB', 'de', 'fr', 'es-ES', 'es-419']) expect(used).toContain(locale);
}

describe.each(commands.map(({ body }) => body))('/$name', (body) => {
  test('is within what Discord allows, in every locale', () => {
    check(body);
    const options = body.options ?? [];
    expect(options.length).toBeLessThanOrEqual(25);
    for (const option of options) check(option);
    const total = [body, ...options].flatMap((part) => [...names(part), ...descriptions(part)]).join('').length;
    expect(total).toBeLessThanOrEqual(8000);
  });

  test('is for servers only', () => {
    expect(body.contexts).toEqual([0]);
    expect(body.integration_types).toEqual([0]);
  });
});

test('no two commands share a name in any locale', () => {
  for (const locale of LOCALES) {
    const used = commands.map(({ body }) => body.name_localizations?.[locale as Locale] ?? body.name);
    expect(new Set(used).size).toBe(used.length);
  }
});

test('/join takes one channel that may be left out, voice or stage', () => {
  const join = commands.find(({ name }) => name === 'join');
  expect(join?.body.options).toEqual([
    expect.objectContaining({ type: ApplicationCommandOptionType.Channel, name: 'channel', channel_types: [2, 13] }),
  ]);
});
