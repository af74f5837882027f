/**
 * How a room is doing, as `/status` tells it: out of what the room tells of itself. Pure.
 */
import type { RoomEvent, RoomStatus } from './protocol.ts';

/** Times are ms on the clock; null: not known, or not so just now. */
export interface RoomVitals {
  /** When it could first talk. */
  readonly readyAt: number | null;
  /** Since when the model remembers what was said first-hand, and not from a transcript that a fresh session was given. */
  readonly conversationSince: number | null;
  /** Since when this connection to the Live service works. */
  readonly connectedSince: number | null;
  /** What the last turn had in its context. */
  readonly contextTokens: number | null;
  /** Round trip to Discord's voice server, ms. */
  readonly voicePingMs: number | null;
  readonly encrypted: boolean | null;
}

export const NO_VITALS: RoomVitals = {
  readyAt: null,
  conversationSince: null,
  connectedSince: null,
  contextTokens: null,
  voicePingMs: null,
  encrypted: null,
};

/** @param now when the event came, ms on the clock */
export function vitalsAfter(vitals: RoomVitals, event: RoomEvent, now: number): RoomVitals {
  switch (event.type) {
    case 'state':
      return afterStatus(vitals, event.state, now);
    case 'session':
      return afterSession(vitals, event.startedAt, event.resumed);
    case 'usage':
      return { ...vitals, contextTokens: event.usage.promptTokens };
    case 'vitals':
      return { ...vitals, voicePingMs: event.voicePingMs };
    default:
      return vitals;
  }
}

/** The room's thread is gone, and both its connections with it. */
export function vitalsLost(vitals: RoomVitals): RoomVitals {
  return { ...vitals, connectedSince: null, voicePingMs: null, encrypted: null };
}

function afterStatus(vitals: RoomVitals, status: RoomStatus, now: number): RoomVitals {
  switch (status.status) {
    case 'ready':
      return { ...vitals, readyAt: vitals.readyAt ?? now, encrypted: status.encrypted };
    case 'recovering':
      return status.what === 'live'
        ? { ...vitals, encrypted: null, connectedSince: null }
        : { ...vitals, encrypted: null, voicePingMs: null };
    case 'joining':
      return vitals;
    case 'ended':
      return vitalsLost(vitals);
  }
}

function afterSession(vitals: RoomVitals, startedAt: number, resumed: boolean): RoomVitals {
  const connected = { ...vitals, connectedSince: startedAt };
  if (resumed) return { ...connected, conversationSince: vitals.conversationSince ?? startedAt };
  return { ...connected, conversationSince: startedAt, contextTokens: null };
}
