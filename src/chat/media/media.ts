/**
 * Voice messages and images, decoded and made in a thread of the control plane (DESIGN.md §6, Chat).
 */
import type { ImageRequest } from './image.ts';
import type { MediaTaskKind, MediaTasks } from './media-task.ts';
import { startMediaThread } from './media-thread.ts';
import { createTaskRunner, type RunnerFault, type TaskRunnerOptions } from './task-runner.ts';

/** What a task comes to: what was wrong with the file, or why nobody looked at it. */
export type MediaOutcome<K extends MediaTaskKind> =
  | MediaTasks[K]['result']
  | { readonly ok: false; readonly reason: MediaTasks[K]['fault'] | RunnerFault };

/** Never rejects. What is handed in is copied and stays as it is; aborted, it answers at once. */
export interface Media {
  /** @param file Ogg Opus, as it was downloaded */
  decodeVoice(file: Uint8Array, signal?: AbortSignal): Promise<MediaOutcome<'decodeVoice'>>;
  /** @param pcm 24 kHz mono */
  encodeVoice(pcm: Int16Array, signal?: AbortSignal): Promise<MediaOutcome<'encodeVoice'>>;
  prepareImage(request: ImageRequest, signal?: AbortSignal): Promise<MediaOutcome<'prepareImage'>>;
  /** Ends the thread; what is not done is answered `closed`. */
  close(): Promise<void>;
}

export type MediaOptions = Omit<TaskRunnerOptions, 'startThread'> & Partial<Pick<TaskRunnerOptions, 'startThread'>>;

export function createMedia({ startThread = startMediaThread, ...rest }: MediaOptions): Media {
  const runner = createTaskRunner({ startThread, ...rest });
  /** The thread answers a task of a kind with a result of that kind. */
  const run = <K extends MediaTaskKind>(
    kind: K,
    input: MediaTasks[K]['input'],
    signal: AbortSignal | undefined,
  ): Promise<MediaOutcome<K>> =>
    runner.run({ kind, ...input } as Parameters<typeof runner.run>[0], signal) as Promise<MediaOutcome<K>>;

  return {
    decodeVoice: (file, signal) => run('decodeVoice', { file }, signal),
    encodeVoice: (pcm, signal) => run('encodeVoice', { pcm }, signal),
    prepareImage: (request, signal) => run('prepareImage', request, signal),
    close: () => runner.close(),
  };
}
