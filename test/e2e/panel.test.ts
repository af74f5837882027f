/**
 * The panel of a real room: what it shows comes from the audio plane, and a kill does not leave it behind for good.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { startBot } from '../../src/rehearsal/bot-process.ts';
import { gather } from '../../src/rehearsal/cast.ts';
import { wordsOf } from '../../src/rehearsal/discord/message-words.ts';
import { type Part, partsOf } from '../../src/rehearsal/discord/people/message-parts.ts';
import type { ChannelState, MessageState } from '../../src/rehearsal/discord/world/guild-state.ts';
import { openStage } from '../../src/rehearsal/stage.ts';
import { createSkippingClock } from '../integration/voice/skipping-clock.ts';
import { startWorld } from './harness.ts';

function panelIn({ messages }: ChannelState): MessageState {
  const panel = messages.find(({ components }) => components.length > 0);
  if (panel === undefined) throw new Error('there is no panel');
  return panel;
}

function partOf({ components }: MessageState, action: string): Part {
  const part = partsOf(components).find(({ custom_id }) => custom_id?.startsWith(`panel:${action}:`));
  if (part === undefined) throw new Error(`the panel has no ${action}`);
  return part;
}

test.concurrent('a voice chosen in the panel is the one that the next setup asks the Live service for', async (context) => {
  const { expect } = context;
  const world = await startWorld(context);
  const { control } = world.discord;
  const lounge = control.channel('Lounge');
  world.enter('Adam');
  await world.join('Adam');
  const panel = panelIn(lounge);
  const { custom_id: menu = '' } = partOf(panel, 'voice');
  const chosen = await control
    .person('Adam')
    .select(panel, menu, ['Fenrir'])
    .until(({ messages }) => messages[0]?.content.includes('in force now') === true, 20_000);
  expect(chosen.messages[0]?.content).toContain('Fenrir');
  expect(JSON.stringify(world.live.setups.at(-1))).toContain('Fenrir');
  await expect.poll(() => partOf(panel, 'voice').options?.[0]?.value, { timeout: 5_000 }).toBe('Fenrir');
});

test.concurrent('sent away, the bot says that it is over, and nothing of connections that it takes down itself', async (context) => {
  const { expect } = context;
  const clock = createSkippingClock();
  const world = await startWorld(context, { clock });
  world.enter('Adam');
  await world.join('Adam');
  const panel = panelIn(world.discord.control.channel('Lounge'));
  const edits: string[] = [];
  world.discord.on((event) => {
    if (event.type === 'messageEdited' && event.message === panel) edits.push(wordsOf(panel));
  });
  // Nothing is held back for the sake of Discord's limits.
  clock.skip(5_000);
  await world.command('Adam', 'leave');
  await expect.poll(() => edits.at(-1)).toContain('This conversation is over');
  expect(edits.join('\n')).not.toContain('reconnecting');
});

test.concurrent('killed and started again with nobody there any more, the bot switches off what it left behind', async (context) => {
  const { expect, onTestFinished } = context;
  const folder = await mkdtemp(join(tmpdir(), 'parley-panel-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const stage = await openStage({ live: { kind: 'loopback' }, databaseUrl: `sqlite:${join(folder, 'parley.db')}` });
  onTestFinished(() => stage[Symbol.asyncDispose]());
  const bot = startBot(stage.env, () => undefined);
  onTestFinished(() => bot.kill());
  await bot.ready;
  const { people, channel } = gather(stage.discord);
  await people.Adam.command('join').until(({ state }) => state.status === 'answered');
  await stage.discord.until(() => channel.messages.some(({ components }) => components.length > 0), 20_000);
  const panel = panelIn(channel);
  bot.kill();
  await bot.exited;
  people.Adam.leaveVoice();
  people.Beth.leaveVoice();
  expect(partOf(panel, 'leave').disabled).toBe(false);

  const next = startBot(stage.env, () => undefined);
  onTestFinished(async () => void (await next.stop()));
  await next.ready;
  await expect.poll(() => partOf(panel, 'leave').disabled, { timeout: 10_000 }).toBe(true);
  expect(wordsOf(panel)).toMatch(/not listening any more.*`\/join`/);
  expect(stage.discord.violations).toEqual([]);
});
