import { expect, test } from 'vitest';
import { utcDay } from '../../../src/store/limits.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import { systemClock } from '../../../src/types/clock.ts';
import { answered, posted } from './harness.ts';
import { NOT_BACK, type Stage, stageFor, talking } from './recovery-stage.ts';

const HOUR_MS = 3_600_000;

test('with nobody left in the channel it does not come back, says nothing, and its panel is switched off', async () => {
  const stage = await stageFor();
  const { discord, lounge } = stage;
  const first = await talking(stage);
  await first.kill();
  discord.control.person('Adam').leaveVoice();
  const { rooms } = await stage.start();
  await expect.poll(() => stage.rows()).toEqual([]);
  await expect.poll(() => posted(lounge)).toEqual([expect.stringContaining('is not listening any more')]);
  expect(rooms.opened).toEqual([]);
  expect(discord.control.botChannel()).toBeNull();
});

test('somebody who does not want to be heard is company to come back to; a bot is not', async () => {
  const stage = await stageFor({ others: [] });
  const { discord, lounge } = stage;
  const jukebox = discord.control.addPerson({ name: 'Jukebox', bot: true });
  const first = await talking(stage);
  await discord.control.person('Adam').command('privacy', { subcommand: 'opt-out' }).until(answered);
  jukebox.joinVoice(lounge);
  await first.kill();
  const second = await stage.start();
  await expect.poll(() => second.rooms.opened.length).toBe(1);
  await second.kill();
  discord.control.person('Adam').leaveVoice();
  const third = await stage.start();
  await expect.poll(() => stage.rows()).toEqual([]);
  expect(third.rooms.opened).toEqual([]);
});

test('a permission that it has lost meanwhile is named where /join was run', async () => {
  const stage = await stageFor();
  const { discord, lounge } = stage;
  const first = await talking(stage);
  await first.kill();
  discord.control.overwriteBot(lounge, { deny: ['Connect', 'SendMessages'] });
  const { rooms } = await stage.start();
  const general = discord.control.channel('general');
  await expect.poll(() => posted(general).at(-1)).toContain(NOT_BACK);
  expect(posted(general).at(-1)).toContain('**Connect**');
  await expect.poll(() => stage.rows()).toEqual([]);
  expect(rooms.opened).toEqual([]);
});

test.each([
  [
    'the channel is gone',
    (stage: Stage) => stage.discord.control.deleteChannel(stage.lounge),
    {},
    'the channel is gone',
  ],
  [
    'somebody has taken the last place',
    ({ discord, lounge }: Stage) => {
      discord.control.setUserLimit(lounge, 1);
    },
    {},
    'is full',
  ],
  [
    'the bot may not be used here any more',
    () => undefined,
    { ALLOWED_GUILDS: '12345678901234567' },
    'may not be used on this server',
  ],
  [
    'the minutes of the day are used up',
    async ({ discord, path }: Stage) => {
      const store = openSqliteStore(path, systemClock);
      await store.addUsage([
        { guildId: discord.control.guild().id, day: utcDay(Date.now()), voiceMs: HOUR_MS, tokens: 0 },
      ]);
      store.close();
    },
    { MAX_MINUTES_PER_DAY: '60' },
    'talking time for today is used up',
  ],
] as const)('%s: it does not come back, and one line says why', async (_, happens, env, why) => {
  const stage = await stageFor();
  const { discord, lounge } = stage;
  const first = await talking(stage);
  await first.kill();
  await happens(stage);
  const { rooms } = await stage.start({ env });
  const read = (): string[] => [...posted(lounge), ...posted(discord.control.channel('general'))];
  await expect.poll(() => read().filter((text) => text.includes(NOT_BACK))).toEqual([expect.stringContaining(why)]);
  await expect.poll(() => stage.rows()).toEqual([]);
  expect(rooms.count).toBe(0);
  expect(discord.control.botChannel()).toBeNull();
});

test('a room that comes to nothing on its way back is told of too, and its panel is switched off', async () => {
  const stage = await stageFor();
  const first = await talking(stage);
  await first.kill();
  const { rooms } = await stage.start({ readyAtOnce: false });
  await expect.poll(() => rooms.opened.length).toBe(1);
  rooms.latest().end({ kind: 'failed', problem: { code: 'LIVE_KEY_REFUSED', details: {} } });
  await expect.poll(() => posted(stage.lounge).at(-1)).toContain('Google refuses my Gemini key');
  expect(posted(stage.lounge).at(-1)).toContain(NOT_BACK);
  expect(posted(stage.lounge)[0]).toContain('is not listening any more');
  await expect.poll(() => stage.rows()).toEqual([]);
});

test('there are no more rooms after a restart than there may be, and who is left out is told', async () => {
  const channels = [{ name: 'general' }, { name: 'Bar', kind: 'voice' as const }];
  const stage = await stageFor({ others: [{ name: 'second', channels, people: [{ name: 'Carl' }] }] });
  const { control } = stage.discord;
  const first = await talking(stage);
  const second = control.guild('second');
  const carl = control.person('Carl', second);
  carl.joinVoice(control.channel('Bar', second));
  await carl.command('join').until(answered);
  expect(stage.rows()).toHaveLength(2);
  await first.kill();
  const { rooms } = await stage.start({ env: { MAX_ROOMS: '1' } });
  const read = (): string => [...posted(stage.lounge), ...posted(control.channel('Bar', second))].join('\n');
  await expect.poll(read).toContain('as many voice channels as I can be');
  expect(rooms.count).toBe(1);
  await expect.poll(() => stage.rows()).toHaveLength(1);
});

test('a server that the bot was removed from meanwhile is forgotten without a word', async () => {
  const stage = await stageFor();
  const first = await talking(stage);
  await first.kill();
  stage.discord.control.removeGuild(stage.discord.control.guild());
  const { rooms, log } = await stage.start();
  await expect.poll(() => stage.rows()).toEqual([]);
  expect(rooms.opened).toEqual([]);
  expect(log.messages('error')).toEqual([]);
});
