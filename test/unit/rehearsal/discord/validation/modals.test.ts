import { LabelBuilder, ModalBuilder, StringSelectMenuBuilder, TextInputBuilder, TextInputStyle } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateModal } from '../../../../../src/rehearsal/discord/rest/validation/modals.ts';
import { letters, said, sent } from './said.ts';

const input = { type: 4, custom_id: 'persona', style: 2 };
const label = { type: 18, label: 'Who is it?', component: input };
const modal = { custom_id: 'persona', title: 'Persona', components: [label] };

const about = (body: object): readonly string[] => said(validateModal({ ...modal, ...body }));
const aboutOne = (component: object): readonly string[] => about({ components: [component] });
const aboutInput = (body: object): readonly string[] => aboutOne({ ...label, component: { ...input, ...body } });

test('a modal made with discord.js is taken', () => {
  const built = new ModalBuilder()
    .setCustomId('persona')
    .setTitle('Persona')
    .addLabelComponents(
      new LabelBuilder()
        .setLabel('Who is it?')
        .setDescription('In your own words')
        .setTextInputComponent(
          new TextInputBuilder()
            .setCustomId('text')
            .setStyle(TextInputStyle.Paragraph)
            .setMaxLength(4000)
            .setValue('A pirate'),
        ),
      new LabelBuilder()
        .setLabel('Voice')
        .setStringSelectMenuComponent(
          new StringSelectMenuBuilder().setCustomId('voice').addOptions({ label: 'Aoede', value: 'aoede' }),
        ),
    );
  expect(said(validateModal(sent(built.toJSON())))).toEqual([]);
});

test.each([
  ['no id', { custom_id: undefined }, ['custom_id BASE_TYPE_REQUIRED']],
  ['an id of 101', { custom_id: letters(101) }, ['custom_id BASE_TYPE_BAD_LENGTH']],
  ['a title of 45', { title: letters(45) }, []],
  ['a title of 46', { title: letters(46) }, ['title BASE_TYPE_BAD_LENGTH']],
  ['nothing in it', { components: [] }, ['components BASE_TYPE_BAD_LENGTH']],
  ['no components', { components: undefined }, ['components BASE_TYPE_REQUIRED']],
  [
    'six labels',
    {
      components: Array.from({ length: 6 }, (_, index) => ({
        ...label,
        component: { ...input, custom_id: `i${index}` },
      })),
    },
    ['components BASE_TYPE_BAD_LENGTH'],
  ],
  ['an explanation', { components: [{ type: 10, content: 'Speak freely' }, label] }, []],
  [
    'one custom id twice',
    { components: [label, label] },
    ['components.1.component.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'],
  ],
  ['an input without a label', { components: [input] }, ['components.0 UNION_TYPE_CHOICES']],
  ['a section', { components: [{ type: 9 }] }, ['components.0 UNION_TYPE_CHOICES']],
])('a modal with %s', (_, body, expected) => {
  expect(about(body)).toEqual(expected);
});

test.each([
  ['a text of 45', { label: letters(45), description: letters(100) }, []],
  ['a text of 46', { label: letters(46) }, ['label BASE_TYPE_BAD_LENGTH']],
  ['a text of one letter', { label: 'a', description: 'b' }, []],
  ['no text', { label: undefined }, ['label BASE_TYPE_REQUIRED']],
  ['a description of 101', { description: letters(101) }, ['description BASE_TYPE_BAD_LENGTH']],
  ['nothing to fill in', { component: undefined }, ['component BASE_TYPE_REQUIRED']],
  ['a button', { component: { type: 2, style: 1, label: 'a', custom_id: 'a' } }, ['component UNION_TYPE_CHOICES']],
  ['a label in it', { component: label }, ['component UNION_TYPE_CHOICES']],
])('a label with %s', (_, body, expected) => {
  expect(aboutOne({ ...label, ...body })).toEqual(expected.map((error) => `components.0.${error}`));
});

