/**
 * The calls of one room, carried out: across the border to whoever executes them, and back to the model. `tool-calls-state.ts`
 * decides.
 */
import { createDeadlineTimer } from '../live/deadline-timer.ts';
import type { CallEnd, FunctionCall, FunctionResponse } from '../live/live-session.ts';
import { createStepQueue } from '../live/step-queue.ts';
import type { Clock } from '../types/clock.ts';
import type { Count } from '../types/log.ts';
import type { ToolOutcome } from '../types/tools.ts';
import type { RoomEvent } from './protocol.ts';
import {
  isServing,
  NO_CALLS,
  stepToolCalls,
  type ToolCallsEffect,
  type ToolCallsEvent,
  type ToolCallsState,
  toolCallsDeadline,
  waitingSince,
} from './tool-calls-state.ts';

export interface ToolCallsOptions {
  readonly roomId: string;
  readonly clock: Clock;
  readonly count: Count;
  /** Never the same twice, not even in another thread: a late result must not be taken for another's. */
  readonly newId: () => string;
  emit(event: RoomEvent): void;
  respond(responses: readonly FunctionResponse[]): void;
}

export interface ToolCalls {
  /** @param speaking people have the floor */
  called(calls: readonly FunctionCall[], speaking: boolean): void;
  result(id: string, outcome: ToolOutcome): void;
  ended(callIds: readonly string[], why: CallEnd): void;
  /** People speak: calls that the model waits for are cancelled. */
  spokenOver(): void;
  /** Something was typed. */
  asked(): void;
  /** Cancels all. Returns whether there was one. */
  stop(): boolean;
  /** Cancels all, with nobody to answer any more. */
  abandon(): void;
  /** Since when people have waited for a result, ms; null: they do not. */
  readonly waitingSince: number | null;
}

export function createToolCalls(options: ToolCallsOptions): ToolCalls {
  const { roomId, clock, count, newId, emit, respond } = options;
  let state: ToolCallsState = NO_CALLS;

  const perform = (effect: Exclude<ToolCallsEffect, { type: 'respond' }>): void => {
    switch (effect.type) {
      case 'execute':
        return emit({ type: 'toolCall', roomId, request: effect.request });
      case 'abort':
        return emit({ type: 'toolCancelled', roomId, callId: effect.id });
      case 'count':
        return count(effect.name);
    }
  };

  const take = (event: ToolCallsEvent): void => {
    const { state: next, effects } = stepToolCalls(state, event, { now: clock.now(), newId });
    state = next;
    const responses: FunctionResponse[] = [];
    for (const effect of effects) {
      if (effect.type === 'respond') responses.push(effect.response);
      else perform(effect);
    }
    if (responses.length > 0) respond(responses);
  };

  // Whoever is told may answer at once.
  const steps = createStepQueue(take, () => timer.set(toolCallsDeadline(state)));
  const timer = createDeadlineTimer(clock, () => steps.push({ type: 'tick' }));

  return {
    called: (calls, speaking) => steps.push({ type: 'called', calls, speaking }),
    result: (id, outcome) => steps.push({ type: 'result', id, outcome }),
    ended: (callIds, why) => steps.push({ type: 'ended', callIds, why }),
    spokenOver: () => steps.push({ type: 'spokenOver' }),
    asked: () => steps.push({ type: 'asked' }),
    stop() {
      const had = isServing(state);
      steps.push({ type: 'stopped' });
      return had;
    },
    abandon: () => steps.push({ type: 'abandoned' }),
    get waitingSince() {
      return waitingSince(state);
    },
  };
}
