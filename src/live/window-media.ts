/**
 * Sound and images of a window that do not go out as they come: a recording as fast as the line takes it, images one at a time.
 */
import { LIVE_INPUT_FRAME_SAMPLES } from '../audio/rates.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import type { Leave, Outgoing } from './outgoing.ts';

/** 40 ms, the most that the service advises (reference/live-api.md §8.2). */
const CHUNK = 2 * LIVE_INPUT_FRAME_SAMPLES;

export function takeImage(entry: LedgerEntry, out: Outgoing[], leave: Leave): void {
  const jpeg = entry.images[entry.shown];
  if (!leave.image || jpeg === undefined) return;
  leave.image = false;
  entry.shown++;
  out.push({ type: 'image', jpeg });
}

export function takeRecording(entry: LedgerEntry, out: Outgoing[], leave: Leave): void {
  const { recording } = entry;
  if (recording === null) return;
  const until = Math.min(recording.length, entry.recorded + leave.samples);
  while (entry.recorded < until) {
    const pcm = recording.subarray(entry.recorded, entry.recorded + CHUNK);
    entry.recorded += pcm.length;
    leave.samples -= pcm.length;
    out.push({ type: 'audio', pcm });
  }
}

/** Whether all of it that there is by now was sent. */
export function isWholeOut({ items, sent, images, shown, recording, recorded }: LedgerEntry): boolean {
  return sent === items.length && shown === images.length && recorded === (recording?.length ?? 0);
}
