/**
 * What the loopback Live tells: events with their times, violations, and the windows of activity it heard. Times are
 * milliseconds of its clock.
 */
import type { Recognition } from '../speech/recogniser.ts';
import type { SeenImage } from './image-check.ts';
import type { Rejection } from './rejection.ts';

/** What the real service tolerates, or nothing is known of its reaction, but no client should do (live-api.md §8.1, §8.4). */
export type ViolationRule =
  /** Between two windows: discarded. Before the first it closes the socket. */
  | 'audio-outside-window'
  /** Ignored. */
  | 'double-activity-start'
  | 'activity-end-without-start'
  /** Start and end without audio or text between them. */
  | 'empty-window'
  | 'audio-stream-end-in-manual-mode'
  /** PCM of 16 bits has an even number of bytes. */
  | 'odd-byte-count'
  | 'several-fields-in-realtime-input'
  | 'empty-realtime-input'
  /** Text with neither a window around it nor a model that knows no other way. */
  | 'text-outside-window'
  /** The service advises 16 kHz. */
  | 'foreign-sample-rate'
  /** `mediaChunks` where they are still taken, or deprecated options of transcription. */
  | 'deprecated-field'
  /** Not a BCP-47 code of a language that the service lists. */
  | 'unknown-language-hint'
  /** A schema of arguments as Google's services have refused it, though not all of them and not always. */
  | 'doubtful-schema'
  /** More than one image a second. */
  | 'video-rate'
  /** While sound decides what a turn covers, an image between two windows is in none. */
  | 'image-outside-window'
  /** More than the service takes inline. */
  | 'image-too-large'
  | 'binary-frame'
  | 'input-before-setup-complete'
  /** A model that cancels a blocking call over input; the others close the socket. */
  | 'input-during-call'
  /** `historyConfig` announced history that no `turnComplete` has ended. */
  | 'input-before-history-ended'
  /** A session was resumed while its old socket was open. */
  | 'old-socket-open'
  | 'null-handle'
  /** Not every call of a blocking `toolCall` in one message. */
  | 'incomplete-tool-response'
  | 'duplicate-tool-response'
  /** `scheduling` or `willContinue` for a blocking call, or on a model without it. */
  | 'scheduling-unavailable';

export interface Violation {
  readonly at: number;
  /** Null before a session exists. */
  readonly session: string | null;
  readonly rule: ViolationRule;
  readonly detail: string;
}

/** What was answered to a window; grows while the answer is sent. */
export interface WindowAnswer {
  /** What was said so far, as output transcription tells it. */
  readonly words: string;
  /** Audio sent, ms. */
  readonly audioMs: number;
  readonly interrupted: boolean;
}

/** One window of activity. */
export interface LiveWindow {
  readonly session: string;
  /** Its place in `LoopbackLive.windows`. */
  readonly index: number;
  readonly startedAt: number;
  /** Null while it is open. */
  readonly endedAt: number | null;
  /** 16 kHz mono; empty again once a long conversation needs the room. */
  readonly pcm: Int16Array;
  readonly audioMs: number;
  readonly texts: readonly string[];
  readonly images: readonly SeenImage[];
  /** Null until the window was answered. */
  readonly recognition: Recognition | null;
  readonly answer: WindowAnswer | null;
}

/** Which window a turn answers; null when text, a tool's result or nothing (a greeting) is answered. */
interface OfTurn {
  readonly window: number | null;
}

type Happening =
  | { readonly type: 'connected' }
  | { readonly type: 'setup'; readonly setup: unknown; readonly resumed: boolean }
  | { readonly type: 'activityStart' | 'activityEnd'; readonly window: number }
  /** What the service sees of it: input transcription as it is sent. */
  | (OfTurn & { readonly type: 'inputTranscription' | 'outputTranscription'; readonly text: string })
  /** The first audio (or text) of an answer is sent. */
  | (OfTurn & { readonly type: 'answerStarted' })
  /** The last of it is sent; playback may take longer. */
  | (OfTurn & { readonly type: 'answerComplete'; readonly words: string; readonly audioMs: number })
  | (OfTurn & { readonly type: 'interrupted'; readonly words: string; readonly audioMs: number })
  | (OfTurn & { readonly type: 'turnComplete' })
  | {
      readonly type: 'clientContent';
      /** Of all its turns. */
      readonly text: string;
      /** Each turn: who it is of, and what it says. */
      readonly turns: readonly { readonly role: string; readonly text: string }[];
      readonly images: readonly SeenImage[];
      readonly turnComplete: boolean;
    }
  /** An image beside or inside a window; null: beside. */
  | { readonly type: 'image'; readonly window: number | null; readonly image: SeenImage }
  | { readonly type: 'toolCall'; readonly calls: readonly { readonly id: string; readonly name: string }[] }
  | { readonly type: 'toolResponse'; readonly id: string; readonly response: unknown; readonly ignored: boolean }
  | { readonly type: 'toolCallCancelled'; readonly ids: readonly string[]; readonly told: boolean }
  | { readonly type: 'goAway'; readonly timeLeftMs: number }
  | { readonly type: 'violation'; readonly violation: Violation }
  /** The service refused something; the socket closes. */
  | { readonly type: 'rejected'; readonly rejection: Rejection }
  /** Something of the loopback itself went wrong (synthesis, `respond`); the socket closes with 1011. */
  | { readonly type: 'fault'; readonly error: unknown }
  | { readonly type: 'closed'; readonly code: number; readonly reason: string; readonly by: 'server' | 'client' };

interface Origin {
  readonly at: number;
  /** Numbers sockets from 1. */
  readonly connection: number;
  /** Names the Live session, which may live on over several connections; null before setup was taken. */
  readonly session: string | null;
}

export type LoopbackLiveEvent = Origin & Happening;
/** An event without its origin. */
export type LiveHappening = Happening;
