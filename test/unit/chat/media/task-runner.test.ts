import { expect, test } from 'vitest';
import type { MediaResult, MediaTask } from '../../../../src/chat/media/media-task.ts';
import type { MediaThreadListener, StartMediaThread } from '../../../../src/chat/media/media-thread.ts';
import {
  createTaskRunner,
  IDLE_MS,
  MOST_WAITING,
  type RunnerResult,
  TASK_TIMEOUT_MS,
} from '../../../../src/chat/media/task-runner.ts';
import { createFakeClock } from '../../../kit/fake-clock.ts';
import { createRecordingLog } from '../../../kit/recording-log.ts';

interface ScriptedThread extends MediaThreadListener {
  readonly tasks: MediaTask[];
  terminated: boolean;
}

/** A runner whose threads do nothing until the test says what they did. */
function setUp({ startThread }: { startThread?: StartMediaThread } = {}) {
  const clock = createFakeClock();
  const log = createRecordingLog();
  const threads: ScriptedThread[] = [];
  const counted: string[] = [];
  const scripted: StartMediaThread = (listener) => {
    const thread: ScriptedThread = { ...listener, tasks: [], terminated: false };
    threads.push(thread);
    return {
      post: (task) => thread.tasks.push(task),
      terminate: async () => {
        thread.terminated = true;
        // As a real one does, and later than its end is asked for.
        queueMicrotask(() => listener.exited(new Error('ended')));
      },
    };
  };
  const count = (name: string): void => void counted.push(name);
  const runner = createTaskRunner({ clock, log, count, startThread: startThread ?? scripted });
  return { clock, log, counted, threads, runner };
}

const task = (size = 1): MediaTask => ({ kind: 'decodeVoice', file: new Uint8Array(size) });
const result = (durationMs: number): MediaResult => {
  return { ok: true, pcm: new Int16Array(), durationMs, cutOff: false, lost: 0 };
};
const fails = (reason: string): RunnerResult => ({ ok: false, reason }) as RunnerResult;

test('no thread is started before something is asked for, and one does everything in order, one at a time', async () => {
  const { runner, threads } = setUp();
  expect(threads).toHaveLength(0);
  const answers = [1, 2, 3].map((size) => runner.run(task(size), undefined));
  const [thread] = threads;
  expect(thread?.tasks).toEqual([task(1)]);
  thread?.done(result(1));
  thread?.done(result(2));
  expect(thread?.tasks).toEqual([task(1), task(2), task(3)]);
  thread?.done(result(3));
  expect(await Promise.all(answers)).toEqual([result(1), result(2), result(3)]);
  expect(threads).toHaveLength(1);
});

test('a minute after the last task the thread ends, and the next task starts another', async () => {
  const { runner, threads, clock, counted } = setUp();
  const first = runner.run(task(), undefined);
  clock.advance(10_000);
  threads[0]?.done(result(1));
  await first;
  clock.advance(IDLE_MS - 1);
  const second = runner.run(task(), undefined);
  threads[0]?.done(result(2));
  await second;
  clock.advance(IDLE_MS - 1);
  expect(threads[0]?.terminated).toBe(false);
  clock.advance(1);
  expect(threads[0]?.terminated).toBe(true);
  const third = runner.run(task(), undefined);
  threads[1]?.done(result(3));
  expect(await third).toEqual(result(3));
  expect(counted).toEqual([]);
});

test('a task that hangs fails alone: its thread is ended and the next task gets a new one', async () => {
  const { runner, threads, clock, log, counted } = setUp();
  const [hangs, follows] = [runner.run(task(1), undefined), runner.run(task(2), undefined)];
  clock.advance(TASK_TIMEOUT_MS - 1);
  expect(threads[0]?.terminated).toBe(false);
  clock.advance(1);
  expect(await hangs).toEqual(fails('timedOut'));
  expect(threads[0]?.terminated).toBe(true);
  // What comes out of it after all is nobody's.
  threads[0]?.done(result(1));
  threads[1]?.done(result(2));
  expect(await follows).toEqual(result(2));
  expect(counted).toEqual(['media_timeouts_total']);
  expect(log.lines).toMatchObject([
    { level: 'warn', message: 'a media task took too long', fields: { task: 'decodeVoice' } },
  ]);
});

