/**
 * A session's state as the fields of a log line. Reasons are the service's own words, never a person's.
 */
import type { LiveSessionState } from './session-state.ts';

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
