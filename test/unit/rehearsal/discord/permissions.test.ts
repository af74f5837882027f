import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ALL_PERMISSIONS,
  basePermissions,
  bits,
  entersChat,
  has,
  Permission,
  type PermissionName,
  permissionsIn,
  permissionToWrite,
} from '../../../../src/rehearsal/discord/world/permissions.ts';
import { createPlace, type Place } from './worlds.ts';

const NAMES = Object.keys(Permission) as PermissionName[];
const someNames = fc.subarray(NAMES);

function overwrite(
  { guild }: Place,
  channel: ReturnType<Place['channel']>,
  id: string,
  deny: readonly PermissionName[],
  allow: readonly PermissionName[],
): void {
  const type = guild.members.some(({ user }) => user.id === id) ? 'member' : 'role';
  channel.overwrites.push({ id, type, deny: bits(...deny), allow: bits(...allow) });
}

test('roles add up; the owner and administrators may everything, whatever a channel says', () => {
  const place = createPlace({
    people: [
      { name: 'Olive' },
      { name: 'Adam', permissions: ['ManageGuild'] },
      { name: 'Root', permissions: ['Administrator'] },
    ],
  });
  const { guild, member, channel } = place;
  expect(has(basePermissions(guild, member('Adam')), 'ManageGuild')).toBe(true);
  expect(has(basePermissions(guild, member('Adam')), 'SendMessages')).toBe(true);
  expect(has(basePermissions(guild, member('Adam')), 'ManageChannels')).toBe(false);
  overwrite(place, channel('general'), guild.id, ['ViewChannel'], []);
  for (const name of ['Olive', 'Root'])
    expect(permissionsIn(guild, channel('general'), member(name))).toBe(ALL_PERMISSIONS);
  expect(permissionsIn(guild, channel('general'), member('Adam'))).toBe(0n);
});

test('everyone’s overwrite comes first, then those of roles together, then the member’s own', () => {
  const place = createPlace({ people: [{ name: 'Olive' }, { name: 'Adam', permissions: ['ManageGuild'] }] });
  const { guild, member, channel } = place;
  const [general, adam] = [channel('general'), member('Adam')];
  const may = (): boolean => has(permissionsIn(guild, general, adam), 'SendMessages');
  overwrite(place, general, guild.id, ['SendMessages'], []);
  expect(may()).toBe(false);
  overwrite(place, general, adam.roleIds[0] ?? '', [], ['SendMessages']);
  expect(may()).toBe(true);
  overwrite(place, general, adam.user.id, ['SendMessages'], []);
  expect(may()).toBe(false);
});

test('among roles, one that allows outweighs one that denies', () => {
  const place = createPlace({ people: [{ name: 'Olive' }, { name: 'Adam', permissions: ['ManageGuild'] }] });
  const { guild, member, channel } = place;
  const adam = member('Adam');
  guild.roles.push({ id: '7', name: 'Muted', permissions: 0n, ofBot: null });
  adam.roleIds.push('7');
  overwrite(place, channel('general'), adam.roleIds[0] ?? '', [], ['SendMessages']);
  overwrite(place, channel('general'), '7', ['SendMessages'], []);
  expect(has(permissionsIn(guild, channel('general'), adam), 'SendMessages')).toBe(true);
});

test('whatever is allowed: nothing without ViewChannel, and a call can only be looked at without Connect', () => {
  fc.assert(
    fc.property(someNames, someNames, fc.constantFrom('general', 'Lounge', 'Stage'), (deny, allow, name) => {
      const place = createPlace();
      const [channel, adam] = [place.channel(name), place.member('Adam')];
      overwrite(
        place,
        channel,
        adam.user.id,
        deny,
        allow.filter((one) => one !== 'Administrator'),
      );
      const permissions = permissionsIn(place.guild, channel, adam);
      if (!has(permissions, 'ViewChannel')) expect(permissions).toBe(0n);
      else if (name !== 'general' && !has(permissions, 'Connect')) expect(permissions).toBe(Permission.ViewChannel);
      for (const one of deny) if (!allow.includes(one)) expect(has(permissions, one)).toBe(false);
      expect(entersChat(channel, permissions)).toBe(
        name === 'general' ? permissions !== 0n : has(permissions, 'Connect'),
      );
    }),
  );
});

test('in a thread those of its channel count', () => {
  const place = createPlace();
  const { world, guild, channel, member } = place;
  const adam = member('Adam');
  const thread = world.addThread(channel('general'), { name: 'Aside', openedBy: adam.user.id });
  overwrite(place, channel('general'), guild.id, ['SendMessagesInThreads'], []);
  expect(permissionsIn(guild, thread, adam)).toBe(permissionsIn(guild, channel('general'), adam));
  expect([permissionToWrite(thread), permissionToWrite(channel('general'))]).toEqual([
    'SendMessagesInThreads',
    'SendMessages',
  ]);
});
