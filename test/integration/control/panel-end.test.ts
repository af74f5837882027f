import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import type { Store, StoredPanel } from '../../../src/store/store.ts';
import { systemClock } from '../../../src/types/clock.ts';
import { answered, posted, startBot, startDiscord, words } from './harness.ts';
import { endUnseen, isOff, joined, latestPanel, panelsIn } from './panel-harness.ts';

/** A database in a file, and what is in it while no bot has it open. */
async function database() {
  const folder = await mkdtemp(join(tmpdir(), 'parley-panel-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'parley.db');
  const opened = async <T>(act: (store: Store) => Promise<T>): Promise<T> => {
    const store = openSqliteStore(path, systemClock);
    try {
      return await act(store);
    } finally {
      store.close();
    }
  };
  return { path, env: { DATABASE_URL: `sqlite:${path}` }, opened, panels: () => opened((store) => store.panels()) };
}

test('a panel that could not be switched off at the end is at the next start, in its own language', async () => {
  const { env, panels } = await database();
  const world = await joined({ env }, 'de');
  const panel = latestPanel(world.lounge);
  await endUnseen(world);
  await world.parley.close();
  expect(await panels()).toMatchObject([{ messageId: panel.id, channelId: world.lounge.id, language: 'de' }]);
  const next = await startBot(world.discord, { env });
  await expect.poll(() => isOff(panel)).toBe(true);
  expect(posted(world.lounge)[0]).toContain('Parley hört nicht mehr zu');
  await next.parley.close();
  expect(await panels()).toEqual([]);
  expect(world.discord.violations).toEqual([]);
});

test('at the end of its room nothing of a panel is left in the database', async () => {
  const { env, panels } = await database();
  const { adam, lounge, parley } = await joined({ env });
  await adam.command('leave').until(answered);
  await expect.poll(() => isOff(latestPanel(lounge))).toBe(true);
  await parley.close();
  expect(await panels()).toEqual([]);
});

test('of what is left from before, a start forgets what is gone or out of reach for good', async () => {
  const { env, opened, panels } = await database();
  const discord = await startDiscord();
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const left = (messageId: string, channelId: string): StoredPanel => {
    return { guildId: control.guild().id, channelId, messageId, language: 'en' };
  };
  const hidden = control.channel('Studio');
  control.overwriteBot(hidden, { deny: ['ViewChannel'] });
  const gone = [left('1600000000000000001', lounge.id), left('1600000000000000002', hidden.id)];
  const nowhere = left('1600000000000000003', '1600000000000000009');
  await opened(async (store) => {
    for (const panel of [...gone, nowhere]) await store.savePanel(panel);
  });
  const { parley, log } = await startBot(discord, { env });
  const told = (): number =>
    log.lines.filter(({ message }) => message === 'the panel of a room that is over was switched off').length;
  await expect.poll(told).toBe(3);
  await parley.close();
  expect(await panels()).toEqual([]);
});

test('a database that is locked costs the memory of the panel, not the room, and nobody waits for it', async () => {
  const { env, path } = await database();
  const { adam, control, clock, log, rooms } = await joined({ env });
  await adam.command('leave').until(answered);
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  other.exec('BEGIN IMMEDIATE');
  const studio = control.channel('Studio');
  adam.joinVoice(studio);
  expect(words(await adam.command('join').until(answered))).toContain('listening');
  expect(panelsIn(studio)).toHaveLength(1);
  const remembered = (): readonly string[] => {
    clock.skip(1_000);
    return log.messages('warn');
  };
  await expect.poll(remembered).toContain('a panel could not be remembered');
  await adam.command('leave').until(answered);
  expect(rooms.count).toBe(0);
  await expect.poll(() => isOff(latestPanel(studio))).toBe(true);
  expect(log.messages('error')).toEqual([]);
});
