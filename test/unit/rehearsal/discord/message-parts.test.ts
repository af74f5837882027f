import { expect, test } from 'vitest';
import { textDisplays, wordsOf } from '../../../../src/rehearsal/discord/message-words.ts';
import {
  filledIn,
  PartType,
  partsOf,
  selectionProblem,
  usablePart,
} from '../../../../src/rehearsal/discord/people/message-parts.ts';
import { createPlace } from './worlds.ts';

const button = (custom_id: string, more: object = {}) => ({ type: 2, style: 1, custom_id, ...more });
const text = (content: string) => ({ type: 10, content });
const container = {
  type: 17,
  components: [
    text('# Title'),
    { type: 14 },
    { type: 9, components: [text('beside'), text('it')], accessory: button('side') },
    { type: 1, components: [button('a'), button('b', { disabled: true })] },
  ],
};

test('parts are found however deep they are', () => {
  expect(
    partsOf([container])
      .map(({ custom_id }) => custom_id)
      .filter(Boolean),
  ).toEqual(['side', 'a', 'b']);
  expect(usablePart([container], 'side', [PartType.button]).custom_id).toBe('side');
  expect(() => usablePart([container], 'b', [PartType.button])).toThrow('"b" is disabled');
  expect(() => usablePart([container], 'a', [PartType.stringSelect])).toThrow('nothing of that kind');
});

test('the words of a message are those of its text, its components and its embeds, from the top down', () => {
  expect(textDisplays([container])).toEqual(['# Title', 'beside', 'it']);
  const embed = { title: 'T', description: 'D', fields: [{ name: 'n', value: 'v' }], footer: { text: 'F' } };
  expect(wordsOf({ content: 'hello', components: [], embeds: [embed] })).toBe('hello\nT\nD\nn\nv\nF');
  expect(wordsOf({ content: '', components: [container], embeds: [] })).toBe('# Title\nbeside\nit');
});

const { guild, channel, member } = createPlace();
const menu = (type: number, more: object = {}) => ({ type, custom_id: 'm', ...more });

test('a menu takes what it offers, as often as it says', () => {
  const options = [{ value: 'a' }, { value: 'b' }, { value: 'c' }];
  const strings = menu(3, { options, min_values: 1, max_values: 2 });
  expect(selectionProblem(strings, ['a', 'b'], guild)).toBeNull();
  expect(selectionProblem(strings, ['a', 'a'], guild)).toBe('a value twice');
  expect(selectionProblem(strings, ['a', 'b', 'c'], guild)).toBe('too few or too many values');
  expect(selectionProblem(strings, [], guild)).toBe('too few or too many values');
  expect(selectionProblem(menu(3, { options, min_values: 0 }), [], guild)).toBeNull();
  expect(selectionProblem(strings, ['d'], guild)).toBe('a value that is not offered');
});

test('a menu that Discord fills offers members, roles or channels', () => {
  const [adam, lounge] = [member('Adam').user.id, channel('Lounge').id];
  const problem = (type: number, id: string, more: object = {}) => selectionProblem(menu(type, more), [id], guild);
  expect([problem(5, adam), problem(6, guild.id), problem(7, adam), problem(7, guild.id), problem(8, lounge)]).toEqual(
    Array.from({ length: 5 }, () => null),
  );
  for (const [type, id] of [
    [5, guild.id],
    [6, adam],
    [7, lounge],
    [8, adam],
  ] as const)
    expect(problem(type, id)).toBe('a value that is not offered');
  expect(problem(8, lounge, { channel_types: [0] })).toBe('a value that is not offered');
});

const input = (custom_id: string, more: object = {}) => ({ type: 4, custom_id, style: 1, ...more });

test('a modal is sent with what was typed, or what stood there before; texts around the fields go along', () => {
  const modal = [
    { type: 10, content: 'Read this' },
    { type: 18, label: 'A', component: input('a', { value: 'before' }) },
    { type: 1, components: [input('b', { required: false })] },
  ];
  expect(filledIn(modal, {})).toEqual([
    { type: 10, id: 1 },
    { type: 18, component: { type: 4, custom_id: 'a', value: 'before' } },
    { type: 1, components: [{ type: 4, custom_id: 'b', value: '' }] },
  ]);
  expect(filledIn(modal, { a: 'x', b: 'y' })[1]).toEqual({
    type: 18,
    component: { type: 4, custom_id: 'a', value: 'x' },
  });
});

test('what the modal does not take is not sent', () => {
  const field = (more: object) => [{ type: 18, label: 'A', component: input('a', more) }];
  expect(() => filledIn(field({}), {})).toThrow('"a" is required');
  expect(() => filledIn(field({ value: 'before' }), { a: '' })).toThrow('"a" is required');
  expect(() => filledIn(field({ max_length: 2 }), { a: 'abc' })).toThrow('"a" is too long');
  expect(() => filledIn(field({}), { a: 'x'.repeat(4_001) })).toThrow('"a" is too long');
  expect(() => filledIn(field({ min_length: 2 }), { a: 'a' })).toThrow('"a" is too short');
  expect(filledIn(field({ min_length: 2, required: false }), { a: '' })).toHaveLength(1);
  expect(() => filledIn(field({}), { b: 'x' })).toThrow('there is no field "b"');
  expect(() => filledIn([{ type: 18, component: menu(3) }], {})).toThrow('nothing can be typed into "m"');
});
