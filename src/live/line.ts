/**
 * The line: at most one connection at a time. What a replaced one still says is not heard.
 */
import type { Clock, Timer } from '../types/clock.ts';
import type { Count } from '../types/log.ts';
import type { LiveEndpoint } from '../types/settings.ts';
import type { FrameKind, LiveConnector, LiveTransport, TransportClose } from './transport.ts';

export interface LineOptions {
  readonly endpoint: LiveEndpoint;
  readonly connect: LiveConnector;
  readonly clock: Clock;
  readonly count: Count;
  readonly on: {
    message(frame: string | Uint8Array): void;
    /** The connection there was has ended. */
    closed(close: TransportClose): void;
  };
}

export interface Line {
  /** @param setup sent as soon as the connection is open */
  dial(setup: string): void;
  send(frame: string, kind: FrameKind): void;
  /** Says goodbye; `closed` follows. */
  hangUp(): void;
  /** Cuts it; nothing more is told of it. */
  cut(): void;
  /** Resolves when the connection is gone; it is cut after `ms`. */
  gone(ms: number): Promise<void>;
}

export function createLine({ endpoint, connect, clock, count, on }: LineOptions): Line {
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
