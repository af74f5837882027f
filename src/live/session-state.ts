/**
 * The life of a Live session over its connections: one at a time, the old one closed before the next is opened, and every way
 * that one can end leads somewhere. Pure: time and randomness come in, effects go out. The states are in `session-model.ts`, the
 * table of reasons in `close-reasons.ts`, the delays in `backoff.ts`.
 */
import type { DialGate } from '../types/reach.ts';
import { classifyClose } from './close-reasons.ts';
import { quotable } from './refused-setting.ts';
import { decide, failed, retry } from './session-failures.ts';
import {
  deadlineOf,
  isConnected,
  phaseOf,
  type SessionModel,
  type SessionStep,
  type SessionTransition,
  type StepContext,
} from './session-model.ts';
import { after, close, dial, drain, enter, hangUp, lost, same } from './session-transitions.ts';
import type { TransportClose } from './transport.ts';

/** A connection that lasted this long was a good one, whoever spoke: its end is no failure in a row. */
const HELD_MS = 60_000;
/** So that those who waited together do not all dial in the same moment. */
const SPREAD_MS = 2_000;
/** Kept of a goAway's time for closing and for a clock that runs differently. */
const GO_AWAY_MARGIN_MS = 2_000;

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
      return onSettings(model, step.inForce, context);
    case 'betweenTurns':
      return state.status === 'draining' ? hangUp(model, context) : same(model);
    case 'reset':
      return reset(model, context);
    case 'gate':
      return onGate(model, step.gate, context);
    case 'answering':
      return same(
        model.failures === 0 && !model.toldQuota
          ? model
          : { ...model, failures: 0, handleFailures: 0, toldQuota: false },
      );
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
  const ready = { ...model, everReady: true, handleFailures: 0, downSince: null, forgetting: false, state };
  return { model: ready, effects: [{ type: 'report', report: { type: 'connected' } }] };
}

/** One that is being dialled is let through: it works, and is replaced as soon as it does. */
function onSettings(model: SessionModel, inForce: boolean, { connectionMs }: StepContext): SessionTransition {
  const { state } = model;
  if (state.status === 'ready' && !inForce) return drain(model, state, 'settings', null);
  if (state.status !== 'draining' || state.reason !== 'settings' || !inForce) return same(model);
  const { since } = state;
  return same({ ...model, state: { status: 'ready', since, until: since + connectionMs } });
}

/** Whoever waits, for its turn or for itself, dials when the service is back: not all at once, unless it is alone in trying. */
function onGate(model: SessionModel, gate: DialGate, context: StepContext): SessionTransition {
  const phase = phaseOf(model.state);
  if (phase?.kind !== 'queued' && phase?.kind !== 'waiting') return same(model);
  if (gate.status === 'shut') return model.everReady || context.hasHandle ? same(model) : close(model, gate.problem);
  if (gate.status === 'probe') return dial(model, context);
  const until = deadlineOf(model.state) ?? context.now;
  return same(enter(model, { kind: 'waiting' }, Math.min(until, context.now + SPREAD_MS * context.random())));
}

/** Whatever knows something is hung up or given up; what comes in its place starts from nothing. */
function reset(before: SessionModel, context: StepContext): SessionTransition {
  const model = { ...before, forgetting: true, handleFailures: 0 };
  if (isConnected(model.state)) return hangUp(model, context);
  if (phaseOf(model.state)?.kind !== 'dialling') return same(model);
  return after([{ type: 'cut' }], dial(model, { ...context, hasHandle: false }));
}

function onGoAway(model: SessionModel, timeLeftMs: number, { now }: StepContext): SessionTransition {
  if (!isConnected(model.state)) return same(model);
  return drain(model, model.state, 'goAway', now + Math.max(0, timeLeftMs - GO_AWAY_MARGIN_MS));
}

function onClosed(model: SessionModel, ending: TransportClose, context: StepContext): SessionTransition {
  const phase = phaseOf(model.state);
  const it = { ...ending, reason: quotable(ending.reason) };
  if (phase?.kind === 'hangingUp') return dial(model, context);
  if (phase?.kind === 'waiting' || phase?.kind === 'queued' || model.state.status === 'idle') return same(model);
  const established = isConnected(model.state);
  const held = isConnected(model.state) && context.now - model.state.since >= HELD_MS;
  const withHandle = phase?.kind === 'dialling' && phase.withHandle;
  const { handleFailures, downSince } = model;
  const changed = !established && context.setupChanged;
  const verdict = classifyClose(it, { established, withHandle, handleFailures, changed });
  const next = {
    ...{ ...model, handleFailures: handleFailures + (withHandle ? 1 : 0), failures: held ? 0 : model.failures },
    downSince: established ? context.now : downSince,
  };
  return decide(next, verdict, it, context);
}

function onDeadline(model: SessionModel, context: StepContext): SessionTransition {
  const due = deadlineOf(model.state);
  if (due === null || context.now < due) return same(model);
  if (model.state.status === 'ready') return drain(model, model.state, 'lifetime', null);
  if (model.state.status === 'draining') return hangUp(model, context);
  const phase = phaseOf(model.state);
  switch (phase?.kind) {
    case 'hangingUp':
      return after([{ type: 'cut' }], dial(model, context));
    case 'waiting':
      return dial(model, context);
    case 'queued':
      return lost(model, context);
    case 'dialling': {
      const handleFailures = model.handleFailures + (phase.withHandle ? 1 : 0);
      return after([{ type: 'cut' }], failed({ ...model, handleFailures }, 'LIVE_CONNECT_TIMEOUT', null, context));
    }
    case undefined:
      return same(model);
  }
}

/** A socket that is up and says nothing may also not say goodbye: it is cut. */
function deaf(model: SessionModel, context: StepContext): SessionTransition {
  const down = { ...model, downSince: context.now };
  return after([{ type: 'cut' }], retry(down, 'LIVE_CONNECT_TIMEOUT', null, null, context));
}
