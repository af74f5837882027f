/**
 * What the life of a Live session is made of: the moves between its states. `session-state.ts` says when which is made.
 */
import type { Problem } from '../errors.ts';
import type {
  ConnectedState,
  DialPhase,
  DrainReason,
  SessionEffect,
  SessionModel,
  SessionTransition,
  StepContext,
} from './session-model.ts';

/** Socket and setup together take half a second when they work (reference/live-api.md §8.2). */
export const CONNECT_MS = 10_000;
/** For the service's side of the goodbye (§8.5). */
export const HANG_UP_MS = 1_000;
/** Without the model for so long, a room is told that it is lost. Until then it waits for its turn. */
export const LOST_AFTER_MS = 5 * 60_000;

export function same(model: SessionModel): SessionTransition {
  return { model, effects: [] };
}

export function enter(model: SessionModel, phase: DialPhase, until: number): SessionModel {
  return { ...model, state: { status: model.everReady ? 'resuming' : 'connecting', phase, until } };
}

export function drain(
  model: SessionModel,
  { since }: ConnectedState,
  reason: DrainReason,
  until: number | null,
): SessionTransition {
  return same({ ...model, state: { status: 'draining', reason, since, until } });
}

export function hangUp(model: SessionModel, { now }: StepContext): SessionTransition {
  const next = enter({ ...model, downSince: now }, { kind: 'hangingUp' }, now + HANG_UP_MS);
  return { model: next, effects: [{ type: 'hangUp' }] };
}

export function close(
  model: SessionModel,
  problem: Problem | null,
  first: readonly SessionEffect[] = [],
): SessionTransition {
  const effects: SessionEffect[] = problem === null ? [...first] : [...first, { type: 'problem', problem }];
  return { model: { ...model, state: { status: 'closed', problem } }, effects };
}

/** The effects go before those of the transition. */
export function after(effects: readonly SessionEffect[], next: SessionTransition): SessionTransition {
  return { ...next, effects: [...effects, ...next.effects] };
}

/** Dials, or waits for its turn while the service or the key is known to be in trouble. */
export function dial(model: SessionModel, context: StepContext): SessionTransition {
  const { gate, now, hasHandle } = context;
  if (gate.status === 'shut') return queue(model, gate.problem, context);
  const phase = { kind: 'dialling', withHandle: hasHandle } as const;
  return { model: enter(model, phase, now + CONNECT_MS), effects: [{ type: 'dial' }] };
}

/** Nobody waits for `/join` any longer than it takes to say why; a conversation that was going on does. */
function queue(model: SessionModel, problem: Problem, { now, hasHandle }: StepContext): SessionTransition {
  if (!model.everReady && !hasHandle) return close(model, problem);
  const downSince = model.downSince ?? now;
  const tells = problem.code === 'LIVE_QUOTA' && !model.toldQuota;
  const waiting = { ...model, downSince, toldQuota: model.toldQuota || tells };
  const effects: SessionEffect[] = [{ type: 'report', report: { type: 'waits' } }];
  if (tells) effects.push({ type: 'problem', problem });
  return { model: enter(waiting, { kind: 'queued' }, downSince + LOST_AFTER_MS), effects };
}

/** Nothing more is hoped for. */
export function lost(model: SessionModel, { gate }: StepContext): SessionTransition {
  const quota = gate.status === 'shut' && gate.problem.code === 'LIVE_QUOTA';
  return close(model, quota ? gate.problem : { code: 'LIVE_LOST', details: {} });
}
