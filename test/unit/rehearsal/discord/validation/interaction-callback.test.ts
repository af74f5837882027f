import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateAutocomplete } from '../../../../../src/rehearsal/discord/rest/validation/autocomplete.ts';
import {
  type CallbackContext,
  type InteractionKind,
  validateCallback,
} from '../../../../../src/rehearsal/discord/rest/validation/interaction-callback.ts';
import { letters, said } from './said.ts';

const KINDS: readonly InteractionKind[] = ['command', 'component', 'modal', 'autocomplete'];
const fromCommand: CallbackContext = { files: [] };
const fromMessage: CallbackContext = { files: [], had: { flags: 0 } };
const modal = { custom_id: 'a', title: 'A', components: [{ type: 10, content: 'Hello' }] };
const bodies = [
  { type: 4, data: { content: 'Hello' } },
  { type: 5 },
  { type: 6 },
  { type: 7, data: { content: 'Hello' } },
  { type: 8, data: { choices: [] } },
  { type: 9, data: modal },
];

const about = (body: unknown, kind: InteractionKind = 'command', context = fromCommand): readonly string[] =>
  said(validateCallback(body, kind, context));

test.each([
  ['command', fromCommand, [4, 5, 9]],
  ['component', fromMessage, [4, 5, 6, 7, 9]],
  ['modal', fromCommand, [4, 5]],
  ['modal', fromMessage, [4, 5, 6, 7]],
  ['autocomplete', fromCommand, [8]],
] as const)('to a %s interaction (%j) answers of the types %j are taken', (kind, context, taken) => {
  const accepted = bodies.filter((body) => about(body, kind, context).length === 0).map(({ type }) => type);
  expect(accepted).toEqual(taken);
});

test('a wrong answer is refused in the words of Discord', () => {
  expect(JSON.stringify(validateCallback({ type: 9, data: modal }, 'modal', fromCommand))).toContain(
    'Value must be one of {<InteractionCallbackTypes.CHANNEL_MESSAGE_WITH_SOURCE: 4>, <InteractionCallbackTypes.DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE: 5>}.',
  );
});

test.each([
  ['no type', {}, ['type BASE_TYPE_REQUIRED']],
  ['a type in words', { type: 'reply' }, ['type NUMBER_TYPE_COERCE']],
  ['no body', undefined, ['MODEL_TYPE_CONVERT']],
  ['a message that is too long', { type: 4, data: { content: letters(2001) } }, ['data.content BASE_TYPE_MAX_LENGTH']],
  ['an empty message', { type: 4, data: { content: '' } }, ['50006']],
  ['a message without data', { type: 4 }, ['50006']],
  ['data that is none', { type: 4, data: 'Hello' }, ['data MODEL_TYPE_CONVERT']],
  ['a private message', { type: 4, data: { content: 'Hello', flags: 64 } }, []],
  [
    'a flag of Discord’s own',
    { type: 4, data: { content: 'Hello', flags: 128 } },
    ['data.flags MESSAGE_FLAGS_INVALID'],
  ],
  ['components of V2', { type: 4, data: { flags: 32768, components: [{ type: 10, content: 'Hello' }] } }, []],
  [
    'components of V2 without the flag',
    { type: 4, data: { components: [{ type: 10, content: 'Hello' }] } },
    ['data.components.0 UNION_TYPE_CHOICES'],
  ],
  ['a private deferral', { type: 5, data: { flags: 64 } }, []],
  ['a deferral with flags that Discord drops', { type: 5, data: { flags: 32768 } }, []],
  ['a deferral with flags in words', { type: 5, data: { flags: 'Ephemeral' } }, ['data.flags NUMBER_TYPE_COERCE']],
  ['a modal without data', { type: 9 }, ['data BASE_TYPE_REQUIRED']],
  ['a modal without a title', { type: 9, data: { ...modal, title: '' } }, ['data.title BASE_TYPE_BAD_LENGTH']],
])('to a command: %s', (_, body, expected) => {
  expect(about(body)).toEqual(expected);
});

test.each([
  ['nothing', { type: 7, data: {} }, fromMessage, []],
  ['no data', { type: 7 }, fromMessage, []],
  ['the text', { type: 7, data: { content: 'Hello' } }, fromMessage, []],
  [
    'components of V2',
    { type: 7, data: { components: [{ type: 10, content: 'Hello' }] } },
    { files: [], had: { flags: 32768 } },
    [],
  ],
  [
    'the flag of V2 away',
    { type: 7, data: { flags: 0 } },
    { files: [], had: { flags: 32768 } },
    ['data.flags MESSAGE_FLAGS_INVALID'],
  ],
])('an update of the message that changes %s', (_, body, context, expected) => {
  expect(about(body, 'component', context)).toEqual(expected);
});

describe('suggestions', () => {
  const choices = (count: number): object[] =>
    Array.from({ length: count }, (_, index) => ({ name: `${index}`, value: `${index}` }));
  test.each([
    ['25', choices(25), 3, []],
    ['26', choices(26), 3, ['choices BASE_TYPE_MAX_LENGTH']],
    ['none', [], 3, []],
    [
      'one of 101 characters',
      [{ name: letters(101), value: letters(101) }],
      3,
      ['choices.0.name BASE_TYPE_BAD_LENGTH', 'choices.0.value BASE_TYPE_MAX_LENGTH'],
    ],
    ['an empty one', [{ name: '', value: '' }], 3, ['choices.0.name BASE_TYPE_BAD_LENGTH']],
    ['a text for a number', choices(1), 10, ['choices.0.value NUMBER_TYPE_COERCE']],
    ['a text for an integer', choices(1), 4, ['choices.0.value NUMBER_TYPE_COERCE']],
    ['a fraction for an integer', [{ name: 'half', value: 0.5 }], 4, ['choices.0.value NUMBER_TYPE_COERCE']],
    ['a fraction for a number', [{ name: 'half', value: 0.5 }], 10, []],
    ['a number for a text', [{ name: 'half', value: 0.5 }], 3, ['choices.0.value STRING_TYPE_CONVERT']],
    ['no list', 'Aoede', 3, ['choices LIST_TYPE_CONVERT']],
  ])('of %s', (_, list, optionType, expected) => {
    expect(said(validateAutocomplete({ choices: list }, optionType))).toEqual(expected);
  });

  test('are judged in the answer as well, whatever the option is', () => {
    const answer = (list: unknown): readonly string[] => about({ type: 8, data: { choices: list } }, 'autocomplete');
    expect(answer(choices(26))).toEqual(['data.choices BASE_TYPE_MAX_LENGTH']);
    expect(
      answer([
        { name: 'one', value: 1 },
        { name: 'two', value: 'two' },
      ]),
    ).toEqual([]);
  });

  test('that are no object are refused', () => {
    expect(said(validateAutocomplete(undefined, 3))).toEqual(['MODEL_TYPE_CONVERT']);
  });
});

test('any JSON is answered, never thrown at', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 13 }), fc.constantFrom(...KINDS), (data, type, kind) => {
      for (const context of [fromCommand, fromMessage]) {
        about(data, kind, context);
        about({ type, data }, kind, context);
      }
      validateAutocomplete({ choices: data }, type);
    }),
  );
});
