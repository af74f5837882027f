/**
 * Does something again when it is asked to: not at once, not twice at the same time, and once more if it was asked meanwhile. A
 * server that announces a change a thousand times is listened to a few times a second at most.
 */
import type { Clock, Timer } from '../../types/clock.ts';

export interface Refresh {
  ask(): void;
  close(): void;
}

const GATHER_MS = 500;

/** @param work never rejects */
export function createRefresh(clock: Clock, work: () => Promise<void>): Refresh {
  let state: 'idle' | 'due' | 'working' | 'again' | 'closed' = 'idle';
  let timer: Timer | null = null;

  const plan = (): void => {
    state = 'due';
    timer = clock.after(GATHER_MS, () => void run());
  };
  const run = async (): Promise<void> => {
    state = 'working';
    await work();
    finish();
  };
  const finish = (): void => {
    if (state === 'again') plan();
    else if (state === 'working') state = 'idle';
  };

  return {
    ask() {
      if (state === 'idle') plan();
      else if (state === 'working') state = 'again';
    },
    close() {
      state = 'closed';
      timer?.cancel();
    },
  };
}
