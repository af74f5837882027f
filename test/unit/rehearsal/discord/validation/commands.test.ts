import { SlashCommandBuilder } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateCommands } from '../../../../../src/rehearsal/discord/rest/validation/commands.ts';
import { letters, said, sent } from './said.ts';

const command = { name: 'join', description: 'Comes into your channel' };
const option = { type: 3, name: 'voice', description: 'Who speaks' };

const about = (body: object): readonly string[] => said(validateCommands([{ ...command, ...body }]));
const named = (name: string): object => ({ ...command, name });

test('a command of discord.js with every kind of option is taken', () => {
  const built = new SlashCommandBuilder()
    .setName('parley')
    .setNameLocalizations({ de: 'unterredung', ja: '会話' })
    .setDescription('Talks')
    .setDefaultMemberPermissions(1n << 5n)
    .addSubcommand((sub) =>
      sub
        .setName('say')
        .setDescription('Says something')
        .addStringOption((text) => text.setName('text').setDescription('What').setRequired(true).setMaxLength(200))
        .addStringOption((voice) => voice.setName('voice').setDescription('Who').setAutocomplete(true))
        .addIntegerOption((count) => count.setName('times').setDescription('How often').setMinValue(1).setMaxValue(5))
        .addNumberOption((speed) =>
          speed.setName('speed').setDescription('How fast').addChoices({ name: 'slow', value: 0.5 }),
        )
        .addChannelOption((place) => place.setName('place').setDescription('Where').addChannelTypes(2, 13)),
    )
    .addSubcommandGroup((group) =>
      group
        .setName('admin')
        .setDescription('Admin')
        .addSubcommand((sub) => sub.setName('off').setDescription('Off')),
    );
  const menus = [
    { type: 2, name: 'Who is this?' },
    { type: 3, name: 'Read aloud', description: '' },
  ];
  expect(said(validateCommands(sent([built.toJSON(), ...menus])))).toEqual([]);
});

test.each([
  ['null takes all commands away', null, []],
  ['an empty list does the same', [], []],
  ['a body that is no list', { 0: command }, ['LIST_TYPE_CONVERT']],
  ['a body that is missing', undefined, ['LIST_TYPE_CONVERT']],
  ['a command that is no object', [command, 'join'], ['1 MODEL_TYPE_CONVERT']],
  ['two commands of one name', [command, named('leave'), command], ['2 APPLICATION_COMMANDS_DUPLICATE_NAME']],
  ['the same name in a context menu', [command, { type: 2, name: 'join' }, { type: 3, name: 'join' }], []],
  ['101 slash commands', Array.from({ length: 101 }, (_, index) => named(`c${index}`)), ['BASE_TYPE_MAX_LENGTH']],
  ['100 slash commands', Array.from({ length: 100 }, (_, index) => named(`c${index}`)), []],
])('%s', (_, body, expected) => {
  expect(said(validateCommands(body))).toEqual(expected);
});

test.each([2, 3])('there may be fifteen commands in the context menu of type %i', (type) => {
  const menus = (count: number): object[] => Array.from({ length: count }, (_, index) => ({ type, name: `c${index}` }));
  expect(said(validateCommands([command, ...menus(15)]))).toEqual([]);
  expect(said(validateCommands([command, ...menus(16)]))).toEqual(['BASE_TYPE_MAX_LENGTH']);
});

