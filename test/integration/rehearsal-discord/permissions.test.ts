import { Events, type GuildTextBasedChannel, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import type { PermissionName } from '../../../src/rehearsal/discord/world/permissions.ts';
import { ask, next, openStage, refusal, type Stage } from './harness.ts';

interface Denied extends Stage {
  readonly channel: GuildTextBasedChannel;
}

/** discord.js with a channel in which the bot lacks something, and knows that it does. */
async function withoutPermission(deny: readonly PermissionName[], name = 'general'): Promise<Denied> {
  const stage = await openStage();
  const { control } = stage.discord;
  const told = next(stage.client, Events.ChannelUpdate);
  control.overwriteBot(control.channel(name), { deny });
  await told;
  const channel = stage.client.channels.cache.get(control.channel(name).id);
  if (!channel?.isSendable() || channel.isDMBased()) throw new Error('not a text channel of a server');
  return { ...stage, channel };
}

test('without ViewChannel nothing in the channel is reached: 50001', async () => {
  const { channel, discord } = await withoutPermission(['ViewChannel']);
  expect(await refusal(channel.send('x'))).toBe(50001);
  expect(await refusal(channel.messages.fetch())).toBe(50001);
  expect(await refusal(channel.fetch())).toBe(50001);
  expect(await refusal(channel.sendTyping())).toBe(50001);
  expect(discord.violations).toEqual([]);
});

test('without ViewChannel none of its messages are heard of, until it is given back', async () => {
  const { channel, client, discord } = await withoutPermission(['ViewChannel']);
  const { control } = discord;
  const [adam, general] = [control.person('Adam'), control.channel('general')];
  const heard: string[] = [];
  client.on(Events.MessageCreate, ({ id }) => heard.push(id));
  adam.write(general, 'hidden');
  const updated = next(client, Events.ChannelUpdate);
  control.overwriteBot(general, {});
  await updated;
  const told = next(client, Events.MessageCreate);
  const { id } = adam.write(general, 'shown');
  await told;
  expect(heard).toEqual([id]);
  await expect(channel.send('thanks')).resolves.toBeDefined();
});

test.each<[string, PermissionName, object]>([
  ['writing without SendMessages', 'SendMessages', { content: 'x' }],
  ['a file without AttachFiles', 'AttachFiles', { files: [{ attachment: Buffer.from('x'), name: 'x.txt' }] }],
  [
    'a poll without SendPolls',
    'SendPolls',
    { poll: { question: { text: '?' }, answers: [{ text: '!' }], duration: 1, allowMultiselect: false } },
  ],
  ['nothing but an embed without EmbedLinks', 'EmbedLinks', { embeds: [{ title: 'x' }] }],
])('%s: 50013', async (_, permission, body) => {
  const { channel, discord } = await withoutPermission([permission]);
  expect(await refusal(channel.send(body))).toBe(50013);
  expect(discord.control.channel('general').messages).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('an embed beside a text just falls away without EmbedLinks', async () => {
  const { channel } = await withoutPermission(['EmbedLinks']);
  const { content, embeds } = await channel.send({ content: 'words', embeds: [{ title: 'x' }] });
  expect([content, embeds]).toEqual(['words', []]);
});

test('a voice message without its permission: 50173', async () => {
  const voiceMessage = {
    flags: MessageFlags.IsVoiceMessage as const,
    files: [
      { attachment: Buffer.from('OggS'), name: 'voice.ogg', contentType: 'audio/ogg', duration: 1.5, waveform: 'AAAA' },
    ],
  };
  const form = new FormData();
  const attachments = [{ id: '0', filename: 'voice.ogg', duration_secs: 1.5, waveform: 'AAAA' }];
  form.append('payload_json', JSON.stringify({ flags: voiceMessage.flags, attachments }));
  form.append('files[0]', new File(['OggS'], 'voice.ogg', { type: 'audio/ogg' }));
  const { discord } = await withoutPermission(['SendVoiceMessages']);
  const path = (name: string) => `/channels/${discord.control.channel(name).id}/messages`;
  const refused = await ask(discord, 'POST', path('general'), form);
  expect([refused.status, refused.body.code]).toEqual([403, 50173]);
  const sent = await ask(discord, 'POST', path('Lounge'), form);
  expect(sent.body.attachments).toMatchObject([{ content_type: 'audio/ogg', duration_secs: 1.5, waveform: 'AAAA' }]);
  expect(discord.violations).toEqual([]);
});

test('the chat of a voice channel is closed without Connect: 50001', async () => {
  const { channel, discord } = await withoutPermission(['Connect'], 'Lounge');
  expect(await refusal(channel.send('x'))).toBe(50001);
  expect(await refusal(channel.messages.fetch())).toBe(50001);
  await expect(channel.fetch(true)).resolves.toMatchObject({ name: 'Lounge' });
  expect(discord.violations).toEqual([]);
});

test('without ReadMessageHistory there is no history, and no replying', async () => {
  const { channel, discord } = await withoutPermission(['ReadMessageHistory']);
  const { id } = discord.control.person('Adam').write(discord.control.channel('general'), 'hello');
  expect((await channel.messages.fetch({ cache: false })).size).toBe(0);
  expect(await refusal(channel.messages.fetch({ message: id, force: true }))).toBe(50013);
  expect(await refusal(channel.send({ content: 'x', reply: { messageReference: id } }))).toBe(160002);
  expect(discord.violations).toEqual([]);
});

test('a thread takes permissions of its own: opening one, and writing in it', async () => {
  const { client, discord } = await withoutPermission(['CreatePublicThreads', 'SendMessagesInThreads']);
  const { control } = discord;
  const general = control.channel('general');
  const open = await ask(discord, 'POST', `/channels/${general.id}/threads`, { name: 'x', type: 11 });
  expect(open.body.code).toBe(50013);
  const created = next(client, Events.ThreadCreate);
  control.person('Adam').openThread(general, 'Aside');
  const [thread] = await created;
  expect(await refusal(thread.send('x'))).toBe(50013);
  control.overwriteBot(general, { allow: ['SendMessagesInThreads'], deny: ['SendMessages'] });
  await expect(thread.send('x')).resolves.toBeDefined();
});

test('a reaction takes AddReactions', async () => {
  const { channel, discord } = await withoutPermission(['AddReactions']);
  const { id } = discord.control.person('Adam').write(discord.control.channel('general'), 'hello');
  expect(await refusal(channel.messages.react(id, '👋'))).toBe(50013);
});

test('the status of a voice channel takes its permission, and being there or managing channels', async () => {
  const { client, discord } = await openStage();
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const path = `/channels/${lounge.id}/voice-status`;
  const set = async (status: unknown) => (await ask(discord, 'PUT', path, { status })).status;
  expect(await set('listening')).toBe(403);
  const guild = client.guilds.cache.first();
  guild?.shard.send({ op: 4, d: { guild_id: guild.id, channel_id: lounge.id, self_mute: false, self_deaf: false } });
  await discord.until(() => control.botChannel());
  expect(await set('listening')).toBe(204);
  expect(lounge.status).toBe('listening');
  expect(await set(null)).toBe(204);
  expect(lounge.status).toBeNull();
  expect(discord.violations).toEqual([]);
  expect(await set('x'.repeat(501))).toBe(400);
  expect(discord.rules).toEqual(['invalid-form']);
  control.overwriteBot(lounge, { deny: ['SetVoiceChannelStatus'] });
  expect(await set('x')).toBe(403);
});

test('a server the bot is not on: its channels and members are out of reach', async () => {
  const { discord } = await openStage({ guilds: [{ name: 'Mine' }, { name: 'Theirs', withoutBot: true }] });
  const theirs = discord.control.guild('Theirs');
  const codes: unknown[] = [];
  for (const path of [
    `/channels/${theirs.channels[0]?.id}`,
    `/guilds/${theirs.id}`,
    '/channels/1',
    '/guilds/1',
    '/users/1',
  ])
    codes.push((await ask(discord, 'GET', path)).body.code);
  expect(codes).toEqual([50001, 50001, 10003, 10004, 10013]);
});
