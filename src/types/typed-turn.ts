/**
 * What people write, show and send to a room, as it crosses the border (DESIGN.md §6, Chat).
 */
import type { TranscriptTurn } from './live.ts';

/** A jpeg, scaled to what the guild's `/images` says. */
export interface RoomImage {
  readonly jpeg: Uint8Array;
}

/** A turn that was typed, or sent as a voice message: asked as one, answered as one. */
export interface TypedTurn {
  /** Names the answer that comes of it. */
  readonly turnId: string;
  /** Whose rights count for what the model does about it. */
  readonly authorIds: readonly string[];
  /** Authors are named in it where there are several; may be empty beside images or a voice message. */
  readonly text: string;
  /** As it stands in the transcript, with its authors beside it; `text`, if left out. */
  readonly written?: string;
  readonly images: readonly RoomImage[];
  /** What was written before it and may be meant, oldest first. */
  readonly context: readonly TranscriptTurn[];
  /** A voice message, 16 kHz mono, sent as a window of its own. */
  readonly speech: Int16Array | null;
  /** Whether the sound of the answer is wanted back, as `typedSound` events; only of a room without a link. */
  readonly wantsSound: boolean;
}

/** What comes of a typed turn. */
export type TypedAnswer =
  /** It grows: `text` is all of it so far, as far as it was heard where it is spoken. */
  | { readonly status: 'growing'; readonly text: string }
  | { readonly status: 'done'; readonly text: string }
  /** Somebody spoke over it, or stopped it. */
  | { readonly status: 'cut'; readonly text: string }
  /** The model chose to say nothing. */
  | { readonly status: 'silent' }
  /** It was never asked: dropped, forgotten, or the room ended first. */
  | { readonly status: 'dropped' };
