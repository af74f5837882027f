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
  /** What waited to be written is written. */
  drained(): void;
  /** Exactly once, whatever happens; nothing comes after it. */
  closed(close: TransportClose): void;
}

/** The Live API is documented on `v1beta`; a few fields exist on `v1alpha` alone (reference/live-api.md §1, §4). */
export type ApiVersion = 'v1beta' | 'v1alpha';

export interface ConnectOptions {
  readonly endpoint: LiveEndpoint;
  readonly version: ApiVersion;
  readonly clock: Clock;
  readonly count: Count;
  readonly on: TransportEvents;
}

/** Audio may be dropped, the oldest first, when the line is stuck; control never is. */
export type FrameKind = 'control' | 'audio';

export interface LiveTransport {
  /** After the end it does nothing. */
  send(frame: string, kind: FrameKind): void;
  /** Bytes that are still to be written. */
  readonly queued: number;
  /** Says goodbye; `closed` follows when the other side has answered. */
  close(): void;
  /** Cuts the line at once; `closed` follows. */
  terminate(): void;
}

/** Dials at once; tells nothing before it has returned. */
export type LiveConnector = (options: ConnectOptions) => LiveTransport;
