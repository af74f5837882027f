import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createReminderSchedule, type Delivery } from '../../../src/discord/reminders/reminder-schedule.ts';
import type { StoredReminder } from '../../../src/store/reminders.ts';
import { openStore } from '../../kit/database-file.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SOME_DAY = Date.parse('2026-11-27T10:00:00Z');

class Refused extends Error {}

interface Calls {
  readonly reminder: StoredReminder;
  readonly signal: AbortSignal;
}

function setUp() {
  const clock = createFakeClock();
  const store = openStore(':memory:', clock);
  const log = createRecordingLog();
  const counts = new Map<string, number>();
  const calls: Calls[] = [];
  const bench = {
    /** What the calendar is ahead of the clock. */
    ahead: SOME_DAY - clock.now(),
    /** How often the store was asked what is due. */
    looks: 0,
    deliver: (_: Calls): Promise<Delivery> => Promise.resolve('posted'),
    removeReminder: store.removeReminder,
  };
  const now = (): number => clock.now() + bench.ahead;
  const schedule = createReminderSchedule({
    store: {
      reminderOutlook(at) {
        bench.looks++;
        return store.reminderOutlook(at);
      },
      removeReminder: (guildId, id) => bench.removeReminder(guildId, id),
    },
    deliver(reminder, signal) {
      calls.push({ reminder, signal });
      return bench.deliver({ reminder, signal });
    },
    isRefusal: (error) => error instanceof Refused,
    clock,
    now,
    count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    log,
  });
  onTestFinished(() => schedule.close());
  return {
    ...{ clock, store, log, counts, calls, bench, schedule },
    told: () => calls.map(({ reminder }) => reminder.what),
    left: async () => (await store.reminders('g')).map(({ what }) => what),
    async set(what: string, inMs: number) {
      const at = now();
      const reminder = { guildId: 'g', channelId: 'c', ownerId: 'ada', what, setAt: at, dueAt: at + inMs };
      await store.addReminder(reminder);
      schedule.look();
    },
    /** Lets time pass, in steps, so that what follows from one timer is done before the next. */
    async pass(ms: number, step = 5_000) {
      for (let left = ms; left > 0; left -= step) {
        clock.advance(Math.min(step, left));
        await setImmediate();
      }
      clock.advance(0);
      await setImmediate();
    },
  };
}

test('a reminder is told when it is due, not before, and only once', async () => {
  const { schedule, set, pass, told, left, counts } = setUp();
  schedule.start();
  await set('cat', 30_000);
  await pass(29_000);
  expect(told()).toEqual([]);
  await pass(1_000);
  expect(told()).toEqual(['cat']);
  expect(await left()).toEqual([]);
  await pass(10 * MINUTE_MS);
  expect(told()).toEqual(['cat']);
  expect(counts.get('reminders_posted_total')).toBe(1);
});

test('one that is set later and due earlier is told earlier; those due far ahead wait', async () => {
  const { schedule, set, pass, told } = setUp();
  schedule.start();
  await set('late', 50_000);
  await set('in a year', 365 * DAY_MS);
  await pass(5_000);
  await set('early', 10_000);
  await pass(10_000);
  expect(told()).toEqual(['early']);
  await pass(35_000);
  expect(told()).toEqual(['early', 'late']);
});

test('what fell due before the start is told at the start', async () => {
  const { schedule, set, pass, told } = setUp();
  await set('cat', 5_000);
  await pass(3 * DAY_MS, DAY_MS);
  expect(told()).toEqual([]);
  schedule.start();
  await pass(0);
  expect(told()).toEqual(['cat']);
});

test('a calendar that is put forward is noticed within a minute', async () => {
  const { schedule, set, pass, told, bench } = setUp();
  schedule.start();
  await set('cat', 6 * 60 * MINUTE_MS);
  await pass(5_000);
  bench.ahead += 6 * 60 * MINUTE_MS;
  await pass(MINUTE_MS);
  expect(told()).toEqual(['cat']);
});

test('one that is refused is tried a few times, then given up, and the log says so', async () => {
  const { schedule, set, pass, calls, left, bench, log, counts } = setUp();
  bench.deliver = () => Promise.reject(new Refused('no such channel'));
  schedule.start();
  await set('cat', 0);
  await pass(0);
  expect(calls).toHaveLength(1);
  await pass(14_000, 1_000);
  expect(calls).toHaveLength(1);
  await pass(10 * MINUTE_MS);
  expect(calls).toHaveLength(4);
  expect(await left()).toEqual([]);
  expect(log.messages('warn')).toEqual(['a reminder could not be delivered and is given up']);
  expect(JSON.stringify(log.lines)).not.toContain('cat');
  expect(counts.get('reminders_failed_total')).toBe(1);
  await pass(DAY_MS, MINUTE_MS);
  expect(calls).toHaveLength(4);
});

