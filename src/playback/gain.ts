/**
 * Ducking: lowers the answer while somebody may be starting to speak, and brings it back if it was a cough.
 */

/** 15 dB down: clearly stepped back, so that the speaker knows they were noticed, yet the words can still be followed. */
export const DUCK_GAIN = 10 ** (-15 / 20);

export interface Gain {
  /** Where the level goes within the next frame. 1 is full volume. */
  aim(target: number): void;
  /** At once: only while nothing sounds. */
  reset(): void;
  /** Applies the level to one frame, in place. A change is a straight line over the whole frame, so that nothing clicks. */
  apply(frame: Int16Array): void;
}

export function createGain(): Gain {
  let current = 1;
  let target = 1;
  return {
    aim(next) {
      target = next;
    },
    reset() {
      current = 1;
      target = 1;
    },
    apply(frame) {
      if (current === 1 && target === 1) return;
      const step = (target - current) / frame.length;
      for (let i = 0; i < frame.length; i++) frame[i] = Math.round((frame[i] ?? 0) * (current + step * (i + 1)));
      current = target;
    },
  };
}
