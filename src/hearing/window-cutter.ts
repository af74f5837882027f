/**
 * Cuts a speaker's sound into the windows a detector judges, and keeps their time.
 */
import { LIVE_INPUT_RATE } from '../audio/rates.ts';

/** 32 ms at 16 kHz: what the neural detector was trained on. */
export const WINDOW_SAMPLES = 512;
export const WINDOW_MS = (WINDOW_SAMPLES * 1000) / LIVE_INPUT_RATE;

/**
 * Gaps up to here are filled with silence: between two words that the detector must see as one stretch. After a longer one the
 * next window begins with the first sample after it, so that an onset is not judged together with old silence.
 */
const FILL_MS = 300;

export interface CutWindow {
  /** 512 samples at 16 kHz. */
  readonly pcm: Int16Array;
  readonly startsAt: number;
  /** Nothing before it counts. */
  readonly fresh: boolean;
}

export interface WindowCutter {
  /** 16 kHz mono that begins at `startsAt`, ms. */
  push(pcm: Int16Array, startsAt: number): void;
  reset(): void;
}

export function createWindowCutter(onWindow: (window: CutWindow) => void): WindowCutter {
  let window = new Int16Array(WINDOW_SAMPLES);
  let filled = 0;
  let fresh = true;
  /** Where the next sample lies in time; null before the first. */
  let endsAt: number | null = null;

  const append = (pcm: Int16Array): void => {
    for (let from = 0; from < pcm.length; ) {
      const part = pcm.subarray(from, from + WINDOW_SAMPLES - filled);
      window.set(part, filled);
      filled += part.length;
      from += part.length;
      endsAt = (endsAt ?? 0) + (part.length * 1000) / LIVE_INPUT_RATE;
      if (filled < WINDOW_SAMPLES) return;
      onWindow({ pcm: window, startsAt: endsAt - WINDOW_MS, fresh });
      window = new Int16Array(WINDOW_SAMPLES);
      filled = 0;
      fresh = false;
    }
  };

  const reset = (): void => {
    window.fill(0);
    filled = 0;
    fresh = true;
    endsAt = null;
  };

  return {
    push(pcm, startsAt) {
      const gapMs = endsAt === null ? 0 : startsAt - endsAt;
      if (gapMs > FILL_MS) reset();
      else if (gapMs >= 1) append(new Int16Array(Math.round((gapMs * LIVE_INPUT_RATE) / 1000)));
      endsAt ??= startsAt;
      append(pcm);
    },
    reset,
  };
}
