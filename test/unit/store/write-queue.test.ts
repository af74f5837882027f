import { expect, test } from 'vitest';
import { openDatabase } from '../../../src/store/open-database.ts';
import { freshPath, lock, openStore } from '../../kit/database-file.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';

const USE = [{ guildId: 'g', day: '2026-11-24', voiceMs: 1, tokens: 1 }];

const outcomeOf = <T>(promise: Promise<T>): Promise<T | string> =>
  promise.catch((error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)));

test('a write waits for a lock of another process without holding up the event loop, and then succeeds', async () => {
  const path = freshPath();
  const clock = createFakeClock();
  const store = openStore(path, clock);
  const other = lock(path);
  const saved = store.saveSettings('g', { voice: 'Puck' });
  expect(clock.pending).toBe(1);
  other.exec('COMMIT');
  clock.advance(50);
  expect((await saved).after.revision).toBe(1);
  expect(clock.pending).toBe(0);
});

test('a write that finds the lock held for two seconds fails and changes nothing; the next one succeeds', async () => {
  const path = freshPath();
  const clock = createFakeClock();
  const store = openStore(path, clock);
  const other = lock(path);
  const outcome = outcomeOf(store.addUsage(USE));
  clock.advance(1_999);
  expect(clock.pending).toBe(1);
  clock.advance(400);
  expect(await outcome).toBe('STORE_WRITE_FAILED');
  expect(clock.pending).toBe(0);
  expect(await store.usage('g', '2026-11-24')).toEqual({ voiceMs: 0, tokens: 0 });
  other.exec('COMMIT');
  await store.addUsage(USE);
  expect(await store.usage('g', '2026-11-24')).toEqual({ voiceMs: 1, tokens: 1 });
});

test('writes that wait are done in the order in which they were asked for, by one timer', async () => {
  const path = freshPath();
  const clock = createFakeClock();
  const store = openStore(path, clock);
  const other = lock(path);
  const done: string[] = [];
  for (const voice of ['Puck', 'Kore', 'Leda']) void store.saveSettings('g', { voice }).then(() => done.push(voice));
  await Promise.resolve();
  expect(clock.pending).toBe(1);
  other.exec('COMMIT');
  clock.advance(50);
  const last = await store.saveSettings('g', { pauseMs: 900 });
  expect(done).toEqual(['Puck', 'Kore', 'Leda']);
  expect(last.after.settings).toMatchObject({ voice: 'Leda', pauseMs: 900 });
});

test('each waits for its own two seconds, and a change that fails by itself holds up nobody', async () => {
  const path = freshPath();
  const clock = createFakeClock();
  const store = openStore(path, clock);
  const other = lock(path);
  const early = outcomeOf(store.setOptedOut('early', true));
  clock.advance(1_500);
  const broken = outcomeOf(store.addUsage([{ ...USE[0], tokens: Number.NaN } as (typeof USE)[0]]));
  const late = outcomeOf(store.setOptedOut('late', true));
  clock.advance(900);
  expect(await early).toBe('STORE_WRITE_FAILED');
  other.exec('COMMIT');
  clock.advance(400);
  expect(await broken).toBe('STORE_WRITE_FAILED');
  expect(await late).toBeUndefined();
  expect(await store.optedOut()).toEqual(['late']);
});

test('closing fails what still waits and leaves no timer behind', async () => {
  const path = freshPath();
  const clock = createFakeClock();
  const store = openStore(path, clock);
  lock(path);
  const outcome = outcomeOf(store.setOptedOut('adam', true));
  store.close();
  expect(await outcome).toBe('STORE_WRITE_FAILED');
  expect(clock.pending).toBe(0);
  expect(await outcomeOf(store.setOptedOut('adam', true))).toBe('STORE_WRITE_FAILED');
});

test('SQLite itself waits for no more than 50 ms', () => {
  const { database } = openDatabase(freshPath());
  expect(Number(database.prepare('PRAGMA busy_timeout').get()?.['timeout'])).toBeLessThanOrEqual(50);
  database.close();
});
