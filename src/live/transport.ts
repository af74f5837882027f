/**
 * The transport: one connection to the service that carries text frames, and nothing of what they mean.
 */
import type { Clock } from '../types/clock.ts';
import type { Count } from '../types/log.ts';
import type { LiveEndpoint } from '../types/settings.ts';

/** How a connection ended. */
export interface TransportClose {
  /** WebSocket close code; 1006 when there was no close frame. */
  readonly code: number;
  readonly reason: string;
  /** Of a handshake that was answered with something else than 101; null otherwise. */
  readonly httpStatus: number | null;
}

export interface TransportEvents {
  open(): void;
  /** A frame, text or binary. */
  message(frame: string | Uint8Array): void;
  /** Exactly once, whatever happens; nothing comes after it. */
  closed(close: TransportClose): void;
}

export interface ConnectOptions {
  readonly endpoint: LiveEndpoint;
  readonly clock: Clock;
  readonly count: Count;
  readonly on: TransportEvents;
}

/** Audio may be dropped, the oldest first, when the line is stuck; control never is. */
export type FrameKind = 'control' | 'audio';

export interface LiveTransport {
  /** After the end it does nothing. */
  send(frame: string, kind: FrameKind): void;
  /** Says goodbye; `closed` follows when the other side has answered. */
  close(): void;
  /** Cuts the line at once; `closed` follows. */
  terminate(): void;
}

/** Dials at once; tells nothing before it has returned. */
export type LiveConnector = (options: ConnectOptions) => LiveTransport;
