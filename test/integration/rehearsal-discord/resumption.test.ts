import { Events, type Interaction, type Message } from 'discord.js';
import { expect, test } from 'vitest';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { dial, must, next, openStage, type RawGateway, startDiscord, type TestDiscord } from './harness.ts';

/** Gives the bot a command to be asked with. */
function withCommand(discord: TestDiscord): void {
  discord.control.commands.write(null, [{ name: 'ping', description: 'Says pong' }]);
}

test.each([
  ['the connection is cut', (discord: TestDiscord) => discord.control.gateway.cut()],
  ['the gateway asks for a reconnect (op 7)', (discord: TestDiscord) => discord.control.gateway.askReconnect()],
  ['the gateway closes with 4000', (discord: TestDiscord) => discord.control.gateway.close(4000)],
])('when %s, discord.js resumes and misses nothing', async (_, lose) => {
  const { discord, client } = await openStage();
  withCommand(discord);
  const adam = discord.control.person('Adam');
  const got: string[] = [];
  client.on(Events.MessageCreate, (message: Message) => got.push(message.id));
  client.on(Events.InteractionCreate, (interaction: Interaction) => got.push(interaction.id));
  const resumed = next(client, Events.ShardResume);
  lose(discord);
  await discord.until(() => discord.of('gatewayClosed')[0]);
  const general = discord.control.channel('general');
  const first = adam.write(general, 'one');
  const { interaction } = adam.command('ping');
  const last = adam.write(general, 'two');
  const [, replayed] = await resumed;
  expect(got).toEqual([first.id, interaction.id, last.id]);
  // discord.js counts RESUMED itself.
  expect(replayed).toBe(4);
  expect(discord.of('identified')).toHaveLength(1);
  expect(discord.violations).toEqual([]);
});

test('op 9 that says so is answered with a resume on the same connection', async () => {
  const { discord, client } = await openStage();
  const resumed = next(client, Events.ShardResume);
  discord.control.gateway.invalidate(true);
  await resumed;
  expect(discord.of('gatewayClosed')).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('op 9 without hope ends the session; discord.js identifies anew', async () => {
  const { discord, client } = await openStage();
  const ready = next(client, Events.ShardReady);
  discord.control.gateway.invalidate(false);
  await ready;
  const [first, second] = discord.of('identified');
  expect(must(first).sessionId).not.toBe(must(second).sessionId);
  expect(discord.of('resumed')).toEqual([]);
  expect(discord.violations).toEqual([]);
});

/** A session on a bare connection: what it takes to resume it. */
async function beginSession(
  discord: TestDiscord,
): Promise<{ gateway: RawGateway; resume: { token: string; session_id: string; seq: number } }> {
  const gateway = await dial(discord);
  gateway.identify();
  const { s } = await gateway.event('GUILD_CREATE');
  const ready = await gateway.event('READY');
  return { gateway, resume: { token: discord.token, session_id: ready.d.session_id, seq: must(s) } };
}

async function resumeWith(discord: TestDiscord, resume: object): Promise<RawGateway> {
  const gateway = await dial(discord);
  gateway.send(6, resume);
  return gateway;
}

const invalidSession = ({ op }: { op: number }): boolean => op === 9;

test.each([1000, 1001])('a client that closes with %i ends its session', async (code) => {
  const discord = await startDiscord();
  const { gateway, resume } = await beginSession(discord);
  gateway.close(code);
  await gateway.closed;
  const again = await resumeWith(discord, resume);
  expect((await again.frame(invalidSession)).d).toBe(false);
  again.identify();
  expect((await again.event('READY')).d.session_id).not.toBe(resume.session_id);
});

test('a client that closes with anything else may come back', async () => {
  const discord = await startDiscord();
  const { gateway, resume } = await beginSession(discord);
  gateway.close(4200);
  await gateway.closed;
  const again = await resumeWith(discord, resume);
  expect((await again.event('RESUMED')).s).toBe(resume.seq + 1);
});

test('a session that nobody comes back to is forgotten after two minutes, and the voice with it', async () => {
  const clock = createFakeClock();
  const discord = await startDiscord({ after: clock.after });
  const { gateway, resume } = await beginSession(discord);
  const guild = discord.control.guild();
  const lounge = discord.control.channel('Lounge');
  gateway.send(4, { guild_id: guild.id, channel_id: lounge.id, self_mute: false, self_deaf: false });
  await gateway.event('VOICE_SERVER_UPDATE');
  gateway.cut();
  await discord.until(() => discord.of('gatewayClosed')[0]);
  clock.advance(119_000);
  expect(discord.control.botChannel()).toBe(lounge);
  clock.advance(2_000);
  expect(discord.control.botChannel()).toBeNull();
  const again = await resumeWith(discord, resume);
  expect((await again.frame(invalidSession)).d).toBe(false);
});

test('a session of another bot, or with another token, cannot be resumed', async () => {
  const discord = await startDiscord();
  const { gateway, resume } = await beginSession(discord);
  gateway.cut();
  const stranger = await resumeWith(discord, { ...resume, session_id: 'made-up' });
  expect((await stranger.frame(invalidSession)).d).toBe(false);
  const thief = await resumeWith(discord, { ...resume, token: 'no' });
  expect(await thief.closed).toBe(4004);
});

test('resuming after what was never sent: 4007', async () => {
  const discord = await startDiscord();
  const { gateway, resume } = await beginSession(discord);
  gateway.cut();
  const again = await resumeWith(discord, { ...resume, seq: resume.seq + 5 });
  expect(await again.closed).toBe(4007);
});

test('a session resumed while its old connection still looks alive goes on where it was resumed', async () => {
  const discord = await startDiscord();
  const { gateway, resume } = await beginSession(discord);
  const again = await resumeWith(discord, resume);
  await again.event('RESUMED');
  expect(await gateway.closed).toBe(4000);
  await discord.until(() => discord.of('gatewayClosed')[0]);
  const { id } = discord.control.person('Adam').write(discord.control.channel('general'), 'still there?');
  expect((await again.event('MESSAGE_CREATE')).d.id).toBe(id);
  expect(gateway.frames.some(({ t }) => t === 'MESSAGE_CREATE')).toBe(false);
});

test('when too much was missed, there is no resuming', async () => {
  const discord = await startDiscord();
  const { gateway, resume } = await beginSession(discord);
  gateway.cut();
  await discord.until(() => discord.of('gatewayClosed')[0]);
  const adam = discord.control.person('Adam');
  const general = discord.control.channel('general');
  for (let count = 0; count <= 2_000; count++) adam.write(general, 'again');
  const again = await resumeWith(discord, resume);
  expect((await again.frame(invalidSession)).d).toBe(false);
});

test('a client that closes for good leaves its voice channel, and members are told', async () => {
  const { discord, client } = await openStage();
  const guild = must(client.guilds.cache.first());
  const lounge = discord.control.channel('Lounge');
  guild.shard.send({ op: 4, d: { guild_id: guild.id, channel_id: lounge.id, self_mute: false, self_deaf: false } });
  await discord.until(() => discord.control.botChannel());
  await client.destroy();
  await discord.until(() => discord.control.botChannel() === null);
  expect(discord.of('gatewayClosed')).toMatchObject([{ code: 1000, by: 'client' }]);
  expect(discord.of('voiceState').at(-1)).toMatchObject({ channelId: null, before: lounge.id });
});
