import { expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { registersCommands, sameCommands } from '../../../src/discord/registration.ts';

const local = commands.map(({ body }) => body);

/** As Discord gives them back: with ids, and with what was left out spelt out. */
function asStored(bodies: readonly object[]): object[] {
  return bodies.map((body, index) => ({
    id: String(1000 + index),
    application_id: '1',
    version: String(2000 + index),
    dm_permission: false,
    nsfw: false,
    ...structuredClone(body),
    ...('options' in body && Array.isArray(body.options) && body.options.length > 0
      ? { options: body.options.map((option: object) => ({ required: false, autocomplete: false, ...option })) }
      : {}),
  }));
}

test('what Discord gives back of our own commands is the same, in any order', () => {
  expect(sameCommands(local, asStored(local).toReversed())).toBe(true);
});

test('key order and the order of contexts mean nothing', () => {
  const shuffled = asStored(local).map((command) => Object.fromEntries(Object.entries(command).toReversed()));
  expect(sameCommands(local, shuffled)).toBe(true);
  const one = [{ name: 'x', contexts: [0, 1], integration_types: [1, 0] }];
  expect(sameCommands(one, [{ name: 'x', contexts: [1, 0], integration_types: [0, 1], options: [] }])).toBe(true);
});

test.each([
  ['a command more', (list: object[]) => [...list, { ...list[0], name: 'extra' }]],
  ['a command less', (list: object[]) => list.slice(1)],
  ['another description', (list: object[]) => list.map((command) => ({ ...command, description: 'other' }))],
  ['another translation', (list: object[]) => list.map((c) => ({ ...c, name_localizations: { de: 'anders' } }))],
  ['a translation less', (list: object[]) => list.map((c) => ({ ...c, description_localizations: null }))],
  ['other permissions', (list: object[]) => list.map((c) => ({ ...c, default_member_permissions: '32' }))],
  ['options that are gone', (list: object[]) => list.map((command) => ({ ...command, options: [] }))],
])('%s is a difference', (_, change) => {
  expect(sameCommands(local, change(asStored(local)))).toBe(false);
});

test('the order of options is what members see: it is a difference', () => {
  const [one, other] = [
    { name: 'one', type: 3 },
    { name: 'other', type: 3 },
  ];
  expect(sameCommands([{ name: 'x', options: [one, other] }], [{ name: 'x', options: [other, one] }])).toBe(false);
});

test('of several processes that share a bot, the one with shard 0 registers', () => {
  const shards = (...ids: number[]) => new Map(ids.map((id) => [id, null]));
  expect([shards(0, 1), shards(2, 3), shards(10)].map(registersCommands)).toEqual([true, false, false]);
});