test('a task that brings the thread down fails alone', async () => {
  const { runner, threads, counted } = setUp();
  const [fatal, follows] = [runner.run(task(1), undefined), runner.run(task(2), undefined)];
  threads[0]?.exited(new Error('memory access out of bounds'));
  expect(await fatal).toEqual(fails('crashed'));
  threads[1]?.done(result(2));
  expect(await follows).toEqual(result(2));
  expect(counted).toEqual(['media_thread_deaths_total']);
});

test('a thread that dies while it has nothing to do is replaced when it is needed', async () => {
  const { runner, threads } = setUp();
  const first = runner.run(task(), undefined);
  threads[0]?.done(result(1));
  await first;
  threads[0]?.exited(new Error('killed'));
  const second = runner.run(task(), undefined);
  threads[1]?.done(result(2));
  expect(await second).toEqual(result(2));
});

test('where no thread can be started a task fails, and nothing is thrown', async () => {
  const { runner, log } = setUp({
    startThread: () => {
      throw new Error('EAGAIN');
    },
  });
  expect(await runner.run(task(), undefined)).toEqual(fails('crashed'));
  expect(await runner.run(task(), undefined)).toEqual(fails('crashed'));
  expect(log.lines).toHaveLength(2);
});

test('so many wait and no more; who is refused is told at once, and there is room again when one is done', async () => {
  const { runner, threads, counted } = setUp();
  const accepted = Array.from({ length: 1 + MOST_WAITING }, () => runner.run(task(), undefined));
  expect(await runner.run(task(), undefined)).toEqual(fails('busy'));
  expect(counted).toEqual(['media_refusals_total']);
  threads[0]?.done(result(0));
  accepted.push(runner.run(task(), undefined));
  for (let i = 1; i < accepted.length; i++) threads[0]?.done(result(i));
  expect(await Promise.all(accepted)).toEqual(accepted.map((_, i) => result(i)));
});

test('a task that is called off while it waits is never begun', async () => {
  const { runner, threads } = setUp();
  const abort = new AbortController();
  const answers = [1, 2, 3].map((size) => runner.run(task(size), size === 2 ? abort.signal : undefined));
  abort.abort();
  expect(await answers[1]).toEqual(fails('aborted'));
  threads[0]?.done(result(1));
  threads[0]?.done(result(3));
  expect(await Promise.all([answers[0], answers[2]])).toEqual([result(1), result(3)]);
  expect(threads[0]?.tasks).toEqual([task(1), task(3)]);
});

test('a task that is called off while it is done answers at once, and what comes of it is not taken for the next', async () => {
  const { runner, threads } = setUp();
  const abort = new AbortController();
  const called = runner.run(task(1), abort.signal);
  const next = runner.run(task(2), undefined);
  abort.abort();
  expect(await called).toEqual(fails('aborted'));
  threads[0]?.done(result(1));
  threads[0]?.done(result(2));
  expect(await next).toEqual(result(2));
  expect(await runner.run(task(3), abort.signal)).toEqual(fails('aborted'));
});

test('at the end everything is answered, the thread is gone and no timer is left', async () => {
  const { runner, threads, clock, counted } = setUp();
  const answers = [1, 2].map((size) => runner.run(task(size), undefined));
  await runner.close();
  expect(await Promise.all(answers)).toEqual([fails('closed'), fails('closed')]);
  expect(await runner.run(task(), undefined)).toEqual(fails('closed'));
  expect(threads).toHaveLength(1);
  expect(threads[0]?.terminated).toBe(true);
  expect(clock.pending).toBe(0);
  expect(counted).toEqual([]);
  await runner.close();
});

test('a thread that does not end does not keep the bot from ending', async () => {
  const { runner, clock } = setUp({ startThread: () => ({ post: () => {}, terminate: () => new Promise(() => {}) }) });
  const answer = runner.run(task(), undefined);
  const closing = runner.close();
  expect(await answer).toEqual(fails('closed'));
  clock.advance(1_000);
  await closing;
  expect(clock.pending).toBe(0);
});
