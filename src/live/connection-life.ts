/**
 * The connections of a session, one after the other: `session-state.ts` decides, here it is done.
 */
import type { ModelProfile } from '../catalogue/models.ts';
import type { DialGate } from '../types/reach.ts';
import type { Line } from './line.ts';
import type { LiveSessionOptions } from './live-session.ts';
import type { Resumption } from './resumption.ts';
import {
  isConnected,
  type LiveSessionState,
  NEW_SESSION,
  type SessionEffect,
  type SessionStep,
} from './session-model.ts';
import { stepSession } from './session-state.ts';
import { stateFields, stepFields } from './state-log.ts';
import { createStepQueue } from './step-queue.ts';
import type { Transcript } from './transcript.ts';
import type { WantedSetup } from './wanted-setup.ts';

export interface LifeParts {
  readonly profile: ModelProfile;
  readonly line: Line;
  readonly setup: WantedSetup;
  readonly resumption: Resumption;
  readonly transcript: Transcript;
}

export interface LifeEvents {
  /** A connection works; before anybody else is told. */
  up(): void;
  /** The one that worked is gone, or given up. */
  down(step: SessionStep): void;
  /** The state is another, and everybody was told. */
  changed(): void;
  /** All steps are taken. */
  settled(): void;
}

export interface ConnectionLife {
  readonly state: LiveSessionState;
  readonly gate: DialGate;
  step(step: SessionStep): void;
}

export function createConnectionLife(
  options: LiveSessionOptions,
  { profile, line, setup, resumption, transcript }: LifeParts,
  events: LifeEvents,
): ConnectionLife {
  const { clock, random, log, count, on } = options;
  let model = NEW_SESSION;
  let gate: DialGate = options.gate ?? { status: 'open' };

  const perform = (effect: SessionEffect): void => {
    switch (effect.type) {
      case 'dial':
        return line.dial(setup.dial(resumption.usable(clock.now()), transcript));
      case 'hangUp':
        return line.hangUp();
      case 'cut':
        return line.cut();
      case 'dropHandle':
        count('live_handles_refused_total');
        resumption.drop();
        return setup.restore();
      case 'revert':
        count('live_settings_refused_total');
        return setup.revert(effect.problem);
      case 'report':
        return on.reach(effect.report);
      case 'problem':
        return on.problem(effect.problem);
    }
  };

  const take = (step: SessionStep): void => {
    if (step.type === 'gate') gate = step.gate;
    const { state: before, forgetting } = model;
    const now = clock.now();
    const { connectionMs } = profile;
    const context = { now, random, connectionMs, gate, setupChanged: setup.changed };
    const next = stepSession(model, step, { ...context, hasHandle: resumption.usable(now) !== null });
    model = next.model;
    const { state } = model;
    if (isConnected(before) && !isConnected(state)) events.down(step);
    for (const effect of next.effects) perform(effect);
    if (state === before) return;
    log.info({ ...stepFields(step), ...stateFields(state) }, 'the Live session changed its state');
    if (!isConnected(before) && isConnected(state)) {
      setup.worked();
      events.up();
    }
    on.state(state);
    if (forgetting && !model.forgetting) on.forgotten();
    events.changed();
  };

  const steps = createStepQueue<SessionStep>(take, events.settled);
  return {
    get state() {
      return model.state;
    },
    get gate() {
      return gate;
    },
    step: steps.push,
  };
}
