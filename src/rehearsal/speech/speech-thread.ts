/**
 * Speech and recognition on a thread of their own, so that the event loop that paces simulated people at 20 ms never waits for either.
 *
 * The thread starts with the first task and keeps nobody's process alive while it has none. If it dies, the tasks it had fail and the next one
 * starts another.
 */
import { Worker } from 'node:worker_threads';
import type { Recognition } from './recogniser.ts';
import type { SpeechReply, SpeechResult, SpeechTask } from './speech-task.ts';
import { KNOWN_UTTERANCES, type KnownUtterance } from './utterances.ts';
import { SpeechError } from './voices.ts';

export interface SpeechThread {
  /** Speaks a line: mono at `rate` Hz. Rejects with SpeechError as `speak` of voices.ts throws. */
  speak(text: string, voice: string, rate: number): Promise<Int16Array>;
  /** The audio of an utterance: mono at `rate` Hz. */
  load(utterance: KnownUtterance, rate: number): Promise<Int16Array>;
  /** What a window of 16 kHz mono PCM contains. The first call also prepares the known utterances (about a second). */
  recognise(pcm: Int16Array): Promise<Recognition>;
  /** Ends the thread; what it has not done yet is rejected. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Tasks in hand at once: far more than a conversation needs, and a bound for a caller that runs away. */
const MOST_TASKS = 100;

interface Pending {
  resolve(result: SpeechResult): void;
  reject(error: Error): void;
}

/** @param known what `recognise` can tell apart. */
export function createSpeechThread({
  known = KNOWN_UTTERANCES,
}: {
  known?: readonly KnownUtterance[];
} = {}): SpeechThread {
  const pending = new Map<number, Pending>();
  let worker: Worker | null = null;
  let nextId = 1;
  let closed = false;

  function failAll(error: Error): void {
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  }

  function settle(reply: SpeechReply): void {
    const task = pending.get(reply.id);
    pending.delete(reply.id);
    if (pending.size === 0) worker?.unref();
    if (reply.ok) task?.resolve(reply.result);
    else task?.reject(revive(reply.error));
  }

  function start(): Worker {
    const started = new Worker(new URL('./speech-worker.ts', import.meta.url), { workerData: known });
    started.on('message', settle);
    let cause: unknown;
    started.on('error', (error) => {
      cause = error;
    });
    started.on('exit', () => {
      if (worker !== started) return;
      worker = null;
      failAll(new Error('the speech thread has died', { cause }));
    });
    return started;
  }

  function run(task: SpeechTask): Promise<SpeechResult> {
    if (closed) return Promise.reject(new Error('the speech thread is closed'));
    if (pending.size >= MOST_TASKS) return Promise.reject(new Error('the speech thread has too much to do'));
    worker ??= start();
    worker.ref();
    const id = nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<SpeechResult>();
    pending.set(id, { resolve, reject });
    worker.postMessage({ id, task });
    return promise;
  }

  async function close(): Promise<void> {
    closed = true;
    const ending = worker;
    worker = null;
    failAll(new Error('the speech thread is closed'));
    await ending?.terminate();
  }

  return {
    speak: async (text, voice, rate) => samples(await run({ kind: 'speak', text, voice, rate })),
    load: async (utterance, rate) => samples(await run({ kind: 'load', utterance, rate })),
    recognise: async (pcm) => recognition(await run({ kind: 'recognise', pcm })),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function samples(result: SpeechResult): Int16Array {
  if (result instanceof Int16Array) return result;
  throw new Error('the speech thread answered with something that is no audio');
}

function recognition(result: SpeechResult): Recognition {
  if (!(result instanceof Int16Array)) return result;
  throw new Error('the speech thread answered with audio to a window');
}

/** Errors lose their class between threads; the one callers tell apart gets it back. */
function revive({ name, message }: { readonly name: string; readonly message: string }): Error {
  return name === 'SpeechError' ? new SpeechError(message) : new Error(`${name}: ${message}`);
}
