import { expect, test } from 'vitest';
import type { ChannelState } from '../../../src/rehearsal/discord/world/guild-state.ts';
import { posted, startBot, startDiscord } from './harness.ts';

const CHANNELS = [{ name: 'rules' }, { name: 'general' }, { name: 'Lounge', kind: 'voice' }] as const;

async function addedTo(spec: {
  readonly systemChannel?: string;
  readonly locale?: string;
  readonly deny?: readonly string[];
  readonly allowed?: boolean;
}) {
  const discord = await startDiscord();
  const env = spec.allowed === false ? { ALLOWED_GUILDS: discord.control.guild().id } : {};
  const { log } = await startBot(discord, { env });
  const { control } = discord;
  const guild = control.addGuild({ name: 'New', channels: CHANNELS, withoutBot: true, ...spec });
  const channel = (name: string): ChannelState => control.channel(name, guild);
  for (const name of spec.deny ?? []) control.overwrite(channel(name), guild.id, { deny: ['SendMessages'] });
  control.addBot(guild);
  await expect.poll(() => log.lines.map(({ message }) => message)).toContain('the bot was added to a server');
  expect(discord.violations).toEqual([]);
  return { control, guild, log, read: (name: string) => posted(channel(name)), elsewhere: control.guild() };
}

test('a server that adds the bot reads three lines where Discord itself posts', async () => {
  const { read, elsewhere } = await addedTo({ systemChannel: 'general' });
  expect(read('rules')).toEqual([]);
  expect(read('general').map((text) => text.split('\n').map((line) => line.match(/`\/\w+`/)?.[0]))).toEqual([
    ['`/join`', '`/help`', '`/privacy`'],
  ]);
  expect(elsewhere.channels.flatMap(posted)).toEqual([]);
});

test('where the bot may not post there, or there is no such channel, it is the first text channel where it may', async () => {
  const closed = await addedTo({ systemChannel: 'rules', deny: ['rules'] });
  expect(closed.read('general')).toHaveLength(1);
  const none = await addedTo({});
  expect([none.read('rules'), none.read('general')].map(({ length }) => length)).toEqual([1, 0]);
});

test('where it may post nowhere, the log says so and nothing else happens', async () => {
  const { read, log } = await addedTo({ systemChannel: 'general', deny: ['rules', 'general'] });
  expect([...read('rules'), ...read('general')]).toEqual([]);
  expect(log.messages('warn')).toContain('a notice could not be posted anywhere');
  expect(log.messages('error')).toEqual([]);
});

test('it is in the server’s language', async () => {
  const { read } = await addedTo({ systemChannel: 'general', locale: 'de' });
  expect(read('general')[0]).toContain('Hallo, ich bin Parley');
});

test('a server that may not use the bot is told that in place of the help', async () => {
  const { read } = await addedTo({ systemChannel: 'general', allowed: false });
  expect(read('general')).toHaveLength(1);
  expect(read('general')[0]).toContain('may not be used on this server');
  expect(read('general')[0]).not.toContain('/join');
});

test('a server that was there at the start, or comes back after an outage, is not greeted', async () => {
  const { control, log, elsewhere } = await addedTo({ systemChannel: 'general' });
  control.setAvailable(elsewhere, false);
  control.setAvailable(elsewhere, true);
  control.addBot(control.addGuild({ name: 'Newer', channels: CHANNELS, withoutBot: true }));
  const welcomes = () => log.lines.filter(({ message }) => message === 'the bot was added to a server').length;
  await expect.poll(welcomes).toBe(2);
  expect(elsewhere.channels.flatMap(posted)).toEqual([]);
});
