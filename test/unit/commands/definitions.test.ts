import {
  type APIApplicationCommandOption,
  type APIApplicationCommandOptionChoice,
  ApplicationCommandOptionType,
  Locale,
} from 'discord.js';
import { describe, expect, test } from 'vitest';
import { commands, messageCommands } from '../../../commands/index.ts';
import { validateCommands } from '../../../src/rehearsal/discord/rest/validation/commands.ts';

/** Discord, "Application Commands", naming; lower case wherever the script has it. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES: readonly string[] = Object.values(Locale);
const OURS = ['en-US', 'en-GB', 'de', 'fr', 'es-ES', 'es-419'];

/** A body as it is sent: what is undefined in it is not, which discord.js' own `LocalizationMap` does not allow for. */
type Localizations = { readonly [locale in Locale]?: string | null | undefined } | null | undefined;

interface Named {
  readonly name: string;
  readonly name_localizations?: Localizations;
}

interface Described extends Named {
  readonly description: string;
  readonly description_localizations?: Localizations;
}

interface Parts {
  readonly described: readonly Described[];
  readonly choices: readonly APIApplicationCommandOptionChoice<string | number>[];
}

function names({ name, name_localizations }: Named): string[] {
  return [name, ...Object.values(name_localizations ?? {})].flatMap((it) => it ?? []);
}

function descriptions({ description, description_localizations }: Described): string[] {
  return [description, ...Object.values(description_localizations ?? {})].flatMap((it) => it ?? []);
}

function choicesOf(option: APIApplicationCommandOption): Parts['choices'] {
  return 'choices' in option ? (option.choices ?? []) : [];
}

/** Options, those of subcommands too, and their choices. */
function partsOf(options: readonly APIApplicationCommandOption[]): Parts {
  const inner = options.map((option) =>
    option.type === ApplicationCommandOptionType.Subcommand ? partsOf(option.options ?? []) : null,
  );
  return {
    described: [...options, ...inner.flatMap((it) => it?.described ?? [])],
    choices: [...options.flatMap(choicesOf), ...inner.flatMap((it) => it?.choices ?? [])],
  };
}

function nameIn({ name, name_localizations }: Named, locale: string): string {
  return name_localizations?.[locale as Locale] ?? name;
}

function expectLocales(localizations: Localizations): void {
  const used = Object.keys(localizations ?? {});
  expect(used.filter((locale) => !LOCALES.includes(locale))).toEqual([]);
  expect(used.toSorted()).toEqual(OURS.toSorted());
}

/** Every list of options: 25, names that differ in every locale, required ones first. */
function checkLists(options: readonly APIApplicationCommandOption[]): void {
  expect(options.length).toBeLessThanOrEqual(25);
  for (const locale of OURS) {
    const used = options.map((option) => nameIn(option, locale));
    expect(new Set(used).size, used.join(' ')).toBe(used.length);
    for (const option of options) {
      const others = options.filter((other) => other !== option).map(({ name }) => name);
      expect(others).not.toContain(nameIn(option, locale));
    }
  }
  const required = options.map((option) => option.required === true);
  expect(required.toSorted((one, other) => Number(other) - Number(one))).toEqual(required);
  for (const option of options) {
    if (option.type === ApplicationCommandOptionType.Subcommand) checkLists(option.options ?? []);
    const choices = choicesOf(option);
    expect(choices.length).toBeLessThanOrEqual(25);
    if (choices.length > 0) expect('autocomplete' in option && option.autocomplete === true).toBe(false);
  }
}

describe.each(commands.map(({ body }) => body))('/$name', (body) => {
  const options = body.options ?? [];
  const { described, choices } = partsOf(options);

  test('has names and descriptions that Discord takes, in every locale', () => {
    for (const part of [body, ...described]) {
      for (const name of names(part)) {
        expect(name).toMatch(NAME);
        expect(name).toBe(name.toLowerCase());
      }
      for (const description of descriptions(part)) {
        expect(description.length, description).toBeGreaterThan(0);
        expect(description.length, description).toBeLessThanOrEqual(100);
      }
      expectLocales(part.name_localizations);
      expectLocales(part.description_localizations);
    }
  });

  test('has choices that Discord takes, in every locale', () => {
    for (const choice of choices) {
      for (const name of names(choice)) expect(name.length, name).toBeLessThanOrEqual(100);
      expect(String(choice.value).length).toBeLessThanOrEqual(100);
      expectLocales(choice.name_localizations);
    }
  });

  test('has no list of options that Discord refuses', () => {
    checkLists(options);
  });

  test('is not too large as a whole: in no locale, nor with all of them together', () => {
    const texts = [body, ...described].flatMap((part) => [...names(part), ...descriptions(part)]);
    const values = choices.flatMap((choice) => [...names(choice), String(choice.value)]);
    expect([...texts, ...values].join('').length).toBeLessThanOrEqual(8000);
  });

  test('is for servers only', () => {
    expect(body.contexts).toEqual([0]);
    expect(body.integration_types).toEqual([0]);
  });

  test('asks for permissions only if nothing of it is for everybody', () => {
    if (body.default_member_permissions === null) return;
    const readers = options.filter(({ name }) => ['list', 'show'].includes(name));
    expect(readers).toEqual([]);
  });
});

test('no two commands share a name in any locale', () => {
  for (const locale of LOCALES) {
    const used = commands.map(({ body }) => nameIn(body, locale));
    expect(new Set(used).size).toBe(used.length);
  }
});

test('the whole list passes the validation of the loopback Discord', () => {
  expect(commands.length).toBeLessThanOrEqual(100);
  const sent: unknown = JSON.parse(JSON.stringify([...commands, ...messageCommands].map(({ body }) => body)));
  expect(validateCommands(sent)).toBeNull();
});

test('commands of a message’s menu have a name of at most 32 characters in every locale, and are for servers only', () => {
  expect(messageCommands.length).toBeLessThanOrEqual(15);
  for (const { body } of messageCommands) {
    expectLocales(body.name_localizations);
    for (const name of names(body)) expect(name.length, name).toBeLessThanOrEqual(32);
    expect(body).toMatchObject({ type: 3, contexts: [0], integration_types: [0] });
  }
});

const bodyOf = (name: string) => commands.find((command) => command.name === name)?.body;

test('/join takes one channel that may be left out, voice or stage', () => {
  expect(bodyOf('join')?.options).toEqual([
    expect.objectContaining({ type: ApplicationCommandOptionType.Channel, name: 'channel', channel_types: [2, 13] }),
  ]);
});

test('/turns takes a pause of 300 to 2000 ms and a closed list of modes; all may be left out', () => {
  expect(bodyOf('turns')?.options).toMatchObject([
    { type: ApplicationCommandOptionType.Integer, name: 'pause', min_value: 300, max_value: 2000 },
    { name: 'interrupt', choices: [{ value: 'off' }, { value: 'careful' }, { value: 'quick' }] },
  ]);
  expect(bodyOf('turns')?.options?.some(({ required }) => required)).toBe(false);
});

test('open lists are suggested, closed ones are choices with a name in the member’s language', () => {
  expect(bodyOf('voice')?.options).toMatchObject([{ name: 'name', required: true, autocomplete: true }]);
  expect(bodyOf('language')?.options).toMatchObject([{ name: 'code', required: true, autocomplete: true }]);
  const [mode] = bodyOf('listen')?.options ?? [];
  expect(mode).toMatchObject({
    choices: [{ value: 'open', name_localizations: { de: expect.stringMatching(/^Offen/) } }, {}, {}, {}],
  });
});
