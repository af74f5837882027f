import { expect, test } from 'vitest';
import { commands, messageCommands } from '../../../commands/index.ts';
import { startParley } from '../../../src/parley.ts';
import { createMemoryRooms } from '../../kit/memory-rooms.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { answered, configFor, startBot, startDiscord } from './harness.ts';

test('commands are written once: a second start with the same list changes nothing', async () => {
  const discord = await startDiscord();
  const first = await startBot(discord);
  await first.parley.close();
  expect(discord.control.commands.writes).toBe(1);
  await startBot(discord);
  expect(discord.control.commands.writes).toBe(1);
  expect(discord.violations).toEqual([]);
});

test('with DEV_GUILD_ID the commands are in that server alone', async () => {
  const discord = await startDiscord();
  const guildId = discord.control.guild().id;
  await startBot(discord, { env: { DEV_GUILD_ID: guildId } });
  const names = [...commands, ...messageCommands].map(({ body }) => body.name);
  expect(discord.control.commands.list(guildId).map(({ name }) => name)).toEqual(names);
  expect(discord.control.commands.list(null)).toEqual([]);
});

test('a wrong token ends the start with its own code', async () => {
  const discord = await startDiscord();
  const config = configFor({ apiUrl: discord.apiUrl, token: 'MTIz.abc.not-the-token' });
  const start = startParley(config, {
    log: createRecordingLog(),
    signal: new AbortController().signal,
    onRefused: () => undefined,
    createRooms: ({ on, sendVoicePayload }) => createMemoryRooms({ on, sendVoicePayload }),
  });
  await expect(start).rejects.toMatchObject({ code: 'DISCORD_TOKEN_REFUSED' });
});

test('a message content intent that is not switched on ends the start with its own code', async () => {
  const discord = await startDiscord();
  const config = configFor(discord, { MESSAGE_CONTENT: 'true' });
  const start = startParley(config, {
    log: createRecordingLog(),
    signal: new AbortController().signal,
    onRefused: () => undefined,
    createRooms: ({ on, sendVoicePayload }) => createMemoryRooms({ on, sendVoicePayload }),
  });
  await expect(start).rejects.toMatchObject({ code: 'DISCORD_INTENT_REFUSED' });
});

test('a gateway connection that is cut is resumed, and a command given meanwhile is answered', async () => {
  const discord = await startDiscord();
  const { rooms } = await startBot(discord);
  const { control } = discord;
  const adam = control.person('Adam');
  adam.joinVoice(control.channel('Lounge'));
  control.gateway.cut();
  const reply = await adam.command('join').until(answered);
  expect(reply.messages[0]?.content).toContain('listening');
  expect(rooms.count).toBe(1);
  expect(discord.violations).toEqual([]);
});

test('closing leaves the channel before the gateway is gone, and says that it is a restart', async () => {
  const discord = await startDiscord();
  const { parley, rooms, log } = await startBot(discord);
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const adam = control.person('Adam');
  adam.joinVoice(lounge);
  await adam.command('join').until(answered);
  await parley.close();
  expect(rooms.count).toBe(0);
  expect(control.botChannel()).toBeNull();
  expect(lounge.messages.at(-1)?.content).toContain('restarted');
  expect(log.lines.map(({ message }) => message)).not.toContain('gateway connection lost, reconnecting');
  expect(log.messages('error')).toEqual([]);
});

test('REST that fails for a while costs the answer, not the bot', async () => {
  const discord = await startDiscord();
  const { log } = await startBot(discord);
  const { control } = discord;
  control.rest.failWith = 500;
  const lost = control.person('Adam').command('leave');
  await lost.until(({ state }) => state.status === 'failed');
  control.rest.failWith = null;
  const reply = await control.person('Adam').command('leave').until(answered);
  expect(reply.messages[0]?.content).toBe('I am in no channel.');
  await expect.poll(() => log.lines.some(({ message }) => message === 'an interaction failed')).toBe(true);
});
