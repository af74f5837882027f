/**
 * What a Live session tells that a room passes on as it is.
 */
import type { LiveSessionEvents } from '../live/session.ts';
import type { RoomEvent } from './protocol.ts';

type PassedOn = Pick<
  LiveSessionEvents,
  'usage' | 'handle' | 'problem' | 'settingsApplied' | 'settingsRefused' | 'reach' | 'connected' | 'forgotten'
>;

export function liveEvents(roomId: string, emit: (event: RoomEvent) => void): PassedOn {
  return {
    usage: (usage) => emit({ type: 'usage', roomId, usage }),
    handle: (handle) => emit({ type: 'handle', roomId, handle }),
    problem: (problem) => emit({ type: 'problem', roomId, problem }),
    settingsApplied: (revision) => emit({ type: 'settingsApplied', roomId, revision }),
    settingsRefused: (revision, problem) => emit({ type: 'settingsRefused', roomId, revision, problem }),
    reach: (report) => emit({ type: 'reach', roomId, report }),
    connected: (connection) => emit({ type: 'session', roomId, ...connection }),
    forgotten: () => emit({ type: 'forgotten', roomId }),
  };
}
