/**
 * How fast images and recordings may go out: one image a second (reference/live-api.md §2.2), a recording as fast as the line takes it.
 */
import type { Clock } from '../types/clock.ts';
import type { Line } from './line.ts';
import type { Leave } from './outgoing.ts';

export interface MediaPace {
  /** @param held a call is open */
  leave(held: boolean): Leave;
  /** An image went out. */
  shown(): void;
  /** When there may be another, ms on the clock. */
  readonly nextImageAt: number;
}

const IMAGE_EVERY_MS = 1_000;
/** Of a recording: enough to keep any line busy, and little to wait for when a call comes between. */
const MOST_QUEUED_BYTES = 256 * 1024;
/** Base64 of 16 bits. */
const BYTES_A_SAMPLE = 8 / 3;

export function createMediaPace(line: Pick<Line, 'queued'>, clock: Pick<Clock, 'now'>): MediaPace {
  let nextImageAt = Number.NEGATIVE_INFINITY;
  return {
    leave: (held) => ({
      held,
      samples: Math.max(0, Math.floor((MOST_QUEUED_BYTES - line.queued) / BYTES_A_SAMPLE)),
      image: clock.now() >= nextImageAt,
    }),
    shown() {
      nextImageAt = clock.now() + IMAGE_EVERY_MS;
    },
    get nextImageAt() {
      return nextImageAt;
    },
  };
}
