/**
 * Which answers may be heard: the stale gate with the numbers it goes by. What is left of an answer that was cut off, or stopped
 * before it began, is dropped as it arrives.
 */
import {
  isStopped,
  mayPlay,
  OPEN_GATE,
  type StaleGate,
  type StaleGateEvent,
  stepStaleGate,
} from '../playback/stale-gate.ts';

export interface AnswerGate {
  /** The last answer of which anything has come; the service counts those in which it stays silent. */
  readonly latest: number;
  seen(generation: number): void;
  /** Playback was flushed in the middle of it. @param complete the service had already ended it. @param now ms on the clock */
  cut(generation: number, complete: boolean, now: number): void;
  /** Drops it to its end. Returns whether it was not dropped already. */
  stop(generation: number): boolean;
  /** Something new was asked. */
  asked(): void;
  /** The service has cut it off, or ended it. */
  ended(generation: number, how: 'interrupted' | 'turnComplete'): void;
  mayPlay(generation: number, now: number): boolean;
  /** Nothing is dropped any more. */
  open(): void;
}

export function createAnswerGate(): AnswerGate {
  let gate: StaleGate = OPEN_GATE;
  let latest = 0;
  const step = (event: StaleGateEvent): void => {
    gate = stepStaleGate(gate, event);
  };
  return {
    get latest() {
      return latest;
    },
    seen(generation) {
      latest = Math.max(latest, generation);
    },
    cut: (generation, turnComplete, at) => step({ type: 'flushed', generation, turnComplete, at }),
    stop(generation) {
      const before = isStopped(gate, generation);
      step({ type: 'stopped', generation, turnComplete: false });
      return !before;
    },
    asked: () => step({ type: 'asked', begun: latest }),
    ended: (generation, type) => step({ type, generation }),
    mayPlay: (generation, now) => mayPlay(gate, generation, now),
    open() {
      gate = OPEN_GATE;
    },
  };
}
