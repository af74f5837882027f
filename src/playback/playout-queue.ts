/**
 * What is waiting to be heard, in order: answers and cues, one after the other, never mixed.
 */
import { LIVE_OUTPUT_FRAME_SAMPLES } from '../audio/rates.ts';
import type { Supply } from './playout-state.ts';
import { createSampleQueue, type SampleQueue } from './sample-queue.ts';

export interface PlayoutItem {
  /** Null for a cue. */
  readonly generation: number | null;
  readonly samples: SampleQueue;
  /** Nothing more will come. */
  ended: boolean;
  /** Samples that have left. */
  sentSamples: number;
}

export interface PlayoutQueue {
  readonly head: PlayoutItem | undefined;
  /** Samples waiting in all items. */
  readonly length: number;
  readonly cues: number;
  /** The item of a generation, made at the end of the queue if there is none; what came before it is ended. */
  open(generation: number): PlayoutItem;
  /** Puts a cue in front of everything that has not begun. */
  insertCue(pcm: Int16Array): void;
  supply(): Supply;
  shift(): PlayoutItem | undefined;
  /** Takes everything out. */
  clear(): readonly PlayoutItem[];
}

/** @param prebuffer samples that make an unfinished answer ample; at least a frame. */
export function createPlayoutQueue({ prebuffer }: { readonly prebuffer: number }): PlayoutQueue {
  const items: PlayoutItem[] = [];
  return {
    get head() {
      return items[0];
    },
    get length() {
      return items.reduce((sum, item) => sum + item.samples.length, 0);
    },
    get cues() {
      return items.filter((item) => item.generation === null).length;
    },
    open(generation) {
      const existing = items.find((item) => item.generation === generation);
      if (existing) return existing;
      for (const item of items) item.ended = true;
      const item = newItem(generation);
      items.push(item);
      return item;
    },
    insertCue(pcm) {
      const cue = newItem(null);
      cue.samples.push(pcm);
      const waiting = items.findIndex((item) => item.generation !== null && item.sentSamples === 0);
      items.splice(waiting < 0 ? items.length : waiting, 0, cue);
    },
    supply: () => supplyOf(items[0], Math.max(LIVE_OUTPUT_FRAME_SAMPLES, prebuffer)),
    shift: () => items.shift(),
    clear: () => items.splice(0),
  };
}

function newItem(generation: number | null): PlayoutItem {
  return { generation, samples: createSampleQueue(), ended: generation === null, sentSamples: 0 };
}

function supplyOf(head: PlayoutItem | undefined, prebuffer: number): Supply {
  if (!head) return 'none';
  const { length } = head.samples;
  if (head.ended) {
    if (length === 0) return 'spent';
    return length <= LIVE_OUTPUT_FRAME_SAMPLES ? 'last' : 'ample';
  }
  if (length >= prebuffer) return 'ample';
  return length >= LIVE_OUTPUT_FRAME_SAMPLES ? 'some' : 'short';
}
