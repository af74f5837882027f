/**
 * How the loopback Live behaves, and what it behaves like unless told otherwise.
 */
import type { Respond } from './answer.ts';
import { type LiveClock, realClock } from './live-clock.ts';
import { type ModelProfile, SERVED_MODELS } from './models.ts';
import { tellWhatWasHeard } from './respond.ts';
import type { Speech } from './session-context.ts';

export interface LiveOptions {
  /** Keys that are taken; null takes any that is not empty. */
  readonly apiKeys: readonly string[] | null;
  readonly models: readonly ModelProfile[];
  /** From `activityStart` to `interrupted`, ms: 100 to 600 on the real service. */
  readonly interruptedDelayMs: number;
  /** Answers are sent so many times faster than they are played; 3.3 was measured on 3.8. */
  readonly speed: number;
  /** From setup to `setupComplete`, ms. */
  readonly setupDelayMs: number;
  /** From the end of the question to the first audio, ms; longer when the answer is not made by then. */
  readonly firstChunkDelayMs: number;
  /** Audio of one part, ms. */
  readonly chunkMs: number;
  /** How long a connection lives, ms: about ten minutes (live-api.md §8.3). Null: for ever. */
  readonly connectionLifetimeMs: number | null;
  /** `goAway` comes so long before that; 0: never. */
  readonly goAwayBeforeMs: number;
  /** How long a session without context compression lives, over all its connections, ms. Null: for ever. */
  readonly sessionLifetimeMs: number | null;
  /** How long a handle is good for after the session's last connection ended, ms. */
  readonly handleLifetimeMs: number;
  /** While nothing is generated a new handle comes this often, ms. Null: only when something was said. */
  readonly handleIntervalMs: number | null;
  /** Audio of windows that is kept for `LoopbackLive.windows`, ms. */
  readonly keptAudioMs: number;
  readonly clock: LiveClock;
  /** Uniform in [0, 1): how the answer is cut into messages, and when bare `{}` frames come. */
  readonly random: () => number;
  readonly respond: Respond;
  /** Speech and recognition; a thread of its own if left out. Whoever hands one in closes it. */
  readonly speech: Speech | null;
}

const MINUTE_MS = 60_000;

/** The service as it was in autumn 2026. A function, because the irregularity it has starts anew with each. */
export function defaultLiveOptions(): LiveOptions {
  return {
    apiKeys: null,
    models: SERVED_MODELS,
    interruptedDelayMs: 300,
    speed: 4,
    setupDelayMs: 20,
    firstChunkDelayMs: 250,
    chunkMs: 40,
    connectionLifetimeMs: 10 * MINUTE_MS,
    goAwayBeforeMs: MINUTE_MS,
    sessionLifetimeMs: 15 * MINUTE_MS,
    handleLifetimeMs: 120 * MINUTE_MS,
    handleIntervalMs: 1000,
    // 58 MB at 16 kHz.
    keptAudioMs: 30 * MINUTE_MS,
    clock: realClock,
    random: repeatable(),
    respond: tellWhatWasHeard,
    speech: null,
  };
}

/** The same irregularity in every run (mulberry32): a failure can be had again. */
function repeatable(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
