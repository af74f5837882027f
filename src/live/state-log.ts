/**
 * A session's state as the fields of a log line. Reasons are the service's own words, never a person's.
 */
import { quotable } from './refused-setting.ts';
import type { LiveSessionState, SessionStep } from './session-model.ts';

export function stateFields(state: LiveSessionState): Record<string, unknown> {
  switch (state.status) {
    case 'closed':
      return { status: state.status, code: state.problem?.code ?? null, ...state.problem?.details };
    case 'connecting':
    case 'resuming':
      return { status: state.status, phase: state.phase.kind };
    case 'draining':
      return { status: state.status, reason: state.reason };
    case 'idle':
    case 'ready':
      return { status: state.status };
  }
}

/** What has happened; of an ending also the service's own words, which say what the code does not. */
export function stepFields(step: SessionStep): Record<string, unknown> {
  if (step.type !== 'closed') return { step: step.type };
  const { code, reason, httpStatus } = step.close;
  return { step: step.type, closeCode: code, closeReason: quotable(reason), httpStatus };
}
