/**
 * The line: at most one connection at a time. What a replaced one still says is not heard.
 */
import type { Clock, Timer } from '../types/clock.ts';
import type { Count } from '../types/log.ts';
import type { LiveEndpoint } from '../types/settings.ts';
import type { ApiVersion, FrameKind, LiveConnector, LiveTransport, TransportClose } from './transport.ts';

export interface LineOptions {
  readonly endpoint: LiveEndpoint;
  readonly version: ApiVersion;
  readonly connect: LiveConnector;
  readonly clock: Clock;
  readonly count: Count;
  readonly on: {
    message(frame: string | Uint8Array): void;
    /** What waited to be written is written. */
    drained(): void;
    /** The connection there was has ended. */
    closed(close: TransportClose): void;
  };
}

export interface Line {
  /** @param setup sent as soon as the connection is open */
  dial(setup: string): void;
  send(frame: string, kind: FrameKind): void;
  /** Bytes that are still to be written. */
  readonly queued: number;
  /** Says goodbye; `closed` follows. */
  hangUp(): void;
  /** Cuts it; nothing more is told of it. */
  cut(): void;
  /** Resolves when the connection is gone; it is cut after `ms`. */
  gone(ms: number): Promise<void>;
}

export function createLine({ endpoint, version, connect, clock, count, on }: LineOptions): Line {
  let current: LiveTransport | null = null;
  let waiting: { readonly timer: Timer; readonly done: () => void } | null = null;

  const drop = (): void => {
    current = null;
    waiting?.timer.cancel();
    waiting?.done();
    waiting = null;
  };

  const cut = (): void => {
    const transport = current;
    drop();
    transport?.terminate();
  };

  return {
    dial(setup) {
      cut();
      const isCurrent = (): boolean => current === transport;
      count('live_connections_total');
      const transport = connect({
        endpoint,
        version,
        clock,
        count,
        on: {
          open() {
            if (isCurrent()) transport.send(setup, 'control');
          },
          message(frame) {
            if (isCurrent()) on.message(frame);
            else count('live_stale_messages_total');
          },
          drained() {
            if (isCurrent()) on.drained();
          },
          closed(close) {
            if (!isCurrent()) return;
            drop();
            on.closed(close);
          },
        },
      });
      current = transport;
    },
    send: (frame, kind) => current?.send(frame, kind),
    get queued() {
      return current?.queued ?? 0;
    },
    hangUp: () => current?.close(),
    cut,
    gone(ms) {
      if (current === null) return Promise.resolve();
      return new Promise((done) => {
        waiting = { timer: clock.after(ms, cut), done };
      });
    },
  };
}
