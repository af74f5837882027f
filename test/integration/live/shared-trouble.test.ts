import { expect, test } from 'vitest';
import { createLiveGate } from '../../../src/room/live-gate.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { fastClock, startQuickLive, startTalk, type Talk } from './harness.ts';

const ROOMS = 8;
/** Minutes of trouble in seconds. */
const TIMES = 40;

test('eight rooms whose service is gone do not knock in turns: one tries, and all are back soon after it', async () => {
  await using live = await startQuickLive();
  let knocks = 0;
  live.on((event) => event.type === 'connected' && knocks++);
  const clock = fastClock(TIMES);
  const talks: Talk[] = [];
  const counts = new Map<string, number>();
  const gate = createLiveGate({
    clock,
    random: Math.random,
    log: createRecordingLog(),
    count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    tell: (id, its) => talks[Number(id)]?.session.gate(its),
  });
  await using opened = new AsyncDisposableStack();
  opened.defer(() => gate.close());
  for (let index = 0; index < ROOMS; index++) {
    const id = String(index);
    gate.admit(id);
    const talk = startTalk(live, { clock, random: Math.random, reach: (report) => gate.report(id, report) });
    opened.use(talk);
    talks.push(talk);
    await talk.until('state ready');
  }
  const dialled = (): number =>
    talks.reduce((sum, { counts: its }) => sum + (its.get('live_connections_total') ?? 0), 0);
  const ready = (): number => talks.filter(({ session }) => session.state.status === 'ready').length;

  live.control.refuseSockets(503);
  live.control.terminate();
  await expect.poll(() => counts.get('live_breaker_probes_total') ?? 0, { timeout: 20_000 }).toBeGreaterThanOrEqual(4);
  // A redial or two of each, until three had failed; from then on one at a time.
  const probes = counts.get('live_breaker_probes_total') ?? 0;
  expect(dialled() - ROOMS).toBeLessThanOrEqual(2 * ROOMS + probes);
  expect(ready()).toBe(0);

  live.control.refuseSockets(null);
  await expect.poll(ready, { timeout: 20_000 }).toBe(ROOMS);
  expect(knocks).toBe(2 * ROOMS);
  expect(live.violations).toEqual([]);
  expect(talks.flatMap(({ problems }) => problems)).toEqual([]);
});
