/**
 * The frame clock: one tick every 20 ms for everything in a thread that works frame by frame.
 *
 * One chain of timers instead of one a room: eight rooms wake the thread 50 times a second, not 400. The chain is anchored on
 * the clock, so a late timer does not shift the ticks after it: measured, packets leave every 19.9 ms (p99 21.1) while the
 * main thread stands still (reference/discord.md §1). Playout goes first in every tick, because a packet that is late can be
 * heard and a mixed frame that is late cannot.
 */
import type { Clock, Timer } from '../types/clock.ts';
import { FRAME_MS } from './rates.ts';

/** @param now when the tick runs, ms on the clock. Late ticks of one burst share it: count ticks, do not subtract times. */
export type FrameListener = (now: number) => void;

export interface FrameClock {
  /** Called first in every tick: what sends a packet. Returns how to stop, which may be called during a tick. */
  onPlayout(fn: FrameListener): () => void;
  /** Called after all of playout in every tick: mixing, timeouts, the rest. */
  onFrame(fn: FrameListener): () => void;
  /** Drops every subscriber; later ones are never called. */
  close(): void;
}

export interface FrameClockOptions {
  readonly clock: Clock;
  /** What a subscriber threw. The other subscribers of the tick, and later ticks, run all the same. */
  readonly onError: (error: unknown) => void;
}

/**
 * Ticks made up for at most after the thread stood still, 100 ms of audio.
 *
 * Listeners' jitter buffers hold about that much; more at once only makes them late or makes them drop, and what was missed
 * longer ago than that has been heard as a gap already. Beyond it the clock starts anew from the present.
 */
const MAX_BURST = 5;

/** A timer may fire a fraction early (Node counts whole ms): closer than this to its time, a tick is due. */
const EARLY_MS = 1;

/** Runs only while somebody is subscribed, so that an idle thread sleeps. */
export function createFrameClock({ clock, onError }: FrameClockOptions): FrameClock {
  const playout = new Set<FrameListener>();
  const frames = new Set<FrameListener>();
  let chain: { nextAt: number; timer: Timer } | null = null;
  let closed = false;

  const call = (listeners: ReadonlySet<FrameListener>, now: number): void => {
    for (const listener of [...listeners]) {
      if (!listeners.has(listener)) continue;
      try {
        listener(now);
      } catch (error) {
        onError(error);
      }
    }
  };

  const wakeAt = (nextAt: number): void => {
    chain = { nextAt, timer: clock.after(Math.max(0, nextAt - clock.now()), () => wake(nextAt)) };
  };

  const wake = (dueAt: number): void => {
    let nextAt = dueAt;
    for (let ticks = 0; ticks < MAX_BURST && chain && nextAt - clock.now() < EARLY_MS; ticks++) {
      nextAt += FRAME_MS;
      call(playout, clock.now());
      call(frames, clock.now());
    }
    if (!chain) return;
    wakeAt(nextAt - clock.now() < EARLY_MS ? clock.now() + FRAME_MS : nextAt);
  };

  const subscribe = (listeners: Set<FrameListener>, fn: FrameListener): (() => void) => {
    if (closed) return () => {};
    // Wrapped, so that the same function subscribed twice is two subscriptions with two ends.
    const listener: FrameListener = (now) => fn(now);
    listeners.add(listener);
    if (!chain) wakeAt(clock.now() + FRAME_MS);
    return () => {
      listeners.delete(listener);
      if (playout.size + frames.size === 0) stop();
    };
  };

  const stop = (): void => {
    chain?.timer.cancel();
    chain = null;
  };

  return {
    onPlayout: (fn) => subscribe(playout, fn),
    onFrame: (fn) => subscribe(frames, fn),
    close() {
      closed = true;
      playout.clear();
      frames.clear();
      stop();
    },
  };
}
