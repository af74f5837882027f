/**
 * What a ledger gives out for the wire, in order, and under which conditions.
 */
import type { TranscriptTurn } from '../types/live.ts';
import type { LedgerItem } from './ledger-entry.ts';

export type Outgoing =
  /** `typed`: what a person wrote, where that goes into a window. */
  | { readonly type: 'activityStart'; readonly typed?: string }
  | { readonly type: 'activityEnd' }
  /** No more sound for now, where the service decides what a window is. */
  | { readonly type: 'streamEnd' }
  /** Inside a window, from the room itself; or its sound. */
  | LedgerItem
  /** A jpeg, inside a window or beside the stream. */
  | { readonly type: 'image'; readonly jpeg: Uint8Array }
  | OutgoingTurn;

/** A whole turn in text. */
export interface OutgoingTurn {
  readonly type: 'turn';
  readonly text: string;
  /** What a person wrote of it. */
  readonly typed: string;
  /** Jpegs that go with it. */
  readonly images: readonly Uint8Array[];
  /** What was written before it, oldest first. */
  readonly context: readonly TranscriptTurn[];
}

/** What may go out now; used up as it is taken. */
export interface Leave {
  /** A call is open: nothing but the end of a window that is out. */
  readonly held: boolean;
  /** Of a recording, which comes as fast as the line takes it. */
  samples: number;
  /** Whether there may be an image, and then one. */
  image: boolean;
}
