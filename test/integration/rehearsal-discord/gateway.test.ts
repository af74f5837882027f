import { Events, GatewayIntentBits } from 'discord.js';
import { expect, test } from 'vitest';
import { ask, createClient, dial, logIn, must, next, openStage, startDiscord } from './harness.ts';

test('discord.js logs in and knows the server: its channels, its roles, and its own permissions', async () => {
  const { discord, client } = await openStage();
  const guild = must(client.guilds.cache.first());
  expect(client.user.username).toBe('parley');
  expect(client.application.id).toBe(discord.applicationId);
  expect(guild.channels.cache.map(({ name }) => name)).toEqual(['general', 'Lounge', 'Studio', 'Stage']);
  expect(guild.roles.cache.map(({ name }) => name).toSorted()).toEqual(['@everyone', 'Parley']);
  const me = must(guild.members.me);
  expect(me.permissions.has('Connect')).toBe(true);
  expect(me.permissions.has('ManageGuild')).toBe(false);
  expect(guild.roles.botRoleFor(client.user)?.name).toBe('Parley');
  expect(discord.violations).toEqual([]);
});

test('READY names servers as unavailable, each follows by itself, and dispatches are numbered', async () => {
  const gateway = await dial(await startDiscord({ guilds: [{ name: 'One' }, { name: 'Two' }] }));
  gateway.identify();
  const two = await gateway.frame(({ t, d }) => t === 'GUILD_CREATE' && d.name === 'Two');
  const ready = await gateway.event('READY');
  expect(ready.d).toMatchObject({ v: 10, shard: [0, 1], application: { flags: 0 }, user: { bot: true } });
  expect(ready.d.guilds).toHaveLength(2);
  expect(ready.d.guilds).toContainEqual({ id: two.d.id, unavailable: true });
  expect(ready.d.resume_gateway_url).toMatch(/^ws:\/\/127\.0\.0\.1:/);
  expect(gateway.frames.filter(({ op }) => op === 0).map(({ s }) => s)).toEqual([1, 2, 3]);
});

test('without the members intent a bot is told of itself and of whoever is in a voice channel', async () => {
  const discord = await startDiscord();
  discord.control.person('Beth').joinVoice(discord.control.channel('Lounge'));
  const client = await logIn(discord);
  const guild = must(client.guilds.cache.first());
  expect(guild.members.cache.map(({ displayName }) => displayName).toSorted()).toEqual(['Beth', 'Parley']);
  expect(guild.memberCount).toBe(4);
  expect(guild.voiceStates.cache.map(({ channel }) => channel?.name)).toEqual(['Lounge']);
});

test('starts of sessions are counted down', async () => {
  const discord = await startDiscord();
  const before = await ask(discord, 'GET', '/gateway/bot');
  await logIn(discord);
  const after = await ask(discord, 'GET', '/gateway/bot');
  expect(before.body.session_start_limit.remaining - after.body.session_start_limit.remaining).toBe(1);
});

test('a wrong token: 401 over REST, and discord.js does not log in', async () => {
  const discord = await startDiscord();
  const wrong = `${discord.token}x`;
  const { status, body } = await ask(discord, 'GET', '/users/@me', undefined, `Bot ${wrong}`);
  expect([status, body]).toEqual([401, { message: '401: Unauthorized', code: 0 }]);
  expect((await ask(discord, 'GET', '/users/@me', undefined, discord.token)).status).toBe(401);
  await expect(createClient(discord).login(wrong)).rejects.toThrow('An invalid token was provided.');
});

test('a wrong token on the gateway: 4004', async () => {
  const gateway = await dial(await startDiscord());
  gateway.identify({ token: 'no' });
  expect(await gateway.closed).toBe(4004);
});

test('a token that is reset ends the session for good', async () => {
  const { discord, client } = await openStage();
  const old = discord.token;
  const disconnected = next(client, Events.ShardDisconnect);
  client.on(Events.ShardError, () => undefined);
  discord.control.resetToken();
  expect((await disconnected)[0].code).toBe(4004);
  expect((await ask(discord, 'GET', '/users/@me', undefined, `Bot ${old}`)).status).toBe(401);
  expect((await ask(discord, 'GET', '/users/@me')).status).toBe(200);
});

test('a privileged intent that is not switched on: discord.js is refused with 4014', async () => {
  const discord = await startDiscord();
  const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent];
  await expect(createClient(discord, { intents }).login(discord.token)).rejects.toThrow('Used disallowed intents');
  const closed = await discord.until(() => discord.of('gatewayClosed')[0]);
  expect(closed).toMatchObject({ code: 4014, by: 'server' });
});

