/**
 * When one session connects again: full jitter while it may be bad luck, seldom when it is not, and an end. What is wrong for all sessions
 * with the same key is for `room/live-breaker.ts`. Pure.
 */
import type { Random } from '../types/clock.ts';

export type NextAttempt = { readonly action: 'wait'; readonly ms: number } | { readonly action: 'giveUp' };

export interface AttemptContext {
  /** Failures in a row, this one included. */
  readonly failures: number;
  /** Whether this session has ever worked: then a room is talking, otherwise somebody waits for `/join`. */
  readonly everReady: boolean;
  /** The service's own word on how long to wait, ms, or null. */
  readonly atLeastMs: number | null;
  readonly random: Random;
}

/** The first delay is up to this, and each further one up to twice as much. */
const FIRST_MS = 500;
const LONGEST_MS = 8_000;
/** Failures in a row after which it is no bad luck. */
export const BREAKER_AFTER = 3;
/** From then on, one attempt a half to a whole minute: storms of 1011 last minutes (reference/live-api.md §11). */
const BREAKER_MS = 30_000;
/**
 * Failures in a row that end a session that never worked. Each may take the whole connect timeout of 10 s: whoever waits for
 * `/join` was told at 15 s that it takes longer, and gets an end after half a minute.
 */
export const MOST_FAILURES_AT_FIRST = 3;
/** Failures in a row that end one that did: some four minutes without the model, then the room is told. */
export const MOST_FAILURES = BREAKER_AFTER + 4;

export function nextAttempt({ failures, everReady, atLeastMs, random }: AttemptContext): NextAttempt {
  if (failures >= (everReady ? MOST_FAILURES : MOST_FAILURES_AT_FIRST)) return { action: 'giveUp' };
  const delay =
    failures >= BREAKER_AFTER
      ? BREAKER_MS * (1 + random())
      : Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)) * random();
  return { action: 'wait', ms: Math.max(delay, atLeastMs ?? 0) };
}
