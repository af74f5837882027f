import { ActionRowBuilder, ButtonBuilder, ButtonStyle, StringSelectMenuBuilder } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { validateMessage } from '../../../../../src/rehearsal/discord/rest/validation/messages.ts';
import { letters, said, sent } from './said.ts';

const inChannel = { edit: false, webhook: false, files: [] };
const button = { type: 2, style: 2, label: 'Stop', custom_id: 'stop' };
const options = [{ label: 'Aoede', value: 'aoede' }];
const menu = { type: 3, custom_id: 'voice', options };

const about = (components: readonly unknown[]): readonly string[] =>
  said(validateMessage({ content: 'Hello', components }, inChannel));
const aboutRow = (...components: readonly unknown[]): readonly string[] => about([{ type: 1, components }]);
const row = (index: number): object => ({ type: 1, components: [{ ...button, custom_id: `b${index}` }] });

test('what the builders of discord.js make is taken', () => {
  const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('mute').setStyle(ButtonStyle.Primary).setEmoji('🔇'),
    new ButtonBuilder().setURL('https://example.org/').setStyle(ButtonStyle.Link).setLabel('Help'),
    new ButtonBuilder().setSKUId('123456789012345678').setStyle(ButtonStyle.Premium),
  );
  const select = new StringSelectMenuBuilder()
    .setCustomId('voice')
    .setPlaceholder('Voice')
    .addOptions({ label: 'Aoede', value: 'aoede', emoji: '🎙️', description: 'Bright', default: true });
  const menus = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select);
  expect(about(sent([buttons.toJSON(), menus.toJSON()]) as unknown[])).toEqual([]);
});

test.each([
  ['five rows', [0, 1, 2, 3, 4].map(row), []],
  ['six rows', [0, 1, 2, 3, 4, 5].map(row), ['components BASE_TYPE_MAX_LENGTH']],
  ['a button without a row', [button], ['components.0 UNION_TYPE_CHOICES']],
  ['a text, which needs the flag', [{ type: 10, content: 'Hello' }], ['components.0 UNION_TYPE_CHOICES']],
  ['a container, which needs the flag', [{ type: 17, components: [row(0)] }], ['components.0 UNION_TYPE_CHOICES']],
  ['an empty row', [{ type: 1, components: [] }], ['components.0.components BASE_TYPE_BAD_LENGTH']],
  ['a row without anything', [{ type: 1 }], ['components.0.components BASE_TYPE_REQUIRED']],
  [
    'one custom id in two rows',
    [row(0), row(0)],
    ['components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'],
  ],
  [
    'one id in two rows',
    [
      { ...row(0), id: 7 },
      { ...row(1), id: 7 },
    ],
    ['components.1.id COMPONENT_ID_DUPLICATED'],
  ],
  [
    'no ids, in words',
    [
      { ...row(0), id: 0 },
      { ...row(1), id: 0 },
    ],
    [],
  ],
])('a message with %s', (_, components, expected) => {
  expect(about(components)).toEqual(expected);
});

