import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPacedWrite } from '../../../src/discord/recovery/paced-write.ts';
import { createFakeClock, type FakeClock } from '../../kit/fake-clock.ts';

const PACE_MS = 1_000;
const IDLE_MS = 60_000;
const RETRY_MS = 10_000;

/** A place to write to that fails while `broken` says so, and the value to write. */
function desk(clock: FakeClock) {
  const it = { value: 0, broken: false, started: [] as number[], written: [] as number[], failures: 0 };
  const writer = createPacedWrite({
    write: async () => {
      const { value } = it;
      it.started.push(clock.now());
      await Promise.resolve();
      if (it.broken) throw new Error('the disk is full');
      it.written.push(value);
    },
    clock,
    paceMs: PACE_MS,
    idleMs: IDLE_MS,
    retryMs: RETRY_MS,
    onFailure: () => it.failures++,
  });
  return Object.assign(it, { writer });
}

/** Lets writes that are under way come to an end. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

async function pass(clock: FakeClock, ms: number, step = 100): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    clock.advance(step);
    await settled();
  }
}

test('the first change is written at once, a burst after it once, with the last of it', async () => {
  const clock = createFakeClock();
  const it = desk(clock);
  it.writer.changed();
  await settled();
  expect(it.written).toEqual([0]);
  for (it.value = 1; it.value < 50; it.value++) it.writer.changed();
  await pass(clock, PACE_MS);
  expect(it.written).toEqual([0, 50]);
});

test('however changes come, there is at most one write a second, and the last value is always written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 1_500 }), { maxLength: 40 }), async (pauses) => {
      const clock = createFakeClock();
      const it = desk(clock);
      for (const pause of pauses) {
        it.value++;
        it.writer.changed();
        await pass(clock, pause, 50);
      }
      await it.writer.finish();
      const gaps = it.started.slice(1, -1).map((at, index) => at - (it.started[index] ?? 0));
      expect(Math.min(PACE_MS, ...gaps)).toBe(PACE_MS);
      expect(it.written.at(-1) ?? 0).toBe(it.value);
      expect(clock.pending).toBe(0);
    }),
  );
});

test('what cannot wait does not', async () => {
  const clock = createFakeClock();
  const it = desk(clock);
  it.writer.changed();
  it.value = 1;
  it.writer.hurry();
  await settled();
  expect(it.written).toEqual([0, 1]);
});

test('a write that fails is tried again, not in a circle, and has the newest value when it succeeds', async () => {
  const clock = createFakeClock();
  const it = desk(clock);
  it.broken = true;
  it.writer.hurry();
  await pass(clock, RETRY_MS - 100);
  expect(it.started).toHaveLength(1);
  it.value = 7;
  it.writer.changed();
  await pass(clock, RETRY_MS * 2);
  expect(it.started).toHaveLength(3);
  it.broken = false;
  await pass(clock, RETRY_MS);
  expect(it.written).toEqual([7]);
  expect(it.failures).toBe(3);
});

test('while nothing changes it is written now and then, and no more once it was stopped', async () => {
  const clock = createFakeClock();
  const it = desk(clock);
  it.writer.changed();
  await pass(clock, 3 * IDLE_MS, 1_000);
  expect(it.written).toHaveLength(4);
  it.writer.stop();
  expect(clock.pending).toBe(0);
});

test('the end waits for the write under way and writes what came after it began', async () => {
  const clock = createFakeClock();
  const it = desk(clock);
  it.writer.changed();
  it.value = 1;
  it.writer.changed();
  await it.writer.finish();
  expect(it.written).toEqual([0, 1]);
  it.broken = true;
  it.writer.changed();
  await it.writer.finish();
  expect(it.failures).toBe(1);
});
