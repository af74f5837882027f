/**
 * A server whose bot is killed and started again, each time on the same database.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished } from 'vitest';
import type { ChannelState } from '../../../src/rehearsal/discord/world/guild-state.ts';
import type { GuildSpec } from '../../../src/rehearsal/discord/world/world.ts';
import type { ResumptionHandle } from '../../../src/types/live.ts';
import { answered, type Bot, type BotOptions, type Loopback, posted, startBot, startDiscord } from './harness.ts';

export const HANDLE: ResumptionHandle = { value: 'the-handle', model: 'gemini-3.8-live', issuedAt: 1_790_000_000_000 };
export const REMEMBERS = 'I still know what we talked about';
export const AFRESH = 'I no longer know what we talked about';
export const NOT_BACK = 'I was restarted and could not come back.';

export interface Stage {
  readonly discord: Loopback;
  readonly lounge: ChannelState;
  /** Of the database. */
  readonly path: string;
  /** A bot on the same database as the others of this test. */
  start(options?: BotOptions): Promise<Bot>;
  /** What the database says of open rooms. */
  rows(): readonly Readonly<Record<string, unknown>>[];
}

export async function stageFor(
  options: { ghostMs?: number; locale?: string; others?: readonly GuildSpec[] } = {},
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-recovery-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'parley.db');
  const { ghostMs = 0, locale = 'en-US', others = [] } = options;
  const channels = [{ name: 'general' }, ...['Lounge', 'Studio'].map((name) => ({ name, kind: 'voice' as const }))];
  const people = ['Olive', 'Adam', 'Beth'].map((name) => ({ name }));
  const discord = await startDiscord({ ghostMs, guilds: [{ name: 'first', locale, channels, people }, ...others] });
  return {
    discord,
    path,
    lounge: discord.control.channel('Lounge'),
    start: (more = {}) => startBot(discord, { ...more, env: { DATABASE_URL: `sqlite:${path}`, ...more.env } }),
    rows() {
      const database = new DatabaseSync(path, { readOnly: true });
      try {
        return database.prepare('SELECT * FROM open_rooms').all();
      } finally {
        database.close();
      }
    },
  };
}

/** Adam has called the bot into the lounge, and the model knows what was said. */
export async function talking(stage: Stage, options: BotOptions = {}): Promise<Bot> {
  const bot = await stage.start(options);
  const adam = stage.discord.control.person('Adam');
  adam.joinVoice(stage.lounge);
  await adam.command('join').until(answered);
  bot.rooms.latest().issue(HANDLE);
  await expect.poll(() => stage.rows()).toMatchObject([{ handle: HANDLE.value }]);
  return bot;
}

export const backLines = (channel: ChannelState): string[] =>
  posted(channel).filter((text) => text.includes('I was restarted'));
export const panelsIn = ({ messages }: ChannelState) => messages.filter(({ flags }) => (flags & (1 << 15)) !== 0);
