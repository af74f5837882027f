import { expect, onTestFinished, test } from 'vitest';
import { connect, freshPath, openStore } from '../../kit/database-file.ts';
import { createSkippingClock } from '../voice/skipping-clock.ts';
import { startBot, startDiscord } from './harness.ts';

const DAY = 86_400_000;

/** A server that has set a voice, and a calendar that can be turned over. */
async function setUp() {
  const path = freshPath();
  const { control, ...discord } = await startDiscord();
  const guild = control.guild();
  const store = openStore(path);
  await store.saveSettings(guild.id, { voice: 'Puck' });
  const clock = createSkippingClock();
  onTestFinished(() => clock.close());
  const departures = connect(path).prepare('SELECT guild_id FROM departed_guilds');
  let others = 1000;
  return {
    control,
    guild,
    start: () => startBot(discord, { clock, now: clock.now, env: { DATABASE_URL: `sqlite:${path}` } }),
    voice: async () => (await store.settings(guild.id)).settings.voice,
    gone: () => departures.all().map((row) => row['guild_id']),
    /** Resolves when the bot has looked through its servers: another one, gone since long ago, is forgotten. */
    async daysPass(days: number) {
      const other = `${others++}`;
      await store.guildGone(other, 0);
      clock.skip(days * DAY);
      await expect.poll(() => store.guilds()).not.toContain(other);
    },
  };
}

test('what a server has set is kept for 30 days after it has removed the bot, and then no longer', async () => {
  const { control, guild, start, voice, gone, daysPass } = await setUp();
  const { log } = await start();
  control.removeGuild(guild);
  await expect.poll(gone).toEqual([guild.id]);
  await daysPass(29);
  expect(await voice()).toBe('Puck');
  await daysPass(2);
  expect(await voice()).toBe('Kore');
  expect(gone()).toEqual([]);
  expect(log.lines.filter(({ message }) => message.includes('are forgotten')).length).toBe(2);
  expect(log.messages('warn')).toEqual([]);
});

test('a server that invites the bot again in time finds everything as it was, also much later', async () => {
  const { control, guild, start, voice, gone, daysPass } = await setUp();
  await start();
  control.removeGuild(guild);
  await expect.poll(gone).toEqual([guild.id]);
  await daysPass(20);
  control.addBot(guild);
  await expect.poll(gone).toEqual([]);
  await daysPass(40);
  expect(await voice()).toBe('Puck');
});

test('a server in an outage has not removed the bot', async () => {
  const { control, guild, start, voice, gone, daysPass } = await setUp();
  await start();
  control.setAvailable(guild, false);
  await daysPass(40);
  await daysPass(40);
  expect(gone()).toEqual([]);
  expect(await voice()).toBe('Puck');
});

test('a removal and a return that happened while the bot was off are noticed when it starts', async () => {
  const { control, guild, start, voice, gone, daysPass } = await setUp();
  control.removeGuild(guild);
  {
    await using _bot = await start();
    await expect.poll(gone).toEqual([guild.id]);
  }
  control.addBot(guild);
  await using _bot = await start();
  await expect.poll(gone).toEqual([]);
  await daysPass(40);
  expect(await voice()).toBe('Puck');
});
