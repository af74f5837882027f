import { expect, test } from 'vitest';
import { createThreadPool } from '../../../src/room/thread-pool.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { createScriptedThreads } from '../../kit/scripted-threads.ts';

test('how late a thread is can be read in the debug log, with the rooms it has', () => {
  const threads = createScriptedThreads();
  const log = createRecordingLog();
  const pool = createThreadPool({
    maxThreads: 1,
    start: threads.start,
    tuning: { voiceActivity: 'energy', turnDetection: 'manual', live: {} },
    clock: createFakeClock(),
    log,
    onEvent: () => undefined,
    onLost: () => undefined,
  });
  pool.place('r1');
  pool.place('r2');
  threads.all[0]?.beats();
  expect(log.lines).toEqual([
    { level: 'debug', fields: { generation: 1, rooms: 2, lagMs: 1 }, message: 'room thread beats' },
  ]);
});
