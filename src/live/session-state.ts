/**
 * The life of a Live session over its connections: one at a time, the old one closed before the next is opened, and every way
 * that one can end leads somewhere. Pure: time and randomness come in, effects go out. The table of reasons is
 * `close-reasons.ts`, the delays are `backoff.ts`.
 */
import type { ErrorCode, Problem } from '../errors.ts';
import type { Random } from '../types/clock.ts';
import { nextAttempt } from './backoff.ts';
import { type CloseVerdict, classifyClose } from './close-reasons.ts';
import type { TransportClose } from './transport.ts';

/** Where a session without a working connection is. */
export type DialPhase =
  /** The old socket is being closed; the service refuses a session whose old socket is open. */
  | { readonly kind: 'hangingUp' }
  | { readonly kind: 'waiting' }
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

type ConnectedState = Extract<LiveSessionState, { since: number }>;

export interface SessionModel {
  readonly state: LiveSessionState;
  readonly everReady: boolean;
  /** Connections in a row that failed, or never came to an answer. */
  readonly failures: number;
  readonly handleFailures: number;
  /** The room knows that the quota is used up. */
  readonly toldQuota: boolean;
}

export type SessionStep =
  | { readonly type: 'open' }
  | { readonly type: 'setupComplete' }
  /** The connection there was is gone. */
  | { readonly type: 'closed'; readonly close: TransportClose }
  | { readonly type: 'goAway'; readonly timeLeftMs: number }
  /** The setup in force is not the one that is wanted. */
  | { readonly type: 'settings' }
  /** Nobody is in the middle of anything. */
  | { readonly type: 'betweenTurns' }
  /** The model answers: what went wrong before counts no more. */
  | { readonly type: 'answering' }
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
  | { readonly type: 'problem'; readonly problem: Problem };

export interface StepContext {
  /** ms on the clock. */
  readonly now: number;
  readonly random: Random;
  /** Whether there is a handle to continue from. */
  readonly hasHandle: boolean;
  /** How old a connection may become, ms. */
  readonly connectionMs: number;
}

export interface SessionTransition {
  readonly model: SessionModel;
  readonly effects: readonly SessionEffect[];
}

/** Socket and setup together take half a second when they work (reference/live-api.md §8.2). */
export const CONNECT_MS = 10_000;
/** For the service's side of the goodbye (§8.5). */
export const HANG_UP_MS = 1_000;
/** A connection that lasted this long was a good one, whoever spoke: its end is no failure in a row. */
const HELD_MS = 60_000;
/** Kept of a goAway's time for closing and for a clock that runs differently. */
const GO_AWAY_MARGIN_MS = 2_000;

export const NEW_SESSION: SessionModel = {
  state: { status: 'idle' },
  everReady: false,
  failures: 0,
  handleFailures: 0,
  toldQuota: false,
};

/** When the state must be left by itself, ms; null where it may last. */
export function deadlineOf(state: LiveSessionState): number | null {
  return state.status === 'idle' || state.status === 'closed' ? null : state.until;
}

/** Whether frames may be sent. */
export function isConnected(state: LiveSessionState): state is ConnectedState {
  return state.status === 'ready' || state.status === 'draining';
}

/** The only writer. What makes no sense in a state changes nothing. */
export function stepSession(model: SessionModel, step: SessionStep, context: StepContext): SessionTransition {
  const { state } = model;
  if (state.status === 'closed') return same(model);
  switch (step.type) {
    case 'open':
      return state.status === 'idle' ? dial(model, context) : same(model);
    case 'setupComplete':
      return onSetupComplete(model, context);
    case 'closed':
      return onClosed(model, step.close, context);
    case 'goAway':
      return onGoAway(model, step.timeLeftMs, context);
    case 'settings':
      return state.status === 'ready' ? drain(model, state, 'settings', null) : same(model);
    case 'betweenTurns':
      return state.status === 'draining' ? hangUp(model, context) : same(model);
    case 'answering':
      return same(model.failures === 0 ? model : { ...model, failures: 0, handleFailures: 0, toldQuota: false });
    case 'deaf':
      return isConnected(state) ? deaf(model, context) : same(model);
    case 'deadline':
      return onDeadline(model, context);
    case 'leave':
      return close(model, null, [{ type: 'hangUp' }]);
  }
}

function onSetupComplete(model: SessionModel, { now, connectionMs }: StepContext): SessionTransition {
  if (phaseOf(model.state)?.kind !== 'dialling') return same(model);
  const state = { status: 'ready', since: now, until: now + connectionMs } as const;
  return same({ ...model, everReady: true, handleFailures: 0, state });
}

function onGoAway(model: SessionModel, timeLeftMs: number, { now }: StepContext): SessionTransition {
  if (!isConnected(model.state)) return same(model);
  return drain(model, model.state, 'goAway', now + Math.max(0, timeLeftMs - GO_AWAY_MARGIN_MS));
}

function onClosed(model: SessionModel, it: TransportClose, context: StepContext): SessionTransition {
  const phase = phaseOf(model.state);
  if (phase?.kind === 'hangingUp') return dial(model, context);
  if (phase?.kind === 'waiting' || model.state.status === 'idle') return same(model);
  const established = isConnected(model.state);
  const held = isConnected(model.state) && context.now - model.state.since >= HELD_MS;
  const withHandle = phase?.kind === 'dialling' && phase.withHandle;
  const verdict = classifyClose(it, { established, withHandle, handleFailures: model.handleFailures });
  const handleFailures = model.handleFailures + (withHandle ? 1 : 0);
  return decide({ ...model, handleFailures, failures: held ? 0 : model.failures }, verdict, it, context);
}

