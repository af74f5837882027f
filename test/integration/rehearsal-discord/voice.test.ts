import { VoiceConnectionStatus } from '@discordjs/voice';
import { Events } from 'discord.js';
import { expect, test } from 'vitest';
import { must, next, refusal } from './harness.ts';
import { enters, openVoice } from './voice-stage.ts';

test('joining: a voice state with the gateway’s session, a voice server, a call; leaving ends all of it', async () => {
  const { discord, client, join, ready } = await openVoice();
  const { control } = discord;
  const told = next(client, Events.VoiceStateUpdate);
  const connection = join('Lounge');
  const [before, after] = await told;
  expect([before.channelId, after.channel?.name, after.selfDeaf, after.selfMute]).toEqual([
    null,
    'Lounge',
    false,
    false,
  ]);
  expect(after.sessionId).toBe(must(discord.of('identified')[0]).sessionId);
  await ready(connection);
  expect(control.botChannel()?.name).toBe('Lounge');
  const left = next(client, Events.VoiceStateUpdate);
  connection.destroy();
  const [was, is] = await left;
  expect([was.channel?.name, is.channelId]).toEqual(['Lounge', null]);
  expect(control.botChannel()).toBeNull();
  expect(discord.of('voiceStateAsked').map(({ channelId }) => channelId)).toEqual([control.channel('Lounge').id, null]);
  expect([...discord.violations, ...discord.voice.violations]).toEqual([]);
});

test('changing its own mute changes the voice state and nothing else', async () => {
  const { discord, client, join, ready } = await openVoice();
  const connection = join('Lounge');
  await ready(connection);
  const told = next(client, Events.VoiceStateUpdate);
  connection.rejoin({ ...connection.joinConfig, selfMute: true });
  expect((await told)[1].selfMute).toBe(true);
  expect(discord.of('voiceState')).toHaveLength(2);
  expect(discord.voice.call(discord.control.channel('Lounge').id)?.botConnected).toBe(true);
});

test('moving by itself: a new call, and the old one is left', async () => {
  const { discord, join, ready } = await openVoice();
  const { control } = discord;
  const connection = join('Lounge');
  await ready(connection);
  join('Studio');
  await discord.until(() => discord.voice.call(control.channel('Studio').id)?.botConnected);
  expect(control.botChannel()?.name).toBe('Studio');
  expect(discord.voice.call(control.channel('Lounge').id)?.botConnected).toBe(false);
  await ready(connection);
  expect([...discord.violations, ...discord.voice.violations]).toEqual([]);
});

test('a full channel does not answer at all, unless the bot may move members', async () => {
  const { discord, client, join } = await openVoice();
  const { control } = discord;
  const lounge = control.channel('Lounge');
  control.person('Adam').joinVoice(lounge);
  control.setUserLimit(lounge, 1);
  const connection = join('Lounge');
  await discord.until(() => discord.of('voiceStateAsked')[0]);
  expect(control.botChannel()).toBeNull();
  expect(connection.state.status).toBe(VoiceConnectionStatus.Signalling);
  const told = next(client, Events.VoiceStateUpdate, (_, { id }) => id === control.botId);
  control.setBotPermissions(['MoveMembers']);
  connection.rejoin();
  expect((await told)[1].channelId).toBe(lounge.id);
});

