/**
 * Where rooms live: a worker thread by default, the main thread with `ROOM_THREADS=0`. Both look the same from here.
 */
import { Worker } from 'node:worker_threads';
import { systemClock } from '../types/clock.ts';
import type { RoomTuning } from '../types/settings.ts';
import type { RoomCommand, RoomEvent } from './protocol.ts';

/** What a thread says. Every message carries the thread's generation, so that nothing of a dead one is believed. */
export type ThreadMessage = { readonly generation: number } & (
  | { readonly kind: 'event'; readonly event: RoomEvent }
  /** A sign of life, once a second; `lagMs` is how late the event loop was at the 99th percentile since the one before. */
  | { readonly kind: 'beat'; readonly lagMs: number }
);

/** What a thread is started with; crosses as `workerData`. */
export interface ThreadStart {
  readonly generation: number;
  readonly tuning: RoomTuning;
}

export interface ThreadListener {
  message(message: ThreadMessage): void;
  /** The thread ended, asked for or not. */
  exited(error: unknown): void;
}

export interface RoomThread {
  post(command: RoomCommand): void;
  /** Ends the thread at once; what its rooms held is gone. */
  terminate(): Promise<void>;
}

export type StartThread = (start: ThreadStart, listener: ThreadListener) => RoomThread;

/** A real thread with its own event loop, codecs and heap. */
export const startWorkerThread: StartThread = (start, listener) => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: start,
    name: `rooms-${start.generation}`,
  });
  let failure: unknown = null;
  worker.on('message', (message: ThreadMessage) => listener.message(message));
  worker.on('error', (error) => {
    failure = error;
  });
  worker.on('messageerror', (error) => {
    failure = error;
    void worker.terminate();
  });
  worker.once('exit', (code) => listener.exited(failure ?? new Error(`room thread exited with code ${code}`)));
  return {
    post: (command) => worker.postMessage(command),
    terminate: async () => {
      await worker.terminate();
    },
  };
};

/**
 * The same host in this thread. Messages are cloned and delivered later all the same, or rooms would come to rely on what a
 * worker refuses: shared objects, answers before the call returns.
 */
export const startInProcess: StartThread = (start, listener) => {
  let open = true;
  const say = (message: ThreadMessage): void => {
    const copy = structuredClone(message);
    setImmediate(() => {
      if (open) listener.message(copy);
    });
  };
  // Loaded only here: with worker threads the main thread never pays for codecs, the detector and the voice library.
  const host = import('./host.ts').then((it) => it.createRoomHost({ start, say, clock: systemClock }));
  host.catch((error: unknown) => {
    if (open) listener.exited(error);
  });
  return {
    post: (command) => {
      const copy = structuredClone(command);
      void host.then(
        (it) => setImmediate(() => open && it.command(copy)),
        () => undefined,
      );
    },
    terminate: async () => {
      open = false;
      await host.then(
        (it) => it.close(),
        () => undefined,
      );
      listener.exited(null);
    },
  };
};
