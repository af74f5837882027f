import { describe, expect, test } from 'vitest';
import { validateCommands } from '../../../../../src/rehearsal/discord/rest/validation/commands.ts';
import { letters, said } from './said.ts';

const command = { name: 'join', description: 'Comes into your channel' };
const option = { type: 3, name: 'voice', description: 'Who speaks' };

const about = (body: object): readonly string[] => said(validateCommands([{ ...command, ...body }]));
const aboutOption = (body: object): readonly string[] => about({ options: [{ ...option, ...body }] });

describe('an option', () => {
  test.each([
    ['an unknown kind', { type: 12 }, ['0.options.0 UNION_TYPE_CHOICES']],
    ['no kind', { type: undefined }, ['0.options.0.type BASE_TYPE_REQUIRED']],
    ['a capital in its name', { name: 'Voice' }, ['0.options.0.name APPLICATION_COMMAND_INVALID_NAME']],
    ['no description', { description: undefined }, ['0.options.0.description BASE_TYPE_REQUIRED']],
    [
      'Albanian',
      { description_localizations: { sq: 'Kush' } },
      ['0.options.0.description_localizations.sq BASE_TYPE_CHOICES'],
    ],
    ['lengths', { min_length: 0, max_length: 6000 }, []],
    ['a length that is too long', { max_length: 6001 }, ['0.options.0.max_length NUMBER_TYPE_MAX']],
    ['a most length of none', { max_length: 0 }, ['0.options.0.max_length NUMBER_TYPE_MIN']],
    [
      'a least length above the most',
      { min_length: 5, max_length: 4 },
      ['0.options.0.min_length NUMBER_RANGE_INVALID'],
    ],
    ['values', { type: 4, min_value: -5, max_value: 5 }, []],
    ['a fraction for an integer', { type: 4, min_value: 0.5 }, ['0.options.0.min_value NUMBER_TYPE_COERCE']],
    ['a fraction for a number', { type: 10, min_value: 0.5 }, []],
    [
      'values the wrong way round',
      { type: 10, min_value: 2, max_value: 1 },
      ['0.options.0.min_value NUMBER_RANGE_INVALID'],
    ],
    [
      'an unknown kind of channel',
      { type: 7, channel_types: [2, 99] },
      ['0.options.0.channel_types.1 BASE_TYPE_CHOICES'],
    ],
    [
      'autocomplete and choices',
      { autocomplete: true, choices: [{ name: 'a', value: 'a' }] },
      ['0.options.0.autocomplete APPLICATION_COMMAND_AUTOCOMPLETE_INVALID'],
    ],
    ['autocomplete and no choices', { autocomplete: true, choices: [] }, []],
    [
      'autocomplete of a member',
      { type: 6, autocomplete: true },
      ['0.options.0.autocomplete APPLICATION_COMMAND_AUTOCOMPLETE_INVALID'],
    ],
    [
      'choices of a member',
      { type: 6, choices: [{ name: 'a', value: 'a' }] },
      ['0.options.0.choices APPLICATION_COMMAND_CHOICES_INVALID'],
    ],
    [
      'kinds of files',
      { type: 11, file_types: ['image', '.PDF', 'exe'] },
      ['0.options.0.file_types.2 FILE_TYPE_INVALID'],
    ],
  ])('with %s', (_, body, expected) => {
    expect(aboutOption(body)).toEqual(expected);
  });

  const choice = { name: 'Aoede', value: 'aoede' };
  test.each([
    ['a value of 100', { value: letters(100) }, []],
    ['a value of 101', { value: letters(101) }, ['value BASE_TYPE_MAX_LENGTH']],
    ['a name of 101', { name: letters(101) }, ['name BASE_TYPE_BAD_LENGTH']],
    ['an empty name', { name: '' }, ['name BASE_TYPE_BAD_LENGTH']],
    ['no value', { value: undefined }, ['value BASE_TYPE_REQUIRED']],
    ['a number for a text', { value: 1 }, ['value STRING_TYPE_CONVERT']],
    [
      'a localized name of 101',
      { name_localizations: { de: letters(101) } },
      ['name_localizations.de BASE_TYPE_BAD_LENGTH'],
    ],
    ['Albanian', { name_localizations: { sq: 'a' } }, ['name_localizations.sq BASE_TYPE_CHOICES']],
  ])('with a choice with %s', (_, body, expected) => {
    const errors = aboutOption({ choices: [choice, { ...choice, ...body }] });
    expect(errors).toEqual(expected.map((error) => `0.options.0.choices.1.${error}`));
  });

  test('takes 25 choices and no more', () => {
    const choices = (count: number): object => ({
      choices: Array.from({ length: count }, (_, index) => ({ name: `${index}`, value: `${index}` })),
    });
    expect(aboutOption(choices(25))).toEqual([]);
    expect(aboutOption(choices(26))).toEqual(['0.options.0.choices BASE_TYPE_MAX_LENGTH']);
  });

  test('of integers takes no digits in a string for a choice', () => {
    expect(aboutOption({ type: 4, choices: [{ name: 'one', value: 1 }] })).toEqual([]);
    expect(aboutOption({ type: 4, choices: [{ name: 'one', value: '1' }] })).toEqual([
      '0.options.0.choices.0.value NUMBER_TYPE_COERCE',
    ]);
    expect(aboutOption({ type: 4, choices: [{ name: 'big', value: 2 ** 53 }] })).toEqual([
      '0.options.0.choices.0.value NUMBER_TYPE_MAX',
    ]);
  });
});

