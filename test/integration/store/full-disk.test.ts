import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../src/store/open-database.ts';
import { createSqliteStore } from '../../../src/store/sqlite-store.ts';
import { systemClock } from '../../../src/types/clock.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { connect, freshPath, openStore } from '../../kit/database-file.ts';

const DAY = '2026-11-24';
const use = (guildId: string) => ({ guildId, day: DAY, voiceMs: 1, tokens: 1 });

test('when the disk is full a write says so and changes nothing; once there is room again everything works', async () => {
  const path = freshPath();
  const open = openDatabase(path);
  const store = createSqliteStore(open, systemClock);
  onTestFinished(() => store.close());
  await store.saveSettings('g', { voice: 'Puck' });
  await store.addUsage([use('g')]);
  // SQLite's own stand-in for a disk without room: the file may not grow any more.
  const pages = Number(open.database.prepare('PRAGMA page_count').get()?.['page_count']);
  open.database.exec(`PRAGMA max_page_count = ${pages}`);

  const failed = store.saveSettings('g', { persona: 'p'.repeat(20_000) });
  await expect(failed).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED', cause: { errcode: 13 } });
  // The first entry alone would have fitted.
  const many = Array.from({ length: 500 }, (_, i) => use(`guild ${i}`));
  await expect(store.addUsage([use('g'), ...many])).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
  const unchanged = { settings: { ...DEFAULT_SETTINGS, voice: 'Puck' }, revision: 1 };
  expect(await store.settings('g')).toEqual(unchanged);
  expect(await store.usage('g', DAY)).toEqual({ voiceMs: 1, tokens: 1 });
  expect((await store.saveSettings('g', { voice: 'Kore' })).before).toEqual(unchanged);

  open.database.exec('PRAGMA max_page_count = 1000000');
  await store.addUsage([use('g'), ...many]);
  await store.saveSettings('g', { persona: 'p'.repeat(20_000) });
  store.close();
  const again = openStore(path);
  expect(connect(path).prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  expect(await again.usage('g', DAY)).toEqual({ voiceMs: 2, tokens: 2 });
  expect((await again.settings('g')).settings).toMatchObject({ voice: 'Kore', persona: 'p'.repeat(20_000) });
});
