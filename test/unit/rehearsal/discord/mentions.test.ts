import { expect, test } from 'vitest';
import { type AllowedMentions, mentionsOf } from '../../../../src/rehearsal/discord/mentions.ts';
import type { MessageState } from '../../../../src/rehearsal/discord/world/guild-state.ts';
import { createPlace, NOW } from './worlds.ts';

const { guild, channel, member } = createPlace();
const [olive, adam, beth] = ['Olive', 'Adam', 'Beth'].map((name) => member(name).user) as [
  MessageState['author'],
  MessageState['author'],
  MessageState['author'],
];

function message(content: string, more: Partial<MessageState> = {}): MessageState {
  return {
    ...{ id: '5', guildId: guild.id, channelId: channel('general').id, author: adam, createdAt: NOW, editedAt: null },
    ...{ content, embeds: [], components: [], attachments: [], poll: null, flags: 0, botReactions: [] },
    ...{ mentions: [], mentionRoles: [], mentionEveryone: false },
    ...{ replyTo: null, interaction: null, privateTo: null, viaWebhook: null, nonce: null, deleted: false },
    ...more,
  };
}

const named = (of: MessageState, allowed?: AllowedMentions | null, pingsReplied = true): string[] =>
  mentionsOf(of, guild, allowed, pingsReplied).mentions.map(({ name }) => name);

test('members are mentioned once each, strangers not at all', () => {
  expect(named(message(`<@${beth.id}> and <@!${olive.id}>, <@${beth.id}>, <@1>`))).toEqual(['Beth', 'Olive']);
  expect(named(message('', { components: [{ type: 10, content: `<@${beth.id}>` }] }))).toEqual(['Beth']);
});

test('what is allowed decides: by kind, by id, or nobody', () => {
  const both = message(`<@${beth.id}> <@${olive.id}>`);
  expect(named(both, { parse: ['users'] })).toEqual(['Beth', 'Olive']);
  expect(named(both, { users: [olive.id] })).toEqual(['Olive']);
  expect(named(both, { parse: [] })).toEqual([]);
  expect(named(both, {})).toEqual([]);
});

test('a reply pings by default; once something is said of mentions, only when that says so', () => {
  const reply = message('yes', { replyTo: message('?', { author: beth }) });
  expect(named(reply)).toEqual(['Beth']);
  expect(named(reply, null, false)).toEqual([]);
  expect(named(reply, { parse: ['users'] })).toEqual([]);
  expect(named(reply, { parse: [], replied_user: true })).toEqual(['Beth']);
});

test('roles and everybody are mentioned by whoever may', () => {
  const words = `@everyone <@&${guild.roles[1]?.id}> <@&1>`;
  const nothing = { mentionRoles: [], mentionEveryone: false };
  expect(mentionsOf(message(words), guild, null, true)).toMatchObject(nothing);
  const byOwner = message(words, { author: olive });
  expect(mentionsOf(byOwner, guild, null, true)).toMatchObject({
    mentionRoles: [guild.roles[1]?.id],
    mentionEveryone: true,
  });
  expect(mentionsOf(byOwner, guild, { parse: ['users'] }, true)).toMatchObject(nothing);
});