describe('a slash command', () => {
  test.each([
    ['no name', { name: undefined }, ['0.name BASE_TYPE_REQUIRED']],
    ['a name of 32', { name: letters(32) }, []],
    ['a name of 33', { name: letters(33) }, ['0.name BASE_TYPE_BAD_LENGTH']],
    ['an empty name', { name: '' }, ['0.name BASE_TYPE_BAD_LENGTH']],
    ['a name with a space', { name: 'come here' }, ['0.name STRING_TYPE_REGEX']],
    ['a name with a dot', { name: 'a.b' }, ['0.name STRING_TYPE_REGEX']],
    ['a name with an apostrophe', { name: "l'appel" }, []],
    ['a capital', { name: 'Join' }, ['0.name APPLICATION_COMMAND_INVALID_NAME']],
    ['a capital of another script', { name: 'Вход' }, ['0.name APPLICATION_COMMAND_INVALID_NAME']],
    ['letters without case', { name: '参加' }, []],
    ['vowel signs of Devanagari', { name: 'बोलिए' }, []],
    ['vowel signs of Thai', { name: 'เข้าร่วม' }, []],
    ['a name that is a number', { name: 5 }, ['0.name STRING_TYPE_CONVERT']],
    ['no description', { description: undefined }, ['0.description BASE_TYPE_REQUIRED']],
    ['a description of 100 characters, of two units each', { description: '🎙'.repeat(100) }, []],
    ['a description of 101', { description: letters(101) }, ['0.description BASE_TYPE_BAD_LENGTH']],
    ['an empty description', { description: '' }, ['0.description BASE_TYPE_BAD_LENGTH']],
    ['an unknown type', { type: 9 }, ['0.type BASE_TYPE_CHOICES']],
    ['a type in words', { type: 'CHAT_INPUT' }, ['0.type NUMBER_TYPE_COERCE']],
    ['unknown fields', { colour: 'red', id: '1' }, []],
    ['permissions as bits in a string', { default_member_permissions: '32' }, []],
    ['no permissions needed', { default_member_permissions: null }, []],
    [
      'permissions in words',
      { default_member_permissions: 'ManageGuild' },
      ['0.default_member_permissions NUMBER_TYPE_COERCE'],
    ],
    [
      'permissions that do not exist',
      { default_member_permissions: String(2n ** 54n) },
      ['0.default_member_permissions NUMBER_TYPE_MAX'],
    ],
    ['contexts', { contexts: [0, 1, 2], integration_types: [0, 1] }, []],
    ['a context twice', { contexts: [0, 0] }, ['0.contexts.1 SET_TYPE_ALREADY_CONTAINS_VALUE']],
    ['an unknown context', { contexts: [3] }, ['0.contexts.0 BASE_TYPE_CHOICES']],
    ['an unknown integration', { integration_types: [2] }, ['0.integration_types.0 BASE_TYPE_CHOICES']],
    ['no context at all', { contexts: [] }, ['0.contexts BASE_TYPE_MIN_LENGTH']],
    ['a flag that is none', { nsfw: 'no' }, ['0.nsfw BOOLEAN_TYPE_CONVERT']],
  ])('with %s', (_, body, expected) => {
    expect(about(body)).toEqual(expected);
  });
});

test.each([
  ['no description', {}, []],
  ['an empty description', { description: '' }, []],
  ['a description', { description: 'Who?' }, ['0.description APPLICATION_COMMAND_INVALID_DESCRIPTION']],
  ['options', { options: [option] }, ['0.options APPLICATION_COMMAND_OPTIONS_INVALID']],
  ['a name of 33', { name: letters(33) }, ['0.name BASE_TYPE_BAD_LENGTH']],
  ['a localized name with capitals', { name_localizations: { de: 'Wer ist das?' } }, []],
])('a context menu command with %s', (_, body, expected) => {
  expect(said(validateCommands([{ type: 2, name: 'Who is this?', ...body }]))).toEqual(expected);
});

test.each([
  ['a language that Discord has', { name_localizations: { 'es-419': 'unirse' } }, []],
  ['Albanian', { name_localizations: { sq: 'bashkohu' } }, ['0.name_localizations.sq BASE_TYPE_CHOICES']],
  [
    'an underscore for a dash',
    { description_localizations: { pt_BR: 'Entra' } },
    ['0.description_localizations.pt_BR BASE_TYPE_CHOICES'],
  ],
  [
    'a capital in one language',
    { name_localizations: { de: 'Beitreten' } },
    ['0.name_localizations.de APPLICATION_COMMAND_INVALID_NAME'],
  ],
  [
    'a description that grew too long in one language',
    { description_localizations: { de: letters(101), fr: 'Vient' } },
    ['0.description_localizations.de BASE_TYPE_BAD_LENGTH'],
  ],
  ['an empty word', { name_localizations: { de: '' } }, ['0.name_localizations.de BASE_TYPE_BAD_LENGTH']],
  ['a word taken away', { name_localizations: { de: null } }, []],
  ['no dictionary', { name_localizations: ['de'] }, ['0.name_localizations DICT_TYPE_CONVERT']],
])('localizations with %s', (_, body, expected) => {
  expect(about(body)).toEqual(expected);
});

test('Discord names its 34 languages when it refuses one', () => {
  const error = validateCommands([{ ...command, name_localizations: { sq: 'bashkohu' } }]);
  const [message = ''] = JSON.stringify(error).match(/Value must be one of \([^)]*\)/) ?? [];
  expect(message.match(/'/g)).toHaveLength(68);
});

test('any JSON is answered, never thrown at', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (body, part) => {
      validateCommands(body);
      validateCommands([body, { ...command, options: body, contexts: part, name_localizations: part }]);
      validateCommands([{ ...command, options: [{ ...option, choices: body, name_localizations: part }, part] }]);
    }),
  );
});
