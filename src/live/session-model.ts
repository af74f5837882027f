/**
 * What the life of a Live session is told in: its states, the steps that change them and what they call for. `session-state.ts`
 * has the one function that does.
 */
import type { Problem } from '../errors.ts';
import type { Random } from '../types/clock.ts';
import type { DialGate, ReachReport } from '../types/reach.ts';
import type { TransportClose } from './transport.ts';

/** Where a session without a working connection is. */
export type DialPhase =
  /** The old socket is being closed; the service refuses a session whose old socket is open. */
  | { readonly kind: 'hangingUp' }
  | { readonly kind: 'waiting' }
  /** The service, or our key, is in trouble: until it is this session's turn to try. */
  | { readonly kind: 'queued' }
  /** Socket, setup and seed, up to `setupComplete`. */
  | { readonly kind: 'dialling'; readonly withHandle: boolean };

/** Why a working connection is to be replaced as soon as nobody is in the middle of something. */
export type DrainReason = 'goAway' | 'lifetime' | 'settings';

export type LiveSessionState =
  | { readonly status: 'idle' }
  | { readonly status: 'connecting'; readonly phase: DialPhase; readonly until: number }
  /** `until`: when the connection has become too old, ms on the clock. */
  | { readonly status: 'ready'; readonly since: number; readonly until: number }
  /** Still working; replaced between turns, or at `until` whatever is going on. */
  | { readonly status: 'draining'; readonly reason: DrainReason; readonly since: number; readonly until: number | null }
  /** It has worked and will again. */
  | { readonly status: 'resuming'; readonly phase: DialPhase; readonly until: number }
  | { readonly status: 'closed'; readonly problem: Problem | null };

export type ConnectedState = Extract<LiveSessionState, { since: number }>;

export interface SessionModel {
  readonly state: LiveSessionState;
  readonly everReady: boolean;
  /** Connections in a row that failed, or never came to an answer. */
  readonly failures: number;
  readonly handleFailures: number;
  /** Since when there has been no connection that worked, ms; null: there is one, or there never was. */
  readonly downSince: number | null;
  /** The room knows that the quota is used up. */
  readonly toldQuota: boolean;
  /** Everything is to be forgotten, and no session that knows nothing is ready yet. */
  readonly forgetting: boolean;
}

export type SessionStep =
  | { readonly type: 'open' }
  | { readonly type: 'setupComplete' }
  /** The connection there was is gone. */
  | { readonly type: 'closed'; readonly close: TransportClose }
  | { readonly type: 'goAway'; readonly timeLeftMs: number }
  /** Settings have changed; `inForce`: the setup is the one that is wanted, still or again. */
  | { readonly type: 'settings'; readonly inForce: boolean }
  /** Nobody is in the middle of anything. */
  | { readonly type: 'betweenTurns' }
  /** Forget everything; the handle is dropped already. */
  | { readonly type: 'reset' }
  /** The model answers: what went wrong before counts no more. */
  | { readonly type: 'answering' }
  /** Whether the service may be dialled has changed. */
  | { readonly type: 'gate'; readonly gate: DialGate }
  /** Connected, and nothing comes. */
  | { readonly type: 'deaf' }
  | { readonly type: 'deadline' }
  | { readonly type: 'leave' };

export type SessionEffect =
  | { readonly type: 'dial' }
  /** Close the socket; `closed` will follow. */
  | { readonly type: 'hangUp' }
  /** Cut it: nothing more comes of it. */
  | { readonly type: 'cut' }
  | { readonly type: 'dropHandle' }
  /** The next connection is to have the settings of the last that worked. */
  | { readonly type: 'revert'; readonly problem: Problem }
  | { readonly type: 'report'; readonly report: ReachReport }
  | { readonly type: 'problem'; readonly problem: Problem };

export interface StepContext {
  /** ms on the clock. */
  readonly now: number;
  readonly random: Random;
  /** Whether there is a handle to continue from. */
  readonly hasHandle: boolean;
  /** How old a connection may become, ms. */
  readonly connectionMs: number;
  readonly gate: DialGate;
  /** Whether the setup that was sent last is another than that of the last connection that worked. */
  readonly setupChanged: boolean;
}

export interface SessionTransition {
  readonly model: SessionModel;
  readonly effects: readonly SessionEffect[];
}

export const NEW_SESSION: SessionModel = {
  state: { status: 'idle' },
  everReady: false,
  failures: 0,
  handleFailures: 0,
  downSince: null,
  toldQuota: false,
  forgetting: false,
};

/** When the state must be left by itself, ms; null where it may last. */
export function deadlineOf(state: LiveSessionState): number | null {
  return state.status === 'idle' || state.status === 'closed' ? null : state.until;
}

/** Whether frames may be sent. */
export function isConnected(state: LiveSessionState): state is ConnectedState {
  return state.status === 'ready' || state.status === 'draining';
}

/** What a session without a working connection is doing about it; null where there is one, or none is wanted. */
export function phaseOf(state: LiveSessionState): DialPhase | null {
  return state.status === 'connecting' || state.status === 'resuming' ? state.phase : null;
}
