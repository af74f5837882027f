/**
 * The life of a link as values: one union of states, one transition function. Pure; `link.ts` performs the effects.
 *
 * Every state but `ready` and `closed` has exactly one time at which something must have happened: the library knows no timeout
 * for connecting, nor for resuming, and waits for ever.
 */
import type { ErrorCode, Problem } from '../errors.ts';
import type { Random } from '../types/clock.ts';
import { decideRejoin, type LinkFailure, type PastFailure, recentFailures } from './rejoin-policy.ts';

/** What a link that is not ready is doing. */
export type Phase =
  /** Asked the gateway, or shaking hands with the voice server. */
  | { readonly kind: 'connecting' }
  /** The library continues the old session on a new socket. */
  | { readonly kind: 'resuming' }
  /** Somebody else has the next move; else the link ends with `otherwise`. */
  | { readonly kind: 'waiting'; readonly otherwise: ErrorCode }
  | { readonly kind: 'backoff'; readonly leaveFirst: boolean }
  /** Wants to rejoin, but the gateway is down. */
  | { readonly kind: 'gatewayDown'; readonly leaveFirst: boolean };

export type LinkState =
  | { readonly status: 'joining'; readonly attempt: number; readonly phase: Phase; readonly resumeAt: number }
  | { readonly status: 'ready' }
  /** `resumeAt`: when the link acts by itself, ms: rejoins, tries again, or ends. */
  | { readonly status: 'recovering'; readonly attempt: number; readonly phase: Phase; readonly resumeAt: number }
  | { readonly status: 'closed'; readonly reason: 'left' | Problem };

export interface LinkModel {
  readonly state: LinkState;
  readonly channelId: string;
  /** When joining must be over, ms. */
  readonly joinBy: number;
  readonly gatewayUp: boolean;
  readonly failures: readonly PastFailure[];
  /** When the library resumed lately, ms. */
  readonly resumedAt: readonly number[];
}

export type LinkStep =
  /** A new voice server was named and the library dials it. */
  | { readonly type: 'connecting' }
  | { readonly type: 'ready' }
  | { readonly type: 'resuming' }
  | { readonly type: 'endpointRemoved' }
  | { readonly type: 'closed'; readonly code: number }
  /** The channel that the gateway says we are in. */
  | { readonly type: 'channel'; readonly channelId: string | null }
  | { readonly type: 'gateway'; readonly up: boolean }
  | { readonly type: 'payloadFailed' }
  | { readonly type: 'budgetSpent' }
  | { readonly type: 'encryptionFailed' }
  | { readonly type: 'deadline' }
  | { readonly type: 'leave' };

export type LinkEffect =
  /** Throws away the connection there is, and asks the gateway for a new one. */
  | { readonly type: 'connect'; readonly leaveFirst: boolean }
  | { readonly type: 'recoverEncryption' }
  | { readonly type: 'moved'; readonly channelId: string }
  | { readonly type: 'disconnect'; readonly leave: boolean };

export interface Transition {
  readonly model: LinkModel;
  readonly effects: readonly LinkEffect[];
}

export interface StepContext {
  /** ms on the clock. */
  readonly now: number;
  readonly random: Random;
}

/** `/join` promises an answer by then (DESIGN.md §4). */
export const JOIN_MS = 15_000;
/** The first attempt's share: a join that works takes 0.1 to 3 s, one that is stuck in signalling never ends (discord.js #11553). */
export const FIRST_ATTEMPT_MS = 7_000;
/** A reconnect has nobody waiting for an answer. */
export const RECONNECT_MS = 15_000;
/** A resume that works takes a few round trips; after that a black hole is likelier than a slow server. */
export const RESUME_MS = 10_000;
/** Resumes within a minute that are taken as bad luck; more is a server that cannot hold us. */
export const MAX_RESUMES = 5;
/** discord.js resumes a lost gateway within seconds; an outage of half a minute is told to the room instead. */
export const GATEWAY_WAIT_MS = 30_000;

