import { expect, test } from 'vitest';
import { loadOptOuts } from '../../../src/discord/opt-outs.ts';
import { ParleyError } from '../../../src/errors.ts';

/** A store that writes when the test says so. */
function createSlowStore(optedOut: readonly string[] = []) {
  const ids = new Set(optedOut);
  const writes: { readonly wish: string; finish(error?: Error): void }[] = [];
  return {
    ids,
    writes,
    optedOut: async () => [...ids],
    setOptedOut(userId: string, on: boolean): Promise<void> {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const finish = (error?: Error): void => {
        if (error) return reject(error);
        if (on) ids.add(userId);
        else ids.delete(userId);
        resolve();
      };
      writes.push({ wish: `${userId} ${on ? 'out' : 'in'}`, finish });
      return promise;
    },
  };
}

test('what was stored before a restart holds from the start', async () => {
  const optOuts = await loadOptOuts(createSlowStore(['1']), () => undefined);
  expect([optOuts.has('1'), optOuts.has('2')]).toEqual([true, false]);
});

test('an opt-out holds, and is told, once it is saved; the same again changes nothing', async () => {
  const store = createSlowStore();
  const told: string[] = [];
  const optOuts = await loadOptOuts(store, (userId) => told.push(userId));
  const done = optOuts.set('1', true);
  await Promise.resolve();
  expect(optOuts.has('1')).toBe(false);
  store.writes[0]?.finish();
  expect(await done).toBe(true);
  expect(optOuts.has('1')).toBe(true);
  expect(await optOuts.set('1', true)).toBe(false);
  expect(told).toEqual(['1']);
  expect(store.writes).toHaveLength(1);
});

test('a write that fails changes nothing, and the next one works', async () => {
  const store = createSlowStore();
  const told: string[] = [];
  const optOuts = await loadOptOuts(store, (userId) => told.push(userId));
  const failed = optOuts.set('1', true);
  await Promise.resolve();
  store.writes[0]?.finish(new ParleyError('STORE_WRITE_FAILED'));
  await expect(failed).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
  expect(optOuts.has('1')).toBe(false);
  expect(told).toEqual([]);
  const again = optOuts.set('1', true);
  await expect.poll(() => store.writes.length).toBe(2);
  store.writes[1]?.finish();
  expect(await again).toBe(true);
});

test('of two wishes in quick succession the last one holds, in memory as in the store', async () => {
  const store = createSlowStore();
  const optOuts = await loadOptOuts(store, () => undefined);
  const wishes = Promise.all([optOuts.set('1', true), optOuts.set('1', false), optOuts.set('2', true)]);
  await expect.poll(() => store.writes.map(({ wish }) => wish)).toEqual(['1 out', '2 out']);
  for (const write of store.writes) write.finish();
  await expect.poll(() => store.writes.map(({ wish }) => wish)).toEqual(['1 out', '2 out', '1 in']);
  store.writes[2]?.finish();
  expect(await wishes).toEqual([true, true, true]);
  expect([optOuts.has('1'), optOuts.has('2')]).toEqual([false, true]);
  expect([...store.ids]).toEqual(['2']);
});
