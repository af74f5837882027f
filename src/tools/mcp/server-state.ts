/**
 * Whether a server is running, and when it is tried again. Pure: time and chance come in as arguments.
 */
import type { Random } from '../../types/clock.ts';

export type ServerState =
  | { readonly status: 'idle' }
  | { readonly status: 'connecting'; readonly failures: number }
  | { readonly status: 'ready'; readonly failures: number; readonly since: number }
  | { readonly status: 'waiting'; readonly failures: number; readonly retryAt: number }
  | { readonly status: 'closed' };

const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;
/**
 * One that ran this long is taken to work: its next end is the first again. One that falls over sooner every time is tried
 * less and less often, also when it starts well.
 */
const STEADY_MS = 60_000;

export function connecting(state: ServerState): ServerState {
  return { status: 'connecting', failures: 'failures' in state ? state.failures : 0 };
}

export function connected(state: ServerState, now: number): ServerState {
  return { status: 'ready', failures: 'failures' in state ? state.failures : 0, since: now };
}

/** It could not be started, or has ended. Each delay is up to twice as long as the one before, and half of it at least. */
export function failed(state: ServerState, now: number, random: Random) {
  const wasSteady = state.status === 'ready' && now - state.since >= STEADY_MS;
  const failures = wasSteady || !('failures' in state) ? 1 : state.failures + 1;
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return { status: 'waiting', failures, retryAt: now + longest * (0.5 + random() / 2) } as const satisfies ServerState;
}
