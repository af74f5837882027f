/**
 * What a room is, seen from outside, out of the states of its two connections.
 */
import type { Problem } from '../errors.ts';
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