export function startLink({ channelId, now }: { readonly channelId: string; readonly now: number }): Transition {
  const state: LinkState = {
    status: 'joining',
    attempt: 1,
    phase: { kind: 'connecting' },
    resumeAt: now + FIRST_ATTEMPT_MS,
  };
  const model = { state, channelId, joinBy: now + JOIN_MS, gatewayUp: true, failures: [], resumedAt: [] };
  return { model, effects: [{ type: 'connect', leaveFirst: false }] };
}

/** When the state must be left, ms; null where it may last. */
export function deadlineOf(state: LinkState): number | null {
  return state.status === 'joining' || state.status === 'recovering' ? state.resumeAt : null;
}

/** The only writer. What makes no sense in a state changes nothing. */
export function stepLink(model: LinkModel, event: LinkStep, context: StepContext): Transition {
  if (model.state.status === 'closed') return same(model);
  switch (event.type) {
    case 'connecting':
      return onConnecting(model, context);
    case 'ready':
      return same(model.state.status === 'ready' ? model : { ...model, state: { status: 'ready' } });
    case 'resuming':
      return onResuming(model, context);
    case 'endpointRemoved':
      return onEndpointRemoved(model, context);
    case 'closed':
      return onClosed(model, event.code, context);
    case 'channel':
      return onChannel(model, event.channelId, context);
    case 'gateway':
      return onGateway(model, event.up, context);
    case 'payloadFailed':
      return close(model, { code: 'VOICE_GATEWAY_DOWN', details: {} });
    case 'budgetSpent':
      return close(model, { code: 'VOICE_GATEWAY_BUDGET', details: {} });
    case 'encryptionFailed':
      return model.state.status === 'ready' ? fail(model, { kind: 'encryption' }, context) : same(model);
    case 'deadline':
      return onDeadline(model, context);
    case 'leave':
      return close(model, 'left');
  }
}

function onConnecting(model: LinkModel, context: StepContext): Transition {
  const phase = phaseOf(model.state);
  if (phase?.kind === 'connecting' || phase?.kind === 'resuming') return same(model);
  return same(enter(model, { kind: 'connecting' }, RECONNECT_MS, context));
}

function onResuming(model: LinkModel, context: StepContext): Transition {
  if (model.state.status !== 'ready') return same(model);
  const resumedAt = [...model.resumedAt.filter((at) => context.now - at < 60_000), context.now];
  if (resumedAt.length > MAX_RESUMES) return fail({ ...model, resumedAt: [] }, { kind: 'resumes' }, context);
  return same(enter({ ...model, resumedAt }, { kind: 'resuming' }, RESUME_MS, context));
}

function onEndpointRemoved(model: LinkModel, context: StepContext): Transition {
  return phaseOf(model.state)?.kind === 'waiting' ? same(model) : fail(model, { kind: 'endpointRemoved' }, context);
}

/** After a kick, or while a rejoin is due anyway, one more close is no reason to rejoin sooner. */
function onClosed(model: LinkModel, code: number, context: StepContext): Transition {
  const phase = phaseOf(model.state)?.kind;
  const busy = phase === 'waiting' || phase === 'backoff' || phase === 'gatewayDown';
  const failure = { kind: 'closed', code } as const;
  if (busy && decideRejoin(failure, model.failures, context).action === 'rejoin') return same(model);
  return fail(model, failure, context);
}

/** While joining and between rejoins the gateway's "no channel" is the answer to our own leaving first. */
function onChannel(model: LinkModel, channelId: string | null, context: StepContext): Transition {
  if (channelId === null) {
    const settled = model.state.status === 'ready' || phaseOf(model.state)?.kind === 'resuming';
    return settled ? fail(model, { kind: 'removed' }, context) : same(model);
  }
  if (channelId === model.channelId) return same(model);
  return { model: { ...model, channelId }, effects: [{ type: 'moved', channelId }] };
}

