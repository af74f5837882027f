/**
 * Adds the frames of several speakers into one, without clipping.
 *
 * Nothing well kept was found on the registry (reference/audio.md §5); a sum with a peak limiter is short to own.
 */

/** −1 dBFS: leaves headroom for the overshoot of whatever decodes the mix. */
const CEILING = Math.round(32_767 * 10 ** (-1 / 20));
/** The gain moves over 5 ms at 16 kHz: a step would click, and slower would let the start of a shout through. */
const RAMP_SAMPLES = 80;
/** How much of the missing gain comes back a frame: full volume again some 200 ms after two people overlapped. */
const RECOVERY = 0.2;

export interface Mixer {
  /** Mixes frames of equal length; one frame alone passes untouched once the limiter has let go. */
  mix(frames: readonly Int16Array[], length: number): Int16Array;
  reset(): void;
}

export function createMixer(): Mixer {
  let gain = 1;
  return {
    mix(frames, length) {
      const [only] = frames;
      if (only === undefined) {
        gain = 1;
        return new Int16Array(length);
      }
      if (frames.length === 1 && gain === 1) return only;
      const sum = addUp(frames, length);
      const wanted = Math.min(1, CEILING / Math.max(1, peak(sum)));
      const next = wanted < gain ? wanted : gain + (wanted - gain) * RECOVERY;
      const out = applyRamp(sum, gain, next);
      gain = next > 0.999 ? 1 : next;
      return out;
    },
    reset() {
      gain = 1;
    },
  };
}

function addUp(frames: readonly Int16Array[], length: number): Int32Array {
  const sum = new Int32Array(length);
  for (const frame of frames) {
    for (let i = 0; i < length; i++) sum[i] = (sum[i] ?? 0) + (frame[i] ?? 0);
  }
  return sum;
}

function peak(samples: Int32Array): number {
  let highest = 0;
  for (const sample of samples) highest = Math.max(highest, Math.abs(sample));
  return highest;
}

function applyRamp(sum: Int32Array, from: number, to: number): Int16Array {
  const out = new Int16Array(sum.length);
  for (let i = 0; i < sum.length; i++) {
    const gain = i < RAMP_SAMPLES ? from + ((to - from) * i) / RAMP_SAMPLES : to;
    out[i] = Math.max(-32_768, Math.min(32_767, Math.round((sum[i] ?? 0) * gain)));
  }
  return out;
}
