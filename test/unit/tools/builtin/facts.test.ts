import { expect, test } from 'vitest';
import type { MemberFacts } from '../../../../src/tools/guild-actions.ts';
import { setUp } from './bench.ts';

const ada: MemberFacts = {
  id: '1',
  name: 'Ada',
  username: 'ada.l',
  bot: false,
  owner: true,
  joinedAt: Date.parse('2024-02-29T12:00:00Z'),
  roles: ['Mods'],
  voiceChannel: 'Lounge',
};

test('who is here: people by name, bots apart, those who opted out as a number only', async () => {
  const presence = () => ({ channel: 'Lounge', people: ['Ada', 'Bob'], bots: ['Jukebox'], notHeard: 1 });
  expect(await setUp({ guild: { presence } }).call('who_is_here')).toEqual({
    channel: 'Lounge',
    people: ['Ada', 'Bob'],
    numberOfPeople: 2,
    otherBots: ['Jukebox'],
    moreWhoDoNotTakePart: 1,
  });
  expect(await setUp().call('who_is_here')).toEqual({ note: expect.stringContaining('in text') });
});

test('a member is told of in words, also when not much is known', async () => {
  const bare = { ...ada, name: 'Bob', owner: false, bot: true, joinedAt: null, roles: [], voiceChannel: null };
  const asked: string[] = [];
  const findMembers = (name: string) => {
    asked.push(name);
    return [ada, bare];
  };
  const { members } = await setUp({ guild: { findMembers } }).call('member_info', { name: ' ada ' });
  expect(asked).toEqual(['ada']);
  expect(members).toEqual([
    {
      name: 'Ada',
      username: 'ada.l',
      ownsTheServer: true,
      joined: '2024-02-29',
      roles: ['Mods'],
      voiceChannel: 'Lounge',
    },
    { name: 'Bob', username: 'ada.l', isBot: true, joined: 'unknown', roles: [], voiceChannel: 'none' },
  ]);
});

test('nobody of that name: it says whom it knows', async () => {
  expect(await setUp().call('member_info', { name: 'Zoe' })).toEqual({
    members: [],
    note: expect.stringMatching(/only know/),
  });
});

test('the server in words', async () => {
  const facts = { name: 'Home', members: 5, textChannels: 1, voiceChannels: 2, roles: 3, boosts: 0, boostLevel: 0 };
  const server = () => ({ ...facts, description: null, createdAt: Date.parse('2020-05-05T00:00:00Z') });
  expect(await setUp({ guild: { server } }).call('server_info')).toEqual({ ...facts, created: '2020-05-05' });
});
