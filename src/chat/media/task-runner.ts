/**
 * One task after the other in a thread that is started for the first and ended when nothing was asked of it for a while.
 *
 * What hangs or brings the thread down fails alone; the next task gets a new thread.
 */
import { within } from '../../shutdown.ts';
import type { Clock, Timer } from '../../types/clock.ts';
import type { Count, Log } from '../../types/log.ts';
import type { MediaResult, MediaTask } from './media-task.ts';
import type { MediaThread, StartMediaThread } from './media-thread.ts';

/** Why a task came to nothing, whatever it was. */
export type RunnerFault =
  /** Too much is waiting already. */
  | 'busy'
  | 'timedOut'
  /** The thread died of it. */
  | 'crashed'
  | 'aborted'
  | 'closed';

export type RunnerResult = MediaResult | { readonly ok: false; readonly reason: RunnerFault };

export interface TaskRunner {
  /** Never rejects. Aborted, it answers at once; what has begun goes on unheard, within its time limit. */
  run(task: MediaTask, signal: AbortSignal | undefined): Promise<RunnerResult>;
  /** Ends the thread; what is not done is answered `closed`. */
  close(): Promise<void>;
}

export interface TaskRunnerOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly count: Count;
  readonly startThread: StartMediaThread;
}

/** Tasks that wait. They take a second or two: whoever came later would have given up before. */
export const MOST_WAITING = 20;
/** Ten minutes of sound take 7 s of a busy core, the largest image less. */
export const TASK_TIMEOUT_MS = 20_000;
/** To start it again takes a quarter of a second, to keep it some 60 MB. */
export const IDLE_MS = 60_000;
/** Native code can keep a thread from ending for longer than a shutdown has. */
const CLOSE_MS = 1_000;

interface Job {
  readonly task: MediaTask;
  /** Only the first answer counts. */
  settle(result: RunnerResult): void;
}

export function createTaskRunner(options: TaskRunnerOptions): TaskRunner {
  const runner = new SerialRunner(options);
  return { run: (task, signal) => runner.run(task, signal), close: () => runner.close() };
}

class SerialRunner {
  readonly #options: TaskRunnerOptions;
  readonly #waiting: Job[] = [];
  #thread: MediaThread | null = null;
  #current: { readonly job: Job; readonly limit: Timer } | null = null;
  #idle: Timer | null = null;
  #closed = false;

  constructor(options: TaskRunnerOptions) {
    this.#options = options;
  }

  run(task: MediaTask, signal: AbortSignal | undefined): Promise<RunnerResult> {
    if (signal?.aborted) return refused('aborted');
    if (this.#closed) return refused('closed');
    if (this.#waiting.length >= MOST_WAITING) {
      this.#options.count('media_refusals_total');
      return refused('busy');
    }
    const { promise, resolve } = Promise.withResolvers<RunnerResult>();
    const abort = (): void => {
      const place = this.#waiting.indexOf(job);
      if (place >= 0) this.#waiting.splice(place, 1);
      job.settle({ ok: false, reason: 'aborted' });
    };
    const settle = (result: RunnerResult): void => {
      signal?.removeEventListener('abort', abort);
      resolve(result);
    };
    const job: Job = { task, settle };
    signal?.addEventListener('abort', abort, { once: true });
    this.#waiting.push(job);
    this.#next();
    return promise;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#idle?.cancel();
    for (const job of this.#waiting.splice(0)) job.settle({ ok: false, reason: 'closed' });
    const ending = this.#dropThread();
    this.#finish({ ok: false, reason: 'closed' });
    await within(CLOSE_MS, this.#options.clock, ending);
  }

  /** Begins what is next, unless something is being done. */
  #next(): void {
    if (this.#current !== null || this.#closed) return;
    const job = this.#waiting.shift();
    const { clock } = this.#options;
    this.#idle?.cancel();
    if (job === undefined) {
      this.#idle = clock.after(IDLE_MS, () => void this.#dropThread());
      return;
    }
    this.#current = { job, limit: clock.after(TASK_TIMEOUT_MS, () => this.#timeOut(job)) };
    try {
      this.#thread ??= this.#start();
      this.#thread.post(job.task);
    } catch (error) {
      // No thread to be had, or nothing that can be handed over.
      void this.#dropThread();
      this.#lose(error);
    }
  }

  #start(): MediaThread {
    const thread = this.#options.startThread({
      // What a thread says that was given up is no longer believed.
      done: (result) => this.#thread === thread && this.#finish(result),
      exited: (error) => this.#thread === thread && this.#lose(error),
    });
    return thread;
  }

  #finish(result: RunnerResult): void {
    const ended = this.#current;
    this.#current = null;
    ended?.limit.cancel();
    ended?.job.settle(result);
    this.#next();
  }

  #timeOut(job: Job): void {
    this.#options.count('media_timeouts_total');
    this.#options.log.warn({ task: job.task.kind }, 'a media task took too long');
    void this.#dropThread();
    this.#finish({ ok: false, reason: 'timedOut' });
  }

  #lose(error: unknown): void {
    this.#thread = null;
    this.#options.count('media_thread_deaths_total');
    this.#options.log.warn({ err: error, task: this.#current?.job.task.kind ?? null }, 'the media thread died');
    this.#finish({ ok: false, reason: 'crashed' });
  }

  async #dropThread(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    await thread?.terminate();
  }
}

function refused(reason: RunnerFault): Promise<RunnerResult> {
  return Promise.resolve({ ok: false, reason });
}