test.each([
  ['an intent that does not exist', { intents: 1 << 17 }, 4013],
  ['an intent beyond all that exist', { intents: 1 << 28 }, 4013],
  ['negative intents', { intents: -1 }, 4013],
  ['no intents at all', { intents: undefined }, 4013],
  ['the members intent', { intents: 1 << 1 }, 4014],
  ['another shard than the only one', { shard: [1, 2] }, 4010],
  ['no properties', { properties: undefined }, 4002],
])('identifying with %s closes the connection', async (_, more, code) => {
  const gateway = await dial(await startDiscord());
  gateway.identify(more);
  expect(await gateway.closed).toBe(code);
});

test('every intent that exists and is not privileged is taken', async () => {
  const gateway = await dial(await startDiscord());
  gateway.identify({ intents: 53_575_421 });
  expect((await gateway.event('READY')).d.session_id).toBeTruthy();
});

test('another version than 10 is refused', async () => {
  const gateway = await dial(await startDiscord(), '?v=9&encoding=json');
  expect(await gateway.closed).toBe(4012);
});

test.each([
  ['an op 4 before identifying', 4003, [4, { guild_id: '1', channel_id: null, self_mute: false, self_deaf: false }]],
  ['resuming with no such field', 4002, [6, { token: 'x' }]],
] as const)('%s: %i', async (_, code, [op, d]) => {
  const discord = await startDiscord();
  const gateway = await dial(discord);
  gateway.send(op, d);
  expect(await gateway.closed).toBe(code);
  expect(discord.rules).toEqual(['gateway-payload']);
});

test.each([
  [
    'identifying twice',
    4005,
    (token: string) => ({ op: 2, d: { token, intents: 1, properties: { os: '', browser: '', device: '' } } }),
  ],
  ['an opcode that no bot sends', 4001, () => ({ op: 12, d: null })],
  ['an opcode of the server', 4001, () => ({ op: 0, d: {} })],
  ['an op 4 without its flags', 4002, () => ({ op: 4, d: { guild_id: '1', channel_id: null } })],
  ['a heartbeat that acknowledges what was never sent', 4007, () => ({ op: 1, d: 99 })],
  ['a payload of more than 4096 bytes', 4002, () => ({ op: 3, d: { text: 'x'.repeat(4_096) } })],
])('%s closes a session with %i, and is a violation', async (_, code, frame) => {
  const discord = await startDiscord();
  const gateway = await dial(discord);
  gateway.identify();
  await gateway.event('READY');
  gateway.sendText(JSON.stringify(frame(discord.token)));
  gateway.sendText('and more of it');
  expect(await gateway.closed).toBe(code);
  expect(discord.rules).toEqual(['gateway-payload']);
});

test('what is no JSON: 4002', async () => {
  const gateway = await dial(await startDiscord());
  gateway.sendText('{"op": 1');
  expect(await gateway.closed).toBe(4002);
});

test('heartbeats are acknowledged; a bot that stops beating is closed with 4009', async () => {
  const discord = await startDiscord({ heartbeatIntervalMs: 60 });
  const gateway = await dial(discord);
  gateway.identify();
  gateway.send(1, null);
  expect((await gateway.frame(({ op }) => op === 11)).d).toBeNull();
  expect(await gateway.closed).toBe(4009);
  expect(discord.rules).toEqual(['gateway-payload']);
});

test('discord.js beats for as long as it is there', async () => {
  const { discord, client } = await openStage({ heartbeatIntervalMs: 300 });
  await expect.poll(() => client.ws.ping, { timeout: 5_000 }).toBeGreaterThanOrEqual(0);
  expect(discord.violations).toEqual([]);
});

test('a connection whose heartbeats are not answered is given up by discord.js, and resumed', async () => {
  const { discord, client } = await openStage({ heartbeatIntervalMs: 200 });
  const resumed = next(client, Events.ShardResume);
  discord.control.gateway.answerHeartbeats(false);
  await resumed;
  expect(discord.violations).toEqual([]);
});

test('more than 120 payloads a minute: 4008, and one violation', async () => {
  const discord = await startDiscord();
  const gateway = await dial(discord);
  gateway.identify();
  await gateway.event('READY');
  const { id } = discord.control.guild();
  for (let count = 0; count < 130; count++)
    gateway.send(4, { guild_id: id, channel_id: null, self_mute: false, self_deaf: false });
  expect(await gateway.closed).toBe(4008);
  expect(discord.rules).toEqual(['gateway-flood']);
  expect(discord.of('voiceStateAsked')).toHaveLength(119);
});
