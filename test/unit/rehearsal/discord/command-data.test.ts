import { expect, test } from 'vitest';
import type { CommandOption, RegisteredCommand } from '../../../../src/rehearsal/discord/commands.ts';
import { type CommandPlace, commandData } from '../../../../src/rehearsal/discord/people/command-data.ts';
import type { OptionFile } from '../../../../src/rehearsal/discord/people/person.ts';
import { createPlace } from './worlds.ts';

const place = createPlace({
  people: [{ name: 'Olive' }, { name: 'Adam' }, { name: 'Beth', permissions: ['ManageGuild'] }],
});
const uploads: OptionFile[] = [];
const upload: CommandPlace['upload'] = (file) => {
  uploads.push(file);
  const { name: filename, contentType, bytes } = file;
  return { id: '77', filename, contentType, bytes, url: 'x', description: null, durationSecs: null, waveform: null };
};
const at: CommandPlace = { guild: place.guild, member: place.member('Adam'), bot: place.member('Parley'), upload };

const command = (...options: CommandOption[]): RegisteredCommand => ({
  id: '9',
  name: 'do',
  description: 'Does',
  options,
});
const option = (type: number, more: Partial<CommandOption> = {}): CommandOption => ({
  type,
  name: 'it',
  description: 'It',
  ...more,
});

test('options go out in the order of the definition, with the command’s id', () => {
  const two = command(option(3, { name: 'one' }), option(4, { name: 'two' }));
  expect(commandData(two, { options: { two: 2, one: 'a' } }, at).data).toEqual({
    id: '9',
    name: 'do',
    type: 1,
    guild_id: place.guild.id,
    options: [
      { type: 3, name: 'one', value: 'a' },
      { type: 4, name: 'two', value: 2 },
    ],
    resolved: undefined,
  });
});

test('a subcommand holds its options', () => {
  const sub = command(option(1, { name: 'set', options: [option(3, { required: true })] }));
  const { data } = commandData(sub, { subcommand: 'set', options: { it: 'x' } }, at);
  expect(data).toMatchObject({ options: [{ type: 1, name: 'set', options: [{ type: 3, name: 'it', value: 'x' }] }] });
  expect(() => commandData(sub, { subcommand: 'set' }, at)).toThrow('the option "it" is required');
});

test('ids are resolved: a channel with the permissions of who asks and of the bot, a member with its own', () => {
  const lounge = place.channel('Lounge');
  lounge.overwrites.push({ id: place.member('Adam').user.id, type: 'member', allow: 0n, deny: 1n << 20n });
  const channels = commandData(command(option(7)), { options: { it: lounge.id } }, at).data;
  const { channels: resolved } = (
    channels as { resolved: { channels: Record<string, { permissions: string; app_permissions: string }> } }
  ).resolved;
  expect(resolved[lounge.id]).toMatchObject({ type: 2, name: 'Lounge', permissions: String(1 << 10) });
  expect(BigInt(resolved[lounge.id]?.app_permissions ?? 0) & (1n << 20n)).toBe(1n << 20n);
  const beth = place.member('Beth').user.id;
  const { data } = commandData(command(option(6)), { options: { it: beth } }, at);
  expect(data).toMatchObject({ resolved: { users: { [beth]: { global_name: 'Beth' } }, members: { [beth]: {} } } });
});

test('a role, and whoever or whatever can be mentioned', () => {
  const { guild } = place;
  const beth = place.member('Beth').user.id;
  expect(commandData(command(option(8)), { options: { it: guild.id } }, at).data).toMatchObject({
    resolved: { roles: { [guild.id]: { name: '@everyone' } } },
  });
  expect(commandData(command(option(9)), { options: { it: beth } }, at).data).toMatchObject({
    resolved: { users: {} },
  });
  expect(() => commandData(command(option(8)), { options: { it: beth } }, at)).toThrow('names no role');
  expect(() => commandData(command(option(9)), { options: { it: '1' } }, at)).toThrow('names nobody');
});

test('a file is uploaded, and its id sent', () => {
  const file = { name: 'a.png', contentType: 'image/png', bytes: Buffer.from('abc') };
  const { data } = commandData(command(option(11)), { options: { it: file } }, at);
  expect(uploads).toEqual([file]);
  expect(data).toMatchObject({
    options: [{ type: 11, name: 'it', value: '77' }],
    resolved: { attachments: { 77: { filename: 'a.png', size: 3, content_type: 'image/png' } } },
  });
});

test('the option in focus is sent as it is typed, and others may still be missing', () => {
  const two = command(option(3, { name: 'a', required: true }), option(4, { name: 'b', autocomplete: true }));
  const { data, focusedType } = commandData(two, {}, at, { option: 'b', typed: '1x' });
  expect(data).toMatchObject({ options: [{ type: 4, name: 'b', value: '1x', focused: true }] });
  expect(focusedType).toBe(4);
  expect(() => commandData(two, {}, at, { option: 'c', typed: '' })).toThrow('/do has no option "c"');
  expect(() => commandData(two, {}, at, { option: 'a', typed: '' })).toThrow('nothing is suggested for "a"');
});

test.each<[number, unknown, string]>([
  [3, 5, 'takes text'],
  [4, 'x', 'takes a number'],
  [5, 'true', 'takes true or false'],
  [6, true, 'names no member'],
  [10, 'x', 'takes a number'],
  [11, '77', 'takes something else'],
  [3, { name: 'x' }, 'takes something else'],
])('an option of type %i does not take %s', (type, value, words) => {
  expect(() => commandData(command(option(type)), { options: { it: value as string } }, at)).toThrow(words);
});
