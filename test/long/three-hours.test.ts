/**
 * Three hours of talk with a service that closes, drops, stalls, falls silent and refuses, at 60 times the speed of life.
 */
import { expect, onTestFinished, test } from 'vitest';
import { profileOf } from '../../src/catalogue/models.ts';
import { HARDSHIPS, type Hardship, type Scene, seededRandom } from './hardships.ts';
import { startService } from './service.ts';
import { openTalkingRoom } from './talking-room.ts';
import { createVirtualTime } from './virtual-time.ts';

const TIMES = 60;
const MINUTE_MS = 60_000;
const THREE_HOURS_MS = 180 * MINUTE_MS;
/** From question to question, ms: a talk with pauses to think in. */
const SHORTEST_PAUSE_MS = 4_000;
const LONGEST_PAUSE_MS = 40_000;
/** Longer than any hardship keeps an answer away. */
const PATIENCE_MS = 180_000;
/** What is heard of an answer before something happens to it, packets. */
const IN_ANSWER = 25;
const MEMORY_EVERY_MS = 10 * MINUTE_MS;

interface Outcome {
  readonly number: number;
  readonly hardship: Hardship;
  readonly said: readonly string[];
}

/** Asks one question, with its hardship, and waits until the room is quiet again. */
async function exchange(scene: Scene, number: number, hardship: Hardship): Promise<Outcome> {
  const { room, time } = scene;
  room.told.length = 0;
  await hardship.before?.(scene);
  const heardBefore = room.packets;
  room.ask(number);
  await hardship.during?.(scene);
  await time.until(() => !room.asking, PATIENCE_MS);
  const said = (): string[] =>
    room.told.flatMap((event) =>
      event.type === 'transcript' && event.final && event.role === 'model' ? [event.text] : [],
    );
  if (hardship.inAnswer) {
    await time.until(() => room.packets >= heardBefore + IN_ANSWER, PATIENCE_MS);
    await hardship.inAnswer(scene);
  }
  if (hardship.silent) await time.until(() => false, 10_000);
  else await time.until(() => said().length > 0 && !room.playing, PATIENCE_MS);
  return { number, hardship, said: said() };
}

/** Bytes of living objects. */
function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

test.each([
  ['gemini-3.8-live', 11],
  ['gemini-3.1-flash-live-preview', 12],
  ['gemini-2.5-flash-native-audio-preview-12-2025', 13],
])('three hours with %s: every question is answered once, in order, and nothing is forgotten', async (model, seed) => {
  const service = await startService({ times: TIMES, connectionLifetimeMs: 10 * MINUTE_MS, goAwayBeforeMs: 10_000 });
  onTestFinished(() => service.close());
  const time = createVirtualTime(TIMES);
  const room = openTalkingRoom(time, { baseUrl: service.url, model });
  onTestFinished(() => room.close());
  const scene = { service, room, time };
  const random = seededRandom(seed);
  const nudges = profileOf(model).profile.clientContentMidSession;
  const hardships = HARDSHIPS.filter(({ takesNudge }) => nudges || !takesNudge);
  const outcomes: Outcome[] = [];
  const memories: number[] = [];
  const startedAt = time.clock.now();
  await time.until(() => room.connected, PATIENCE_MS);

  for (let number = 1; time.clock.now() - startedAt < THREE_HOURS_MS; number++) {
    const hardship = hardships[Math.floor(random() * hardships.length)] ?? { name: 'none' };
    outcomes.push(await exchange(scene, number, hardship));
    await time.until(() => false, SHORTEST_PAUSE_MS + random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS));
    if (time.clock.now() - startedAt >= (memories.length + 1) * MEMORY_EVERY_MS) memories.push(memory());
  }

  const report = await service.report();
  const table = memories.map((bytes, i) => `${(i + 1) * 10} min ${(bytes / 2 ** 20).toFixed(1)} MiB`).join(', ');
  console.log(
    `${model}: ${outcomes.length} questions, ${report.resumed} resumed and ${report.fresh} fresh connections; ${table}`,
  );

  for (const { number, hardship, said } of outcomes) {
    const whole = `answer ${number} after ${number - 1}`;
    const answer = hardship.cutsShort ? expect.stringMatching(`^answer ${number}\\b`) : whole;
    expect(said, `question ${number}, ${hardship.name}`).toEqual(hardship.silent ? [] : [answer]);
  }
  const due = outcomes.filter(({ hardship }) => !hardship.silent).map(({ number }) => number);
  expect(report.begun).toEqual(due);
  expect(report.damaged).toBe(0);
  expect(report.violations).toEqual([]);
  expect(report.mostSockets).toBe(1);
  expect(report.openSockets).toBe(1);
  // A quarter of a mebibyte an hour would be a leak; what the collector leaves lying about differs by more from time to time.
  const [settled = 0] = memories;
  expect(Math.min(...memories.slice(-3))).toBeLessThan(settled * 1.1 + 2 * 2 ** 20);
});