function onGateway(before: LinkModel, gatewayUp: boolean, context: StepContext): Transition {
  const model = { ...before, gatewayUp };
  const phase = phaseOf(model.state);
  return gatewayUp && phase?.kind === 'gatewayDown' ? connect(model, phase.leaveFirst, context) : same(model);
}

function onDeadline(model: LinkModel, context: StepContext): Transition {
  const phase = phaseOf(model.state);
  const due = deadlineOf(model.state);
  if (!phase || due === null || context.now < due) return same(model);
  if (phase.kind === 'waiting') return close(model, { code: phase.otherwise, details: {} });
  if (phase.kind === 'gatewayDown') return close(model, { code: 'VOICE_GATEWAY_DOWN', details: {} });
  if (model.state.status === 'joining' && context.now >= model.joinBy) return close(model, joinTimeout(model));
  if (phase.kind === 'backoff') return connect(model, phase.leaveFirst, context);
  // A second attempt to join starts from nothing, at once: rejoining within a stale connection gets no answer.
  return model.state.status === 'joining' ? connect(model, true, context) : fail(model, { kind: 'timeout' }, context);
}

/** With the close code, where there was one: "it took too long" alone hides the cause (discord.js #11439). */
function joinTimeout({ failures }: LinkModel): Problem {
  const last = failures.at(-1)?.failure;
  return { code: 'VOICE_JOIN_TIMEOUT', details: last?.kind === 'closed' ? { closeCode: last.code } : {} };
}

function connect(model: LinkModel, leaveFirst: boolean, context: StepContext): Transition {
  if (!model.gatewayUp) return same(enter(model, { kind: 'gatewayDown', leaveFirst }, GATEWAY_WAIT_MS, context));
  const next = enter(model, { kind: 'connecting' }, RECONNECT_MS, context);
  return { model: next, effects: [{ type: 'connect', leaveFirst }] };
}

function fail(before: LinkModel, failure: LinkFailure, context: StepContext): Transition {
  const decision = decideRejoin(failure, before.failures, context);
  const failures = [...recentFailures(before.failures, context.now), { failure, at: context.now }];
  const model = { ...before, failures };
  switch (decision.action) {
    case 'stop':
      return close(model, {
        code: decision.code,
        details: failure.kind === 'closed' ? { closeCode: failure.code } : {},
      });
    case 'recover':
      return { model, effects: [{ type: 'recoverEncryption' }] };
    case 'wait':
      return same(enter(model, { kind: 'waiting', otherwise: decision.otherwise }, decision.forMs, context));
    case 'rejoin':
      if (decision.afterMs === 0) return connect(model, decision.leaveFirst, context);
      return same(enter(model, { kind: 'backoff', leaveFirst: decision.leaveFirst }, decision.afterMs, context));
  }
}

/** A link that has never been ready goes on joining, and all its waiting ends when joining must be over. */
function enter(model: LinkModel, phase: Phase, forMs: number, { now }: StepContext): LinkModel {
  if (model.state.status === 'joining') {
    const attempt = model.state.attempt + (phase.kind === 'connecting' ? 1 : 0);
    return { ...model, state: { ...model.state, attempt, phase, resumeAt: Math.min(model.joinBy, now + forMs) } };
  }
  const attempt = Math.max(1, model.failures.length);
  return { ...model, state: { status: 'recovering', attempt, phase, resumeAt: now + forMs } };
}

/** Who was put out of the channel need not ask to leave it. */
function close(model: LinkModel, reason: 'left' | Problem): Transition {
  const leave = reason === 'left' || reason.code !== 'VOICE_KICKED';
  return { model: { ...model, state: { status: 'closed', reason } }, effects: [{ type: 'disconnect', leave }] };
}

function phaseOf(state: LinkState): Phase | null {
  return state.status === 'joining' || state.status === 'recovering' ? state.phase : null;
}

function same(model: LinkModel): Transition {
  return { model, effects: [] };
}
