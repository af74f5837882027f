/**
 * The times of one exchange: window, first chunk, first packet. They become the latency figures of metrics and timelines.
 */
import type { TurnTimes } from './protocol.ts';

type Exchange =
  | { readonly status: 'none' }
  | { readonly status: 'open'; readonly windowStartedAt: number }
  | {
      readonly status: 'asked';
      readonly times: Omit<TurnTimes, 'firstPacketAt'>;
    };

export interface TurnTimer {
  windowOpened(at: number): void;
  windowClosed(lastSpeechAt: number, activityEndAt: number): void;
  chunk(at: number): void;
  packet(at: number): void;
  /** The service ended the turn; if it said nothing that was all. */
  turnCompleted(): void;
}

/** Reports each exchange once: at its first packet, or at its end if it had no sound. */
export function createTurnTimer(report: (times: TurnTimes) => void): TurnTimer {
  let exchange: Exchange = { status: 'none' };

  const close = (firstPacketAt: number | null): void => {
    if (exchange.status === 'asked') report({ ...exchange.times, firstPacketAt });
    exchange = { status: 'none' };
  };

  return {
    windowOpened(at) {
      close(null);
      exchange = { status: 'open', windowStartedAt: at };
    },
    windowClosed(lastSpeechAt, activityEndAt) {
      if (exchange.status !== 'open') return;
      const { windowStartedAt } = exchange;
      exchange = { status: 'asked', times: { windowStartedAt, lastSpeechAt, activityEndAt, firstChunkAt: null } };
    },
    chunk(at) {
      if (exchange.status !== 'asked' || exchange.times.firstChunkAt !== null) return;
      exchange = { status: 'asked', times: { ...exchange.times, firstChunkAt: at } };
    },
    packet: (at) => close(at),
    turnCompleted() {
      if (exchange.status === 'asked' && exchange.times.firstChunkAt === null) close(null);
    },
  };
}
