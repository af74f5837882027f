/**
 * The neural detector around its model: batches, bounds and failures, with a model that can be held up and broken.
 */
import { expect, test } from 'vitest';
import { createSileroDetector } from '../../../src/hearing/silero-detector.ts';
import type { ModelRow, SileroModel } from '../../../src/hearing/silero-model.ts';
import { createSpeechDetector, type JudgedWindow, type SpeechDetector } from '../../../src/hearing/speech-detector.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

interface Bench {
  readonly detector: SpeechDetector;
  /** The first sample of every row, a list a batch. */
  readonly batches: number[][];
  readonly rows: ModelRow[];
  readonly counts: Map<string, number>;
  readonly log: ReturnType<typeof createRecordingLog>;
  readonly closed: () => boolean;
}

/** A model whose probability is its row's first sample over 1000. */
async function openBench(judge?: SileroModel['judge']): Promise<Bench> {
  const batches: number[][] = [];
  const rows: ModelRow[] = [];
  const counts = new Map<string, number>();
  const log = createRecordingLog();
  let closed = false;
  const model: SileroModel = {
    judge: async (batch) => {
      batches.push(batch.map(({ pcm }) => pcm[0] ?? 0));
      rows.push(...batch.map((row) => ({ ...row, context: row.context.slice(), state: row.state.slice() })));
      for (const { state } of batch) state.fill(1);
      return judge === undefined ? batch.map(({ pcm }) => (pcm[0] ?? 0) / 1000) : judge(batch);
    },
    close: async () => {
      closed = true;
    },
  };
  const count = (name: string, by = 1): void => void counts.set(name, (counts.get(name) ?? 0) + by);
  const detector = await createSileroDetector({ log, count, load: async () => model });
  return { detector, batches, rows, counts, log, closed: () => closed };
}

const window = (value: number): Int16Array => new Int16Array(512).fill(value);

test('all who speak are judged in one batch, and rooms that tick at the same time share it', async () => {
  const { detector, batches } = await openBench();
  const told: number[] = [];
  for (const value of [100, 200, 300]) {
    detector.open(({ probability }) => told.push(probability)).push(window(value), 0);
  }
  await Promise.all([detector.run(), detector.run(), detector.run()]);
  expect(batches).toEqual([[100, 200, 300]]);
  expect(told).toEqual([0.1, 0.2, 0.3]);
  await detector.run();
  expect(batches).toHaveLength(1);
});

test('two windows of one speaker are judged one after the other, and large crowds in several batches', async () => {
  const { detector, batches } = await openBench();
  const crowd = Array.from({ length: 20 }, () => detector.open(() => undefined));
  for (const [n, stream] of crowd.entries()) stream.push(window(n + 1), 0);
  crowd[0]?.push(window(500), 32);
  await detector.run();
  expect(batches.map((batch) => batch.length)).toEqual([16, 5]);
  expect(batches.flat().filter((value) => value === 1 || value === 500)).toEqual([1, 500]);
});

test('who speaks faster than is judged loses the oldest, and what the model remembers does not outlive an utterance', async () => {
  const { detector, rows, counts } = await openBench();
  const judged: JudgedWindow[] = [];
  const stream = detector.open((it) => judged.push(it));
  stream.push(window(1), 0);
  await detector.run();
  // A new utterance of 40 windows while the model stands still: its first 8, the fresh one too, are dropped.
  for (let n = 0; n < 40; n++) stream.push(window(10 + n), 10_000 + n * 32);
  await detector.run();
  expect(counts.get('hearing_detector_overflows_total')).toBe(8);
  expect(judged.map(({ startsAt }) => startsAt)).toEqual([
    0,
    ...Array.from({ length: 32 }, (_, n) => 10_000 + (n + 8) * 32),
  ]);
  expect(rows[1]?.state.every((value) => value === 0)).toBe(true);
  expect(rows[2]?.state.every((value) => value === 1)).toBe(true);
});

test('a model that fails is stood in for by energy, told once, and asked again', async () => {
  let works = false;
  const { detector, counts, log } = await openBench(async (batch) => {
    if (!works) throw new Error('broken');
    return batch.map(() => 0.25);
  });
  const told: number[] = [];
  const stream = detector.open(({ probability }) => told.push(probability));
  stream.push(window(8_000), 0);
  await detector.run();
  stream.push(window(0), 32);
  await detector.run();
  works = true;
  stream.push(window(0), 64);
  await detector.run();
  expect(told).toEqual([1, 0, 0.25]);
  expect(counts.get('hearing_detector_failures_total')).toBe(2);
  expect(log.messages('error')).toHaveLength(1);
});

test('a listener that throws takes nothing from the others', async () => {
  const { detector, counts, log } = await openBench();
  const told: number[] = [];
  detector
    .open(() => {
      throw new Error('listener');
    })
    .push(window(1), 0);
  detector.open(({ probability }) => told.push(probability)).push(window(300), 0);
  await detector.run();
  expect(told).toEqual([0.3]);
  expect(counts.get('hearing_listener_failures_total')).toBe(1);
  expect(log.messages('error')).toHaveLength(1);
});

test('a stream that is closed, also while it is being judged, tells nothing any more', async () => {
  const { detector } = await openBench();
  const told: string[] = [];
  const streams = ['ada', 'bob', 'eve'].map((name) => detector.open(() => told.push(name)));
  for (const stream of streams) stream.push(window(1), 0);
  streams[0]?.close();
  const run = detector.run();
  await Promise.resolve();
  streams[1]?.close();
  await run;
  streams[1]?.push(window(1), 32);
  await detector.run();
  expect(told).toEqual(['eve']);
});

test('closing while the model computes ends without a word, and the model goes after it has finished', async () => {
  const gate = Promise.withResolvers<void>();
  const bench = await openBench(async (batch) => {
    await gate.promise;
    return batch.map(() => 1);
  });
  const told: unknown[] = [];
  const stream = bench.detector.open((it) => told.push(it));
  stream.push(window(1), 0);
  const run = bench.detector.run();
  await Promise.resolve();
  bench.detector.close();
  bench.detector.close();
  expect(bench.closed()).toBe(false);
  gate.resolve();
  await run;
  await new Promise((resolve) => setImmediate(resolve));
  expect(bench.closed()).toBe(true);
  expect(told).toEqual([]);
  stream.push(window(1), 32);
  await bench.detector.run();
  expect(bench.batches).toHaveLength(1);
});

test('where the model cannot run, speech is told by its energy, and the log says so once', async () => {
  const log = createRecordingLog();
  const counts: string[] = [];
  const load = (): Promise<never> => Promise.reject(new Error('no build for this platform'));
  const detector = await createSpeechDetector({ kind: 'neural', log, count: (name) => counts.push(name), load });
  expect(detector.kind).toBe('energy');
  expect(log.messages('warn')).toEqual(['the neural detector cannot run here: speech is told by its energy']);
  expect(counts).toEqual(['hearing_detector_fallbacks_total']);
  const told: number[] = [];
  detector.open(({ probability }) => told.push(probability)).push(window(8_000), 0);
  await detector.run();
  expect(told).toEqual([1]);
  detector.close();
});

test('the kind that is asked for is the kind that runs', async () => {
  const log = createRecordingLog();
  for (const kind of ['neural', 'energy'] as const) {
    const detector = await createSpeechDetector({ kind, log, count: () => undefined });
    expect(detector.kind).toBe(kind);
    detector.close();
  }
  expect(log.lines).toEqual([]);
});
