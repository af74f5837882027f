/**
 * What waits to be written while the line is slow. Bounded: the oldest audio goes, control messages never, and of a window at
 * least its last chunk stays, so that no start is followed by an end with nothing between them.
 */
import type { FrameKind } from './transport.ts';

export interface QueuedFrame {
  readonly frame: string;
  readonly kind: FrameKind;
}

/** In characters, which are bytes here. A window of 60 s is 2.8 MB on the wire, and must pass in one burst after a drop. */
export const MOST_QUEUED = 4 * 1024 * 1024;

/** Adds a frame to a queue; returns how many frames were dropped for it. */
export function enqueue(queue: QueuedFrame[], frame: QueuedFrame, limit: number = MOST_QUEUED): number {
  queue.push(frame);
  let size = queue.reduce((sum, it) => sum + it.frame.length, 0);
  let dropped = 0;
  while (size > limit) {
    const at = queue.findIndex(({ kind }, index) => kind === 'audio' && queue[index + 1]?.kind === 'audio');
    if (at < 0) break;
    size -= queue[at]?.frame.length ?? 0;
    queue.splice(at, 1);
    dropped++;
  }
  return dropped;
}