describe('a row', () => {
  const buttons = (count: number): object[] =>
    Array.from({ length: count }, (_, index) => ({ ...button, custom_id: `b${index}` }));
  test.each([
    ['five buttons', buttons(5), []],
    ['six buttons', buttons(6), ['components.5 COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'components BASE_TYPE_BAD_LENGTH']],
    ['a menu beside a button', [button, menu], ['components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED']],
    ['two menus', [menu, { ...menu, custom_id: 'tongue' }], ['components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED']],
    ['an input of modals', [{ type: 4, custom_id: 'a', style: 1, label: 'a' }], ['components.0 UNION_TYPE_CHOICES']],
    ['a row', [row(0)], ['components.0 UNION_TYPE_CHOICES']],
  ])('of %s', (_, components, expected) => {
    expect(aboutRow(...components)).toEqual(expected.map((error) => `components.0.${error}`));
  });
});

describe('a button', () => {
  const link = { style: 5, custom_id: undefined, url: 'https://example.org/' };
  test.each([
    ['no style', { style: undefined }, ['style BASE_TYPE_REQUIRED']],
    ['an unknown style', { style: 7 }, ['style BASE_TYPE_CHOICES']],
    ['no custom id', { custom_id: undefined }, ['custom_id BUTTON_COMPONENT_CUSTOM_ID_REQUIRED']],
    ['a custom id of 100', { custom_id: letters(100) }, []],
    ['a custom id of 101', { custom_id: letters(101) }, ['custom_id BASE_TYPE_BAD_LENGTH']],
    ['a label of 80', { label: letters(80) }, []],
    ['a label of 81', { label: letters(81) }, ['label BASE_TYPE_MAX_LENGTH']],
    ['no label', { label: undefined }, ['label BASE_TYPE_REQUIRED']],
    ['an emoji alone', { label: undefined, emoji: { name: '⏸' } }, []],
    ['an emoji of a server', { emoji: { id: '123456789012345678', name: 'parley' } }, []],
    ['a word for an emoji', { emoji: { name: 'parley' } }, ['emoji.name COMPONENT_INVALID_EMOJI']],
    ['two emojis', { emoji: { name: '🎙🎙' } }, ['emoji.name COMPONENT_INVALID_EMOJI']],
    ['a link', link, []],
    ['a link to nowhere', { ...link, url: undefined }, ['url BASE_TYPE_REQUIRED']],
    ['a link to a program', { ...link, url: 'steam://run' }, ['url URL_TYPE_INVALID_SCHEME']],
    ['a link to a place in Discord', { ...link, url: 'discord://-/channels/1/2' }, []],
    ['a link of 513', { ...link, url: `https://example.org/${letters(493)}` }, ['url BASE_TYPE_MAX_LENGTH']],
    [
      'a link and a custom id',
      { ...link, custom_id: 'a' },
      [
        'custom_id BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'url BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
      ],
    ],
    [
      'something to buy and a label',
      { style: 6, custom_id: undefined, sku_id: '1' },
      ['label BUTTON_COMPONENT_FIELD_INVALID'],
    ],
    ['nothing to buy', { style: 6, custom_id: undefined, label: undefined }, ['sku_id BASE_TYPE_REQUIRED']],
    ['something to buy in a plain one', { sku_id: '1' }, ['sku_id BUTTON_COMPONENT_FIELD_INVALID']],
    ['a word for off', { disabled: 'yes' }, ['disabled BOOLEAN_TYPE_CONVERT']],
  ])('with %s', (_, body, expected) => {
    const errors = aboutRow({ ...button, ...body });
    expect([...errors].sort()).toEqual(expected.map((error) => `components.0.components.0.${error}`).sort());
  });
});

describe('a menu', () => {
  const many = (count: number): object[] =>
    Array.from({ length: count }, (_, index) => ({ label: `${index}`, value: `${index}` }));
  test.each([
    ['25 options', { options: many(25), max_values: 25 }, []],
    ['26 options', { options: many(26) }, ['options BASE_TYPE_BAD_LENGTH']],
    ['no options', { options: [] }, ['options BASE_TYPE_BAD_LENGTH']],
    ['an option twice', { options: [...options, ...options] }, ['options.1 SELECT_COMPONENT_OPTION_VALUE_DUPLICATED']],
    ['a label of 101', { options: [{ label: letters(101), value: 'a' }] }, ['options.0.label BASE_TYPE_BAD_LENGTH']],
    ['a value of 101', { options: [{ label: 'a', value: letters(101) }] }, ['options.0.value BASE_TYPE_BAD_LENGTH']],
    [
      'a description of 101',
      { options: [{ label: 'a', value: 'a', description: letters(101) }] },
      ['options.0.description BASE_TYPE_MAX_LENGTH'],
    ],
    [
      'two defaults',
      { options: many(3).map((each) => ({ ...each, default: true })) },
      ['options COMPONENT_TOO_MANY_DEFAULT_VALUES'],
    ],
    ['a placeholder of 151', { placeholder: letters(151) }, ['placeholder BASE_TYPE_MAX_LENGTH']],
    ['more to choose than there is', { max_values: 2 }, ['options BASE_TYPE_MIN_LENGTH']],
    [
      'more to choose than may be',
      { options: many(3), min_values: 3, max_values: 2 },
      ['min_values NUMBER_RANGE_INVALID'],
    ],
    ['26 to choose', { max_values: 26 }, ['max_values NUMBER_TYPE_MAX']],
    ['nothing to choose', { min_values: 0 }, []],
    ['no custom id', { custom_id: undefined }, ['custom_id BASE_TYPE_REQUIRED']],
    ['members', { type: 5, options: undefined, default_values: [{ id: '1', type: 'user' }] }, []],
    [
      'a role among members',
      { type: 5, options: undefined, default_values: [{ id: '1', type: 'role' }] },
      ['default_values.0.type BASE_TYPE_CHOICES'],
    ],
    [
      'members of no kind',
      { type: 5, options: undefined, default_values: [{ id: '1' }] },
      ['default_values.0.type BASE_TYPE_REQUIRED'],
    ],
    [
      'every kind of channel',
      { type: 8, options: undefined, channel_types: [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16] },
      [],
    ],
    ['channels', { type: 8, options: undefined, channel_types: [2, 13] }, []],
    [
      'channels of no kind',
      { type: 8, options: undefined, channel_types: [77] },
      ['channel_types.0 BASE_TYPE_CHOICES'],
    ],
  ])('with %s', (_, body, expected) => {
    expect(aboutRow({ ...menu, ...body })).toEqual(expected.map((error) => `components.0.components.0.${error}`));
  });
});