test('without Connect, or without seeing the channel, there is no answer either', async () => {
  const { discord, join } = await openVoice();
  const { control } = discord;
  control.overwriteBot(control.channel('Lounge'), { deny: ['Connect'] });
  control.overwriteBot(control.channel('Studio'), { deny: ['ViewChannel'] });
  join('Lounge');
  join('Studio');
  await discord.until(() => discord.of('voiceStateAsked').length === 2);
  expect(discord.of('voiceState')).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('without Speak the bot is there and suppressed', async () => {
  const { discord, client, join } = await openVoice();
  discord.control.overwriteBot(discord.control.channel('Lounge'), { deny: ['Speak'] });
  const told = next(client, Events.VoiceStateUpdate);
  join('Lounge');
  expect((await told)[1].suppress).toBe(true);
});

test('a moderator moves the bot: it follows into the other call', async () => {
  const { discord, join, ready } = await openVoice();
  const { control } = discord;
  const connection = join('Lounge');
  await ready(connection);
  control.move(control.botId, control.channel('Studio'));
  await discord.until(() => discord.voice.call(control.channel('Studio').id)?.botConnected);
  await ready(connection);
  expect(connection.joinConfig.channelId).toBe(control.channel('Studio').id);
  expect(discord.of('voiceStateAsked')).toHaveLength(1);
});

test('a moderator disconnects the bot: 4014, and no voice state any more', async () => {
  const { discord, client, join, ready, closes } = await openVoice();
  const { control } = discord;
  const connection = join('Lounge');
  await ready(connection);
  const told = next(client, Events.VoiceStateUpdate);
  control.move(control.botId, null);
  expect((await told)[1].channelId).toBeNull();
  await enters(connection, VoiceConnectionStatus.Disconnected);
  await discord.until(() => closes.length);
  expect(closes).toEqual([4014]);
});

test('server mute and deaf are told, and outlast leaving', async () => {
  const { discord, client, join, ready } = await openVoice();
  const { control } = discord;
  const connection = join('Lounge');
  await ready(connection);
  const told = next(client, Events.VoiceStateUpdate);
  control.changeVoice(control.botId, { serverMute: true, serverDeaf: true });
  const [, muted] = await told;
  expect([muted.serverMute, muted.serverDeaf]).toEqual([true, true]);
  connection.disconnect();
  await discord.until(() => control.botVoice() === null);
  const back = next(client, Events.VoiceStateUpdate, (_, { channelId }) => channelId !== null);
  connection.rejoin({ channelId: control.channel('Lounge').id, selfDeaf: false, selfMute: false });
  expect((await back)[1].serverMute).toBe(true);
});

test('another voice server takes over: no endpoint, then a new one, and the call goes on there', async () => {
  const { discord, client, join, ready } = await openVoice();
  const { control } = discord;
  const connection = join('Lounge');
  await ready(connection);
  const endpoints: (string | null)[] = [];
  client.on(Events.Raw, ({ t, d }: { t: string | null; d: { endpoint: string | null } }) => {
    if (t === 'VOICE_SERVER_UPDATE') endpoints.push(d.endpoint);
  });
  const before = discord.voice.endpoint;
  const gone = enters(connection, VoiceConnectionStatus.Disconnected);
  await control.moveVoiceServer();
  await gone;
  await ready(connection);
  expect(discord.voice.endpoint).not.toBe(before);
  expect(endpoints).toEqual([null, discord.voice.endpoint]);
  expect(discord.voice.call(control.channel('Lounge').id)?.botConnected).toBe(true);
  expect(discord.violations).toEqual([]);
});

test('a channel that is deleted ends its call with 4022, for the bot and for the people in it', async () => {
  const { discord, client, join, ready, closes } = await openVoice();
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const adam = control.person('Adam');
  adam.joinVoice(lounge);
  await ready(join('Lounge'));
  const order: string[] = [];
  client.on(Events.ChannelDelete, ({ id }) => order.push(`deleted ${id}`));
  client.on(Events.VoiceStateUpdate, (_, { id, channelId }) => order.push(`${id} in ${channelId}`));
  control.deleteChannel(lounge);
  await discord.until(() => closes.length);
  expect(closes).toEqual([4022]);
  await expect
    .poll(() => order.toSorted(), { timeout: 5_000 })
    .toEqual([`deleted ${lounge.id}`, `${adam.id} in null`, `${control.botId} in null`].toSorted());
  expect(order[0]).toBe(`deleted ${lounge.id}`);
  expect(adam.voice).toBeNull();
});

test('a bot that is thrown out of the server is out of the call', async () => {
  const { discord, client, join, ready, closes } = await openVoice();
  const { control } = discord;
  const connection = join('Lounge');
  await ready(connection);
  const deleted = next(client, Events.GuildDelete);
  control.removeGuild(control.guild());
  await deleted;
  await discord.until(() => closes.length);
  expect(closes).toEqual([4014]);
  expect(control.botChannel()).toBeNull();
});

test('who comes, moves, mutes itself and goes is told', async () => {
  const { discord, client } = await openVoice();
  const { control } = discord;
  const adam = control.person('Adam');
  const seen: unknown[] = [];
  client.on(Events.VoiceStateUpdate, (before, after) => {
    seen.push([after.member?.displayName, before.channel?.name, after.channel?.name, after.selfMute]);
  });
  adam.joinVoice(control.channel('Lounge'));
  adam.setVoice({ selfMute: true });
  adam.joinVoice(control.channel('Studio'));
  control.move(adam.id, control.channel('Lounge'));
  adam.leaveVoice();
  await expect.poll(() => seen.length, { timeout: 5_000 }).toBe(5);
  expect(seen).toEqual([
    ['Adam', undefined, 'Lounge', false],
    ['Adam', 'Lounge', 'Lounge', true],
    ['Adam', 'Lounge', 'Studio', true],
    ['Adam', 'Studio', 'Lounge', true],
    ['Adam', 'Lounge', undefined, true],
  ]);
});

test('on a stage the bot is audience: it may ask to speak, and speak once a moderator lets it', async () => {
  const { discord, client, guild, join, ready } = await openVoice();
  const { control } = discord;
  await ready(join('Stage'));
  const me = must(guild.members.me);
  expect(me.voice.suppress).toBe(true);
  expect(await refusal(me.voice.setSuppressed(false))).toBe(50013);
  const asked = next(client, Events.VoiceStateUpdate);
  await me.voice.setRequestToSpeak(true);
  expect((await asked)[1].requestToSpeakTimestamp).not.toBeNull();
  const withdrawn = next(client, Events.VoiceStateUpdate);
  await me.voice.setRequestToSpeak(false);
  expect((await withdrawn)[1].requestToSpeakTimestamp).toBeNull();
  const invited = next(client, Events.VoiceStateUpdate);
  control.changeVoice(control.botId, { suppress: false });
  expect((await invited)[1].suppress).toBe(false);
  expect([...discord.violations, ...discord.voice.violations]).toEqual([]);
});

test('who may mute others speaks on the stage without asking; who may not ask cannot', async () => {
  const { discord, client, guild, join, ready } = await openVoice();
  const { control } = discord;
  const stage = control.channel('Stage');
  await ready(join('Stage'));
  const me = must(guild.members.me);
  control.overwriteBot(stage, { deny: ['RequestToSpeak'] });
  expect(await refusal(me.voice.setRequestToSpeak(true))).toBe(50013);
  control.overwriteBot(stage, { allow: ['MuteMembers'] });
  const speaks = next(client, Events.VoiceStateUpdate);
  await me.voice.setSuppressed(false);
  expect((await speaks)[1].suppress).toBe(false);
});

test('the stage’s request is refused elsewhere', async () => {
  const { discord, client, guild, join, ready } = await openVoice();
  const path = `/guilds/${guild.id}/voice-states/@me` as const;
  const patch = (body: object) => refusal(client.rest.patch(path, { body }));
  expect(await patch({ suppress: true })).toBe(10065);
  await ready(join('Lounge'));
  expect(await patch({ suppress: true })).toBe(50024);
  expect(discord.violations).toEqual([]);
  expect(await patch({ request_to_speak_timestamp: 'soon' })).toBe(50035);
  expect(discord.rules).toEqual(['invalid-form']);
});
