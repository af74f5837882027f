import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptCommand, saysTheSame } from '../../../../src/rehearsal/discord/kept-command.ts';

test('what was left out is filled in', () => {
  expect(keptCommand({ name: 'a', description: 'b' }, '1', null)).toEqual({
    name: 'a',
    description: 'b',
    name_localizations: null,
    description_localizations: null,
    application_id: '1',
    type: 1,
    default_member_permissions: null,
    nsfw: false,
    contexts: null,
    integration_types: [0],
    dm_permission: true,
  });
  expect(keptCommand({ name: 'a', contexts: [0] }, '1', '2')).toMatchObject({
    guild_id: '2',
    contexts: [0],
    description: '',
  });
});

test('what says nothing is left out of options, however deep', () => {
  const leaf = {
    type: 3,
    name: 'c',
    description: 'd',
    required: false,
    autocomplete: false,
    choices: [],
    channel_types: [],
  };
  const body = { name: 'a', description: 'b', options: [{ type: 1, name: 'sub', description: 's', options: [leaf] }] };
  const nothing = { name_localizations: null, description_localizations: null };
  expect(keptCommand(body, '1', null).options).toEqual([
    {
      type: 1,
      name: 'sub',
      description: 's',
      ...nothing,
      options: [{ type: 3, name: 'c', description: 'd', ...nothing }],
    },
  ]);
  expect(keptCommand({ name: 'a', options: [] }, '1', null)).not.toHaveProperty('options');
});

test('lists say the same in any order of commands and fields, and not when anything differs', () => {
  const command = fc.record({ name: fc.string(), type: fc.nat(3), deep: fc.record({ x: fc.nat(2), y: fc.boolean() }) });
  fc.assert(
    fc.property(fc.array(command, { maxLength: 5 }), fc.infiniteStream(fc.nat()), (list, order) => {
      const turned = list.map(({ name, type, deep }) => ({ deep: { y: deep.y, x: deep.x }, type, name }));
      const shuffled = turned.map((one) => ({ one, at: order.next().value })).sort((a, b) => a.at - b.at);
      expect(
        saysTheSame(
          list,
          shuffled.map(({ one }) => one),
        ),
      ).toBe(true);
      expect(saysTheSame(list, [...list, { name: 'more' }])).toBe(false);
      const [first, ...others] = list;
      if (first) expect(saysTheSame(list, [{ ...first, name: `${first.name}!` }, ...others])).toBe(false);
    }),
  );
});