test('while Discord is out of reach it is tried until it is back', async () => {
  const { schedule, set, pass, calls, left, bench } = setUp();
  bench.deliver = () => Promise.reject(new TypeError('fetch failed'));
  schedule.start();
  await set('cat', 0);
  await pass(60 * MINUTE_MS);
  expect(calls.length).toBeGreaterThan(10);
  expect(calls.length).toBeLessThan(20);
  expect(await left()).toEqual(['cat']);
  bench.deliver = () => Promise.resolve('posted');
  await pass(5 * MINUTE_MS);
  expect(await left()).toEqual([]);
});

test('what was told and could not be deleted is not told again, and deleted as soon as it can be', async () => {
  const { schedule, set, pass, told, left, bench, store } = setUp();
  bench.removeReminder = () => Promise.reject(new Error('locked'));
  schedule.start();
  await set('cat', 0);
  await pass(5 * MINUTE_MS);
  expect(told()).toEqual(['cat']);
  expect(await left()).toEqual(['cat']);
  bench.removeReminder = store.removeReminder;
  await pass(MINUTE_MS);
  expect(told()).toEqual(['cat']);
  expect(await left()).toEqual([]);
});

test('one whose server is away waits without counting as failed, and is given up after a week', async () => {
  const { schedule, set, pass, calls, left, bench, log } = setUp();
  bench.deliver = () => Promise.resolve('waits');
  schedule.start();
  await set('cat', 0);
  await pass(60 * MINUTE_MS);
  expect(calls.length).toBeGreaterThan(50);
  expect(calls.length).toBeLessThan(70);
  expect(log.messages('info')).toEqual([]);
  await pass(6 * DAY_MS, MINUTE_MS);
  expect(await left()).toEqual(['cat']);
  await pass(DAY_MS, MINUTE_MS);
  expect(await left()).toEqual([]);
  expect(log.messages('info')).toEqual(['a reminder could not be delivered for a week and is given up']);
});

test('one that takes its time is not told twice, and holds up no other', async () => {
  const { schedule, set, pass, told, left, bench } = setUp();
  const { promise, resolve } = Promise.withResolvers<Delivery>();
  bench.deliver = ({ reminder }) => (reminder.what === 'slow' ? promise : Promise.resolve('posted'));
  schedule.start();
  await set('slow', 0);
  await set('quick', 10_000);
  await pass(5 * MINUTE_MS);
  expect(told()).toEqual(['slow', 'quick']);
  resolve('spoken');
  await pass(0);
  expect(await left()).toEqual([]);
});

test('one that is cancelled between two tries is not tried again', async () => {
  const { schedule, set, pass, calls, bench, store } = setUp();
  bench.deliver = () => Promise.reject(new Refused('no'));
  schedule.start();
  await set('cat', 0);
  await pass(1_000);
  await store.removeReminder('g', 1);
  await pass(10 * MINUTE_MS);
  expect(calls).toHaveLength(1);
  expect(bench.looks).toBeLessThan(15);
});

test('after the end nothing is told, and what was on its way is waited for', async () => {
  const { schedule, set, pass, calls, left, bench, clock } = setUp();
  bench.deliver = ({ signal }) =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve('waits'), { once: true }));
  schedule.start();
  await set('on its way', 0);
  await set('later', 10_000);
  await pass(1_000);
  await schedule.close();
  await pass(10 * MINUTE_MS);
  expect(calls).toHaveLength(1);
  expect(await left()).toEqual(['on its way', 'later']);
  expect(clock.pending).toBe(0);
});

test('whatever fails and whenever it is set: each is told until it was told, and never after that', async () => {
  const outcome = fc.constantFrom<Delivery | 'fails'>('posted', 'spoken', 'waits', 'fails');
  const plan = fc.array(fc.record({ inMs: fc.nat(20 * MINUTE_MS), tries: fc.array(outcome, { maxLength: 4 }) }), {
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(plan, async (reminders) => {
      const { schedule, set, pass, bench, left, told, store } = setUp();
      const tries = new Map(reminders.map((it, index) => [String(index), [...it.tries]]));
      const successes = new Map<string, number>();
      bench.deliver = async ({ reminder: { what } }) => {
        const next = tries.get(what)?.shift() ?? 'posted';
        if (next === 'fails') throw new TypeError('fetch failed');
        if (next !== 'waits') successes.set(what, (successes.get(what) ?? 0) + 1);
        return next;
      };
      schedule.start();
      for (const [index, { inMs }] of reminders.entries()) await set(String(index), inMs);
      await pass(60 * MINUTE_MS, 10_000);
      expect(await left()).toEqual([]);
      expect([...successes.values()]).toEqual(reminders.map(() => 1));
      expect(new Set(told()).size).toBe(reminders.length);
      store.close();
    }),
    { numRuns: 15 },
  );
});
