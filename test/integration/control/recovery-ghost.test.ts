import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type Bot, posted } from './harness.ts';
import { backLines, type Stage, stageFor, talking } from './recovery-stage.ts';

const GHOST_MS = 40_000;

/** As a process that is killed: the gateway sees its connection break off, and keeps its voice state for a while. */
async function killLeavingGhost({ discord }: Stage, bot: Bot): Promise<void> {
  discord.control.gateway.cut();
  await bot.kill();
}

test('with its ghost still in the channel it sends that away before it comes back, or the gateway would not answer', async () => {
  const stage = await stageFor({ ghostMs: GHOST_MS });
  const { discord, lounge } = stage;
  const first = await talking(stage);
  const { id } = discord.control.guild();
  const asked: (string | null)[] = [];
  await killLeavingGhost(stage, first);
  discord.on((event) => {
    if (event.type === 'voiceStateAsked' && event.guildId === id) asked.push(event.channelId);
  });
  const { rooms } = await stage.start();
  await expect.poll(() => backLines(lounge)).toHaveLength(1);
  expect(asked).toEqual([null, lounge.id]);
  expect(rooms.payloads.map(({ payload }) => payload.event)).toContain('VOICE_SERVER_UPDATE');
  expect(discord.control.botChannel()).toBe(lounge);
});

test('a ghost that a moderator has moved meanwhile is followed', async () => {
  const stage = await stageFor({ ghostMs: GHOST_MS });
  const { control } = stage.discord;
  const studio = control.channel('Studio');
  control.person('Beth').joinVoice(studio);
  const first = await talking(stage);
  await killLeavingGhost(stage, first);
  control.move(control.botId, studio);
  await stage.start();
  await expect.poll(() => backLines(studio)).toHaveLength(1);
  expect(control.botChannel()).toBe(studio);
  await expect.poll(() => posted(stage.lounge)[0]).toContain('is not listening any more');
});

test.each([
  ['nobody is left', (stage: Stage) => stage.discord.control.person('Adam').leaveVoice()],
  ['the database was lost', ({ path }: Stage) => rm(path)],
] as const)('where %s, its ghost does not stay behind in the channel', async (_, happens) => {
  const stage = await stageFor({ ghostMs: GHOST_MS });
  const { control } = stage.discord;
  const first = await talking(stage);
  await killLeavingGhost(stage, first);
  await happens(stage);
  expect(control.botChannel()).toBe(stage.lounge);
  const { rooms } = await stage.start();
  await expect.poll(() => control.botChannel()).toBeNull();
  expect(rooms.opened).toEqual([]);
});
