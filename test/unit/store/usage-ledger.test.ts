import { expect, test } from 'vitest';
import { ParleyError } from '../../../src/errors.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createUsageLedger } from '../../../src/store/usage-ledger.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

const MIDNIGHT = Date.UTC(2026, 10, 25);

function setUp(change: (store: Store) => Store = (store) => store) {
  const clock = createFakeClock(MIDNIGHT - 60_000);
  const sqlite = openSqliteStore(':memory:', clock);
  const log = createRecordingLog();
  const ledger = createUsageLedger({ store: change(sqlite), clock, now: () => clock.now(), log });
  return { clock, store: sqlite, ledger, log };
}

test('what was used counts at once and is saved within a quarter of a minute', async () => {
  const { clock, store, ledger } = setUp();
  ledger.add('g', { voiceMs: 100 });
  ledger.add('g', { tokens: 7 });
  expect(await ledger.today('g')).toEqual({ voiceMs: 100, tokens: 7 });
  expect(await store.usage('g', '2026-11-24')).toEqual({ voiceMs: 0, tokens: 0 });
  clock.advance(15_000);
  await ledger.save();
  expect(await store.usage('g', '2026-11-24')).toEqual({ voiceMs: 100, tokens: 7 });
  expect(await ledger.today('g')).toEqual({ voiceMs: 100, tokens: 7 });
  expect(clock.pending).toBe(0);
});

test('at midnight UTC a new day begins, and the old one is saved as what it was', async () => {
  const { clock, store, ledger } = setUp();
  ledger.add('g', { tokens: 1 });
  clock.stall(60_000);
  ledger.add('g', { tokens: 2 });
  expect(await ledger.today('g')).toEqual({ voiceMs: 0, tokens: 2 });
  await ledger.close();
  expect(await store.usage('g', '2026-11-24')).toEqual({ voiceMs: 0, tokens: 1 });
  expect(await store.usage('g', '2026-11-25')).toEqual({ voiceMs: 0, tokens: 2 });
  expect(clock.pending).toBe(0);
});

test('what could not be saved still counts and is saved the next time, once', async () => {
  let works = false;
  const { clock, store, ledger, log } = setUp((real) => ({
    ...real,
    addUsage: async (entries) => {
      if (!works) throw new ParleyError('STORE_WRITE_FAILED');
      await real.addUsage(entries);
    },
  }));
  ledger.add('g', { tokens: 5 });
  clock.advance(15_000);
  await ledger.save();
  ledger.add('g', { tokens: 6 });
  expect(await ledger.today('g')).toEqual({ voiceMs: 0, tokens: 11 });
  expect(log.messages('warn').length).toBeGreaterThan(0);
  works = true;
  await ledger.save();
  expect(await store.usage('g', '2026-11-24')).toEqual({ voiceMs: 0, tokens: 11 });
  expect(await ledger.today('g')).toEqual({ voiceMs: 0, tokens: 11 });
});

test('with a read-only store limits still hold, from memory, and yesterday is not kept', async () => {
  const { clock, ledger } = setUp((real) => ({ ...real, readOnly: true }));
  ledger.add('g', { tokens: 5 });
  expect(await ledger.today('g')).toEqual({ voiceMs: 0, tokens: 5 });
  clock.stall(60_000);
  ledger.add('g', { tokens: 1 });
  expect(await ledger.today('g')).toEqual({ voiceMs: 0, tokens: 1 });
  expect(clock.pending).toBe(0);
});
