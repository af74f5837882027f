/**
 * The thread in which files of strangers are decoded: what they do to a codec they do to nobody else.
 */
import { Worker } from 'node:worker_threads';
import { type MediaResult, type MediaTask, memoryOf, withOwnMemory } from './media-task.ts';

export interface MediaThreadListener {
  /** The task that was posted is done. */
  done(result: MediaResult): void;
  /** The thread ended, asked for or not. */
  exited(error: unknown): void;
}

export interface MediaThread {
  /** One at a time: the next only after `done`. */
  post(task: MediaTask): void;
  /** Ends the thread; native code in it runs to its end first. */
  terminate(): Promise<void>;
}

export type StartMediaThread = (listener: MediaThreadListener) => MediaThread;

/** Far more than the JavaScript in it needs: files and PCM lie outside of this. Beyond it the thread dies, not the process. */
const MOST_HEAP_MB = 256;

export const startMediaThread: StartMediaThread = (listener) => {
  const worker = new Worker(new URL('./media-worker.ts', import.meta.url), {
    name: 'media',
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  });
  let failure: unknown = null;
  worker.on('message', (result: MediaResult) => listener.done(result));
  worker.on('error', (error) => {
    failure = error;
  });
  worker.once('exit', (code) => listener.exited(failure ?? new Error(`the media thread exited with code ${code}`)));
  return {
    post(task) {
      const own = withOwnMemory(task);
      worker.postMessage(own, memoryOf(own));
    },
    terminate: async () => {
      await worker.terminate();
    },
  };
};
