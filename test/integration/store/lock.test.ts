import { expect, test } from 'vitest';
import { freshPath, openStore } from '../../kit/database-file.ts';
import { run } from './process.ts';

const FREE = { guildId: 'g', day: '2026-11-24', voiceMs: 1, tokens: 1 };

/** Counts how often the event loop comes round until `promise` settles. */
async function turnsDuring(promise: Promise<unknown>): Promise<number> {
  let settled = false;
  void promise.finally(() => {
    settled = true;
  });
  let turns = 0;
  for (; !settled; turns++) await new Promise((resolve) => setImmediate(resolve));
  return turns;
}

test('a lock that another process holds for longer than all tries fails many writes, and the event loop goes on meanwhile', async () => {
  const path = freshPath();
  const store = openStore(path);
  const holder = run('lock-holder.ts', path);
  await holder.printed(1);
  const writes = Array.from({ length: 20 }, (_, i) => store.setOptedOut(`user ${i}`, true));
  const outcomes = Promise.allSettled(writes);
  const turns = await turnsDuring(outcomes);
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'STORE_WRITE_FAILED' } });
  }
  // Were every try of every write to wait inside SQLite, it would come round once a try: some hundred times.
  expect(turns).toBeGreaterThan(1000);
  expect(await store.optedOut()).toEqual([]);

  const waiting = store.addUsage([FREE]);
  holder.child.stdin.end();
  await waiting;
  expect(await store.usage('g', FREE.day)).toEqual({ voiceMs: 1, tokens: 1 });
});
