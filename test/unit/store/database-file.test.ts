import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { ParleyError } from '../../../src/errors.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from '../../../src/store/migrations.ts';
import { databaseProblem } from '../../../src/store/open-database.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { asNobody, connect, digest, directory, freshPath, lock, openStore } from '../../kit/database-file.ts';

const DAY = '2026-11-24';

function problemOf(path: string): ParleyError {
  try {
    openStore(path);
  } catch (error) {
    if (error instanceof ParleyError) return error;
    throw error;
  }
  throw new Error(`${path} could be opened`);
}

/** A file as the first release wrote it. */
function firstVersion(also = ''): string {
  const path = freshPath();
  const database = new DatabaseSync(path);
  database.exec(
    `PRAGMA journal_mode = WAL;
     CREATE TABLE usage (
       guild_id TEXT NOT NULL, day TEXT NOT NULL, voice_ms INTEGER NOT NULL DEFAULT 0, tokens INTEGER NOT NULL DEFAULT 0,
       PRIMARY KEY (guild_id, day)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE guild_settings (
       guild_id TEXT PRIMARY KEY, settings TEXT NOT NULL, revision INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;
     INSERT INTO usage VALUES ('g', '${DAY}', 5, 6);
     INSERT INTO guild_settings VALUES ('g', '{"voice":"Puck","persona":"a pirate"}', 3);
     PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1; ${also}`,
  );
  database.close();
  return path;
}

test('a file of the first release is brought up to date with everything in it', async () => {
  const path = firstVersion();
  const store = openStore(path);
  expect(await store.usage('g', DAY)).toEqual({ voiceMs: 5, tokens: 6 });
  expect(await store.settings('g')).toEqual({
    settings: { ...DEFAULT_SETTINGS, voice: 'Puck', persona: 'a pirate' },
    revision: 3,
  });
  expect((await store.usageReport('g', { fromDay: DAY })).voiceMs).toBe(5);
  await store.setOptedOut('adam', true);
  store.close();
  expect(await openStore(path).optedOut()).toEqual(['adam']);
  expect(connect(path).prepare('PRAGMA user_version').get()).toEqual({ user_version: SCHEMA_VERSION });
});

test('bringing a file up to date happens whole or not at all', () => {
  const path = firstVersion('CREATE TABLE panels (in_the_way)');
  expect(problemOf(path).code).toBe('STORE_UNUSABLE');
  const left = connect(path);
  expect(left.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
  const tables = left.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  expect(tables.map(({ name }) => name)).toEqual(['guild_settings', 'panels', 'usage']);
  left.exec('DROP TABLE panels');
  expect(openStore(path).readOnly).toBe(false);
});

test('a damaged file, a newer one and somebody else’s are refused with the reason, and left as they are', () => {
  const at = directory();
  const damaged = join(at, 'damaged.db');
  writeFileSync(damaged, 'this is no database '.repeat(100));
  const foreign = join(at, 'foreign.db');
  const newer = join(at, 'newer.db');
  for (const path of [foreign, newer]) {
    if (path === newer) openStore(path).close();
    const database = connect(path);
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}; CREATE TABLE other (x)`);
    database.close();
  }
  for (const [path, why] of [
    [damaged, 'damaged'],
    [foreign, 'another program'],
    [newer, `version ${SCHEMA_VERSION + 1}`],
  ] as const) {
    const before = digest(path);
    const error = problemOf(path);
    expect(error.code).toBe('STORE_UNUSABLE');
    expect(error.details).toEqual({ path, why: expect.stringContaining(why) });
    expect(databaseProblem(path)?.details).toEqual(error.details);
    expect(digest(path)).toBe(before);
  }
});

test('a newer file whose last writes are still beside it is refused, and they are left as well', () => {
  const path = freshPath();
  const newer = connect(path);
  newer.exec(`PRAGMA journal_mode = WAL; PRAGMA application_id = ${APPLICATION_ID}`);
  newer.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}; CREATE TABLE other (x)`);
  const before = [digest(path), digest(`${path}-wal`)];
  expect(problemOf(path).details['why']).toContain('newer');
  expect([digest(path), digest(`${path}-wal`)]).toEqual(before);
});

test('a page in the middle that was overwritten is damage too', () => {
  const path = freshPath();
  openStore(path).close();
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 4096, 4096 + 512);
  writeFileSync(path, bytes);
  expect(problemOf(path).details['why']).toContain('damaged');
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test('a locked file is refused with the reason, and left as it is', () => {
  const path = freshPath();
  openStore(path).close();
  lock(path);
  const before = digest(path);
  expect(problemOf(path).details['why']).toContain('locked');
  expect(digest(path)).toBe(before);
});

test('a path that cannot be a file is refused with the reason', () => {
  const at = directory();
  writeFileSync(join(at, 'file'), '');
  expect(problemOf(at).code).toBe('STORE_UNUSABLE');
  expect(problemOf(join(at, 'file', 'parley.db')).details['why']).toContain('directory cannot be created');
});

test('looking for a problem makes no file', () => {
  const path = freshPath();
  expect(databaseProblem(path)).toBeNull();
  expect(existsSync(path)).toBe(false);
});

/** The file and its directory belong to somebody else. */
function readOnlyFile(path: string, inner: string): void {
  chmodSync(path, 0o444);
  chmodSync(inner, 0o555);
  onTestFinished(() => chmodSync(inner, 0o755));
}

function innerDirectory(): string {
  const at = directory();
  const inner = join(at, 'data');
  mkdirSync(inner);
  chmodSync(at, 0o755);
  return inner;
}

test('a read-only file can be read, and every change says that nothing can be saved', async () => {
  const inner = innerDirectory();
  const path = join(inner, 'parley.db');
  const panel = { guildId: 'g', channelId: 'c', messageId: 'm', language: 'de' };
  const before = openStore(path);
  await before.saveSettings('g', { voice: 'Puck' });
  await before.setOptedOut('adam', true);
  await before.savePanel(panel);
  await before.addUsage([{ guildId: 'g', day: DAY, voiceMs: 1, tokens: 2 }]);
  await before.guildGone('g', 1);
  before.close();
  readOnlyFile(path, inner);
  const store = asNobody(() => openStore(path));
  expect(store.readOnly).toBe(true);
  for (const change of [
    () => store.saveSettings('g', { voice: 'Kore' }),
    () => store.setOptedOut('adam', false),
    () => store.savePanel({ ...panel, messageId: 'n' }),
    () => store.removePanel('m'),
    () => store.addUsage([{ guildId: 'g', day: DAY, voiceMs: 1, tokens: 2 }]),
    () => store.guildGone('h', 1),
    () => store.guildBack('g'),
    () => store.forgetGuildsGoneBefore(2),
  ]) {
    await expect(change()).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
  }
  expect((await store.settings('g')).settings.voice).toBe('Puck');
  expect(await store.optedOut()).toEqual(['adam']);
  expect(await store.panels()).toEqual([panel]);
  expect(await store.usage('g', DAY)).toEqual({ voiceMs: 1, tokens: 2 });
  expect(await store.guilds()).toEqual(['g']);
});

test('a read-only file of an older release, and a file that cannot be made, are refused with the reason', () => {
  const path = firstVersion();
  const before = digest(path);
  chmodSync(join(path, '..'), 0o755);
  chmodSync(path, 0o444);
  expect(asNobody(() => problemOf(path)).details['why']).toContain('brought up to date');
  expect(digest(path)).toBe(before);
  const inner = innerDirectory();
  chmodSync(inner, 0o555);
  expect(asNobody(() => problemOf(join(inner, 'new.db'))).details['why']).toContain('cannot be opened or created');
});
