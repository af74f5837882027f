/**
 * The bot's time in a long conversation: it runs so many times faster than the wall's, in steps of a frame. Between two steps the
 * sockets get their turn, and a machine that stands still costs no time: what is late is only late to the wall.
 */
import { FRAME_MS } from '../../src/audio/rates.ts';
import { createFakeClock, type FakeClock } from '../kit/fake-clock.ts';

export interface VirtualTime {
  readonly clock: FakeClock;
  /** Called for every frame, after its time has come. */
  onFrame(fn: (now: number) => void): void;
  /** Lets time pass until this is so; false when it was not after `limitMs` of it. */
  until(condition: () => boolean, limitMs: number): Promise<boolean>;
}

export function createVirtualTime(times: number): VirtualTime {
  const wall = (): number => (performance.timeOrigin + performance.now()) * times;
  const clock = createFakeClock(wall());
  const listeners = new Set<(now: number) => void>();
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const step = (): void => {
    clock.advance(FRAME_MS);
    for (const listener of listeners) listener(clock.now());
  };
  return {
    clock,
    onFrame: (fn) => void listeners.add(fn),
    async until(condition, limitMs) {
      const end = clock.now() + limitMs;
      let from = wall() - clock.now();
      while (!condition()) {
        if (clock.now() >= end) return false;
        // Never ahead of the wall, and never in a hurry to catch up with it.
        if (clock.now() + from <= wall()) step();
        from = Math.max(from, wall() - clock.now() - 10 * FRAME_MS);
        await turn();
      }
      return true;
    },
  };
}