describe('options together', () => {
  const sub = { type: 1, name: 'set', description: 'Sets' };
  const required = { ...option, required: true };

  test.each([
    [
      '26 of them',
      Array.from({ length: 26 }, (_, index) => ({ ...option, name: `o${index}` })),
      ['0.options BASE_TYPE_MAX_LENGTH'],
    ],
    [
      'a required one last',
      [option, { ...required, name: 'last' }],
      ['0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID'],
    ],
    ['a required one first', [required, { ...option, name: 'last' }], []],
    ['one name twice', [option, option], ['0.options.1 APPLICATION_COMMAND_OPTIONS_NAME_INVALID']],
    ['a plain one beside a subcommand', [sub, option], ['0.options.1 APPLICATION_COMMAND_OPTIONS_TYPE_INVALID']],
    ['a subcommand beside a plain one', [option, sub], ['0.options.1 APPLICATION_COMMAND_OPTIONS_TYPE_INVALID']],
    ['a subcommand in a subcommand', [{ ...sub, options: [sub] }], ['0.options.0.options.0 UNION_TYPE_CHOICES']],
    [
      'a group in a group',
      [{ ...sub, type: 2, options: [{ ...sub, type: 2 }] }],
      ['0.options.0.options.0 UNION_TYPE_CHOICES'],
    ],
    ['a plain one in a group', [{ ...sub, type: 2, options: [option] }], ['0.options.0.options.0 UNION_TYPE_CHOICES']],
    [
      'a required one last in a subcommand',
      [{ ...sub, options: [option, { ...required, name: 'last' }] }],
      ['0.options.0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID'],
    ],
    [
      'a required subcommand',
      [{ ...sub, required: true }],
      ['0.options.0.required APPLICATION_COMMAND_REQUIRED_INVALID'],
    ],
    [
      'the same name in two subcommands',
      [
        { ...sub, options: [option] },
        { ...sub, name: 'get', options: [option] },
      ],
      [],
    ],
  ])('with %s', (_, options, expected) => {
    expect(about({ options })).toEqual(expected);
  });

  test('two that have one name in one language are told apart nowhere else', () => {
    const words = (de: string): object => ({ name_localizations: { de } });
    const pair = (first: object, second: object): object => ({
      options: [
        { ...option, ...first },
        { ...option, name: 'tongue', ...second },
      ],
    });
    expect(about(pair(words('stimme'), words('stimme')))).toEqual([
      '0.options.1.name_localizations.de APPLICATION_COMMAND_OPTIONS_NAME_INVALID',
    ]);
    expect(about(pair(words('stimme'), words('voice')))).toEqual([
      '0.options.1.name_localizations.de APPLICATION_COMMAND_OPTIONS_NAME_INVALID',
    ]);
    expect(about(pair(words('voice'), words('sprache')))).toEqual([]);
  });
});

describe('the size of a command', () => {
  const options = (count: number, words: object): object => ({
    options: Array.from({ length: count }, (_, index) => ({ ...option, name: `o${index + 10}`, ...words })),
  });
  const choices = Array.from({ length: 25 }, (_, index) => ({ name: letters(99), value: `${index + 10}` }));

  test('counts names, descriptions and the values of choices', () => {
    const counted = (value: unknown): number => {
      if (typeof value !== 'object' || value === null) return String(value).length;
      return Object.entries(value).reduce((sum, [key, each]) => (key === 'type' ? sum : sum + counted(each)), 0);
    };
    const full = { ...option, description: letters(100), choices };
    const filled = (size: number): { options: object[] } => ({
      options: [1, 2, 3]
        .map((index) => ({ ...full, name: `o${index}` }))
        .concat({ ...option, name: 'last', description: letters(size), choices: [] }),
    });
    const missing = 8000 - counted({ ...command, ...filled(0) });
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThan(100);
    expect(about(filled(missing))).toEqual([]);
    expect(about(filled(missing + 1))).toEqual(['0 APPLICATION_COMMAND_TOO_LARGE']);
  });

  test('counts of each word the longest language only', () => {
    const long = {
      description: 'x',
      description_localizations: { de: letters(100), fr: letters(100), ja: letters(99) },
    };
    expect(about(options(25, long))).toEqual([]);
    expect(about(options(25, { ...long, choices: choices.slice(0, 3) }))).toEqual(['0 APPLICATION_COMMAND_TOO_LARGE']);
  });
});
