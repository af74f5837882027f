import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { ParleyError } from '../../../src/errors.ts';
import { SCHEMA_VERSION } from '../../../src/store/migrations.ts';
import { databaseProblem } from '../../../src/store/open-database.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { systemClock } from '../../../src/types/clock.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';

const DAY = '2026-11-24';

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'parley-store-'));
  onTestFinished(() => {
    chmodSync(path, 0o755);
    rmSync(path, { recursive: true });
  });
  return path;
}

function open(path: string, clock = systemClock): Store {
  const store = openSqliteStore(path, clock);
  onTestFinished(() => store.close());
  return store;
}

function problemOf(path: string): ParleyError {
  try {
    open(path);
  } catch (error) {
    if (error instanceof ParleyError) return error;
    throw error;
  }
  throw new Error(`${path} could be opened`);
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** The other process: a connection that holds the write lock. */
function lock(path: string): DatabaseSync {
  const other = new DatabaseSync(path);
  onTestFinished(() => {
    if (other.isOpen) other.close();
  });
  other.exec('BEGIN IMMEDIATE');
  return other;
}

test('usage adds up by guild and day, and is there after a restart', async () => {
  const path = join(directory(), 'deep', 'down', 'parley.db');
  const first = open(path);
  await first.addUsage([
    { guildId: 'a', day: DAY, voiceMs: 1000, tokens: 5 },
    { guildId: 'b', day: DAY, voiceMs: 7, tokens: 0 },
  ]);
  await first.addUsage([{ guildId: 'a', day: DAY, voiceMs: 500, tokens: 6 }]);
  first.close();
  first.close();
  const second = open(path);
  expect(await second.usage('a', DAY)).toEqual({ voiceMs: 1500, tokens: 11 });
  expect(await second.usage('b', DAY)).toEqual({ voiceMs: 7, tokens: 0 });
  expect(await second.usage('a', '2026-11-25')).toEqual({ voiceMs: 0, tokens: 0 });
});

test('settings are the defaults until something is set, and two members who set different things both get their way', async () => {
  const store = open(':memory:');
  expect(await store.settings('g')).toEqual({ settings: DEFAULT_SETTINGS, revision: 0 });
  await Promise.all([store.saveSettings('g', { voice: 'Puck' }), store.saveSettings('g', { language: 'sq' })]);
  expect(await store.settings('g')).toEqual({
    settings: { ...DEFAULT_SETTINGS, voice: 'Puck', language: 'sq' },
    revision: 2,
  });
});

test('a settings row that no longer fits is read as far as it does', async () => {
  const path = join(directory(), 'parley.db');
  const store = open(path);
  await store.saveSettings('half', { voice: 'Puck' });
  await store.saveSettings('none', { voice: 'Puck' });
  const other = new DatabaseSync(path);
  const put = other.prepare('UPDATE guild_settings SET settings = ? WHERE guild_id = ?');
  put.run('{"voice":"Puck","pauseMs":"soon","interrupt":"never"}', 'half');
  put.run('not json', 'none');
  other.close();
  expect((await store.settings('half')).settings).toEqual({ ...DEFAULT_SETTINGS, voice: 'Puck' });
  expect((await store.settings('none')).settings).toEqual(DEFAULT_SETTINGS);
});

test('a write waits for a lock of another process without holding up the event loop, and then succeeds', async () => {
  const path = join(directory(), 'parley.db');
  const clock = createFakeClock();
  const store = open(path, clock);
  const other = lock(path);
  const saved = store.saveSettings('g', { voice: 'Puck' });
  expect(clock.pending).toBe(1);
  other.exec('COMMIT');
  clock.advance(50);
  expect((await saved).revision).toBe(1);
});

test('a write that finds the lock held for too long fails and changes nothing', async () => {
  const path = join(directory(), 'parley.db');
  const clock = createFakeClock();
  const store = open(path, clock);
  lock(path);
  const saved = store.addUsage([{ guildId: 'g', day: DAY, voiceMs: 1, tokens: 1 }]);
  const outcome = saved.catch((error: unknown) => error);
  while (clock.pending > 0) {
    clock.advance(1000);
    await Promise.resolve();
    await Promise.resolve();
  }
  expect(await outcome).toMatchObject({ code: 'STORE_WRITE_FAILED' });
  expect(await store.usage('g', DAY)).toEqual({ voiceMs: 0, tokens: 0 });
});

test('half of several entries is never written', async () => {
  const store = open(':memory:');
  const good = { guildId: 'g', day: DAY, voiceMs: 1, tokens: 1 };
  const bad = { guildId: 'h', day: DAY, voiceMs: Number.NaN, tokens: 1 };
  await expect(store.addUsage([good, bad])).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
  expect(await store.usage('g', DAY)).toEqual({ voiceMs: 0, tokens: 0 });
});

test('a damaged file, a newer one and somebody else’s are refused with the reason, and left as they are', () => {
  const at = directory();
  const damaged = join(at, 'damaged.db');
  writeFileSync(damaged, 'this is no database '.repeat(100));
  const foreign = join(at, 'foreign.db');
  const newer = join(at, 'newer.db');
  for (const path of [foreign, newer]) {
    if (path === newer) open(path).close();
    const database = new DatabaseSync(path);
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

test('a page in the middle that was overwritten is damage too', () => {
  const path = join(directory(), 'parley.db');
  open(path).close();
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 4096, 4096 + 512);
  writeFileSync(path, bytes);
  expect(problemOf(path).details['why']).toContain('damaged');
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test('a locked file is refused with the reason, and left as it is', () => {
  const path = join(directory(), 'parley.db');
  open(path).close();
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
  const path = join(directory(), 'parley.db');
  expect(databaseProblem(path)).toBeNull();
  expect(existsSync(path)).toBe(false);
});

/** File permissions mean nothing to root: the tests of a machine's administrator take another user's rights for a moment. */
function asNobody<T>(act: () => T): T {
  const { seteuid } = process;
  if (process.geteuid?.() !== 0 || seteuid === undefined) return act();
  seteuid(65_534);
  try {
    return act();
  } finally {
    seteuid(0);
  }
}

test('a read-only file can be read, and says that nothing can be saved', async () => {
  const at = directory();
  const inner = join(at, 'data');
  mkdirSync(inner);
  chmodSync(at, 0o755);
  const path = join(inner, 'parley.db');
  const before = open(path);
  await before.saveSettings('g', { voice: 'Puck' });
  before.close();
  chmodSync(path, 0o444);
  chmodSync(inner, 0o555);
  onTestFinished(() => chmodSync(inner, 0o755));
  const store = asNobody(() => open(path));
  expect(store.readOnly).toBe(true);
  expect((await store.settings('g')).settings.voice).toBe('Puck');
  await expect(store.saveSettings('g', { voice: 'Kore' })).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
  expect((await store.settings('g')).settings.voice).toBe('Puck');
});