function decide(
  model: SessionModel,
  verdict: CloseVerdict,
  it: TransportClose,
  context: StepContext,
): SessionTransition {
  switch (verdict.kind) {
    case 'fatal':
      return close(model, { code: verdict.code, details: verdict.details }, []);
    case 'dropHandle': {
      const next = dial({ ...model, handleFailures: 0 }, { ...context, hasHandle: false });
      return { ...next, effects: [{ type: 'dropHandle' }, ...next.effects] };
    }
    case 'resume':
      // At once, but not in a circle: a connection that ends over and over without an answer is a failure like any other.
      if (model.failures === 0) return dial({ ...model, failures: 1 }, context);
      return retry(model, 'LIVE_UNREACHABLE', it, null, context);
    case 'retry':
      return retry(model, 'LIVE_UNREACHABLE', it, null, context);
    case 'quota':
      return outOfQuota(model, verdict.retryAfterMs, it, context);
  }
}

function retry(
  before: SessionModel,
  code: ErrorCode,
  it: TransportClose | null,
  atLeastMs: number | null,
  context: StepContext,
): SessionTransition {
  const model = { ...before, failures: before.failures + 1 };
  const { failures, everReady } = model;
  const next = nextAttempt({ failures, everReady, atLeastMs, random: context.random });
  if (next.action === 'wait') return same(enter(model, { kind: 'waiting' }, next.ms, context));
  const given = it === null ? {} : { closeCode: it.code, reason: it.reason };
  const why = it?.httpStatus == null ? given : { ...given, httpStatus: it.httpStatus };
  return close(model, { code: everReady && code !== 'LIVE_QUOTA' ? 'LIVE_LOST' : code, details: why }, []);
}

/** A quota is a minute or a day; the service seldom says which. Whoever waits for `/join` is told at once, a room once. */
const QUOTA_MS = 60_000;

function outOfQuota(
  model: SessionModel,
  retryAfterMs: number | null,
  it: TransportClose,
  context: StepContext,
): SessionTransition {
  const waitMs = Math.max(1_000, retryAfterMs ?? QUOTA_MS);
  const problem: Problem = {
    code: 'LIVE_QUOTA',
    details: { waitSeconds: Math.ceil(waitMs / 1000), reason: it.reason },
  };
  if (!model.everReady) return close(model, problem, []);
  const next = retry({ ...model, toldQuota: true }, 'LIVE_QUOTA', it, waitMs, context);
  if (model.toldQuota || next.model.state.status === 'closed') return next;
  return { ...next, effects: [{ type: 'problem', problem }, ...next.effects] };
}

function onDeadline(model: SessionModel, context: StepContext): SessionTransition {
  const due = deadlineOf(model.state);
  if (due === null || context.now < due) return same(model);
  if (model.state.status === 'ready') return drain(model, model.state, 'lifetime', null);
  if (model.state.status === 'draining') return hangUp(model, context);
  const phase = phaseOf(model.state);
  switch (phase?.kind) {
    case 'hangingUp': {
      const next = dial(model, context);
      return { ...next, effects: [{ type: 'cut' }, ...next.effects] };
    }
    case 'waiting':
      return dial(model, context);
    case 'dialling': {
      const handleFailures = model.handleFailures + (phase.withHandle ? 1 : 0);
      const next = retry({ ...model, handleFailures }, 'LIVE_CONNECT_TIMEOUT', null, null, context);
      return { ...next, effects: [{ type: 'cut' }, ...next.effects] };
    }
    case undefined:
      return same(model);
  }
}

/** A socket that is up and says nothing may also not say goodbye: it is cut. */
function deaf(model: SessionModel, context: StepContext): SessionTransition {
  const next = retry(model, 'LIVE_CONNECT_TIMEOUT', null, null, context);
  return { ...next, effects: [{ type: 'cut' }, ...next.effects] };
}

function drain(
  model: SessionModel,
  { since }: ConnectedState,
  reason: DrainReason,
  until: number | null,
): SessionTransition {
  return same({ ...model, state: { status: 'draining', reason, since, until } });
}

function hangUp(model: SessionModel, context: StepContext): SessionTransition {
  return { model: enter(model, { kind: 'hangingUp' }, HANG_UP_MS, context), effects: [{ type: 'hangUp' }] };
}

function dial(model: SessionModel, context: StepContext): SessionTransition {
  const phase = { kind: 'dialling', withHandle: context.hasHandle } as const;
  return { model: enter(model, phase, CONNECT_MS, context), effects: [{ type: 'dial' }] };
}

function close(model: SessionModel, problem: Problem | null, first: readonly SessionEffect[]): SessionTransition {
  const effects: SessionEffect[] = problem === null ? [...first] : [...first, { type: 'problem', problem }];
  return { model: { ...model, state: { status: 'closed', problem } }, effects };
}

function enter(model: SessionModel, phase: DialPhase, forMs: number, { now }: StepContext): SessionModel {
  const status = model.everReady ? 'resuming' : 'connecting';
  return { ...model, state: { status, phase, until: now + forMs } };
}

function phaseOf(state: LiveSessionState): DialPhase | null {
  return state.status === 'connecting' || state.status === 'resuming' ? state.phase : null;
}

function same(model: SessionModel): SessionTransition {
  return { model, effects: [] };
}