test.each([
  ['no style', { style: undefined }, ['style BASE_TYPE_REQUIRED']],
  ['an unknown style', { style: 3 }, ['style BASE_TYPE_CHOICES']],
  ['no custom id', { custom_id: undefined }, ['custom_id BASE_TYPE_REQUIRED']],
  ['4,000 characters', { max_length: 4000, value: letters(4000) }, []],
  ['4,001 characters', { max_length: 4001 }, ['max_length NUMBER_TYPE_MAX']],
  ['a value above its most', { max_length: 10, value: letters(11) }, ['value BASE_TYPE_MAX_LENGTH']],
  ['a value below its least', { min_length: 5, value: 'four' }, ['value BASE_TYPE_MIN_LENGTH']],
  ['an empty value', { min_length: 5, value: '' }, []],
  ['a least above its most', { min_length: 5, max_length: 4 }, ['min_length NUMBER_RANGE_INVALID']],
  ['exactly five characters', { min_length: 5, max_length: 5 }, []],
  ['a placeholder of 101', { placeholder: letters(101) }, ['placeholder BASE_TYPE_MAX_LENGTH']],
  ['a word for required', { required: 'no' }, ['required BOOLEAN_TYPE_CONVERT']],
])('a text input with %s', (_, body, expected) => {
  expect(aboutInput(body)).toEqual(expected.map((error) => `components.0.component.${error}`));
});

describe('other inputs', () => {
  const options = (count: number): object[] =>
    Array.from({ length: count }, (_, index) => ({ label: `${index}`, value: `${index}` }));
  const twice = options(2).map((option) => ({ ...option, default: true }));
  test.each([
    ['a menu', { type: 3, options: options(25) }, []],
    ['a menu that is off', { type: 3, options: options(2), disabled: true }, ['disabled COMPONENT_DISABLED_INVALID']],
    [
      'a menu that asks for nothing',
      { type: 3, options: options(2), min_values: 0 },
      ['min_values COMPONENT_MIN_VALUES_INVALID'],
    ],
    ['a menu that may be left', { type: 3, options: options(2), min_values: 0, required: false }, []],
    ['channels', { type: 8, channel_types: [2] }, []],
    ['files', { type: 19, max_values: 10, file_types: ['audio', '.pdf'] }, []],
    ['two files at least, and one at most', { type: 19, min_values: 2 }, ['min_values NUMBER_RANGE_INVALID']],
    ['eleven files', { type: 19, max_values: 11 }, ['max_values NUMBER_TYPE_MAX']],
    ['radio buttons', { type: 21, options: options(2) }, []],
    ['one radio button', { type: 21, options: options(1) }, ['options BASE_TYPE_BAD_LENGTH']],
    ['two radio buttons on', { type: 21, options: twice }, ['options COMPONENT_TOO_MANY_DEFAULT_VALUES']],
    ['checkboxes', { type: 22, options: twice }, []],
    ['eleven checkboxes', { type: 22, options: options(11) }, ['options BASE_TYPE_BAD_LENGTH']],
    [
      'more checkboxes to tick than there are',
      { type: 22, options: options(2), max_values: 3 },
      ['options BASE_TYPE_MIN_LENGTH'],
    ],
    [
      'one value in two checkboxes',
      { type: 22, options: [...options(1), ...options(1)] },
      ['options.1 SELECT_COMPONENT_OPTION_VALUE_DUPLICATED'],
    ],
    ['a checkbox', { type: 23, default: true }, []],
    ['a checkbox in words', { type: 23, default: 'on' }, ['default BOOLEAN_TYPE_CONVERT']],
  ])('of %s', (_, component, expected) => {
    const errors = aboutOne({ ...label, component: { custom_id: 'a', ...component } });
    expect(errors).toEqual(expected.map((error) => `components.0.component.${error}`));
  });
});

test.each([
  ['one input', [{ ...input, label: 'Who?' }], []],
  ['an input without its label', [input], ['components.0.label BASE_TYPE_REQUIRED']],
  [
    'two inputs',
    [
      { ...input, label: 'a' },
      { ...input, label: 'b', custom_id: 'b' },
    ],
    ['components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED'],
  ],
  ['a menu', [{ type: 3, custom_id: 'a' }], ['components.0 UNION_TYPE_CHOICES']],
])('a row of the old kind with %s', (_, components, expected) => {
  expect(aboutOne({ type: 1, components })).toEqual(expected.map((error) => `components.0.${error}`));
});

test('any JSON is answered, never thrown at', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (body, part) => {
      validateModal(body);
      about({ components: [part, { ...label, component: body }, { type: 1, components: part }] });
    }),
  );
});
