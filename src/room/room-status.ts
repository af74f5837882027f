/**
 * What a room is, seen from outside, out of the states of its two connections.
 */
import type { Problem } from '../errors.ts';
import type { LiveSessionState } from '../live/session.ts';
import type { LinkState } from '../voice/link-state.ts';
import type { RoomStatus } from './protocol.ts';

/** A connection as far as the room's status depends on it. */
export type Leg = 'connecting' | 'up' | 'down' | { readonly failed: Problem };

export interface Legs {
  readonly link: Leg;
  readonly live: Leg;
  /** Both have been up at the same time before. */
  readonly opened: boolean;
  readonly channelId: string;
  readonly encrypted: boolean;
}

export function roomStatus({ link, live, opened, channelId, encrypted }: Legs): RoomStatus {
  for (const leg of [link, live]) {
    if (typeof leg === 'object') return { status: 'ended', reason: { kind: 'failed', problem: leg.failed } };
  }
  if (link === 'up' && live === 'up') return { status: 'ready', channelId, encrypted };
  if (!opened) return { status: 'joining' };
  return { status: 'recovering', what: link === 'up' ? 'live' : 'link' };
}

/** Being shown out is no failure. */
export function linkLeg(state: LinkState): Leg {
  switch (state.status) {
    case 'joining':
      return 'connecting';
    case 'ready':
      return 'up';
    case 'recovering':
      return 'down';
    case 'closed':
      return state.reason === 'left' ? 'down' : { failed: state.reason };
  }
}

/** Between two connections it is down; one that is about to be replaced still works. */
export function liveLeg(state: LiveSessionState): Leg {
  switch (state.status) {
    case 'idle':
    case 'connecting':
      return 'connecting';
    case 'ready':
    case 'draining':
      return 'up';
    case 'resuming':
      return 'down';
    case 'closed':
      return state.problem === null ? 'down' : { failed: state.problem };
  }
}
