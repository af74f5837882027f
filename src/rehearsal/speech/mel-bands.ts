/**
 * Loudness in bands of the mel scale, the resolution an ear hears speech with.
 */
import { createPowerSpectrum } from './fft.ts';

/** The only rate the recogniser works at, in samples a second. */
export const FEATURE_RATE = 16_000;
/** One row of bands every 10 ms. */
export const HOP_MS = 10;
export const BANDS = 24;

const HOP = (FEATURE_RATE * HOP_MS) / 1000;
/** 25 ms, long enough for two periods of a low voice, short enough for a plosive. */
const FRAME = 400;
const FFT_SIZE = 512;
/** Below: mains hum and a codec's high-pass; above: where the resamplers of a chain begin to differ. */
const LOWEST_HZ = 120;
const HIGHEST_HZ = 6800;

const window = Float32Array.from({ length: FRAME }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / FRAME));
const filters = melFilters();

/** The level of every band of 16 kHz mono PCM in dBFS, `BANDS` values a row, a row every `HOP_MS`. Less than one frame has no row. */
export function bandLevels(pcm: Int16Array): Float32Array {
  const length = Math.max(0, Math.floor((pcm.length - FRAME) / HOP) + 1);
  const spectrum = createPowerSpectrum(FFT_SIZE);
  const frame = new Float32Array(FFT_SIZE);
  const power = new Float32Array(FFT_SIZE / 2 + 1);
  const values = new Float32Array(length * BANDS);
  for (let row = 0; row < length; row++) {
    for (let i = 0; i < FRAME; i++) frame[i] = ((pcm[row * HOP + i] ?? 0) / 32_768) * (window[i] ?? 0);
    spectrum(frame, power);
    for (const [band, filter] of filters.entries()) {
      let sum = 0;
      for (let i = 0; i < filter.gains.length; i++) sum += (power[filter.first + i] ?? 0) * (filter.gains[i] ?? 0);
      values[row * BANDS + band] = 10 * Math.log10(sum / (FRAME * FRAME) + 1e-12);
    }
  }
  return values;
}

interface Filter {
  readonly first: number;
  readonly gains: Float32Array;
}

/** Triangles evenly spaced on the mel scale (O'Shaughnessy, 2595 log10(1 + f/700)), each reaching to its neighbours' centres. */
function melFilters(): Filter[] {
  const toMel = (hz: number) => 2595 * Math.log10(1 + hz / 700);
  const toHz = (mel: number) => 700 * (10 ** (mel / 2595) - 1);
  const lowest = toMel(LOWEST_HZ);
  const step = (toMel(HIGHEST_HZ) - lowest) / (BANDS + 1);
  const bin = (edge: number) => (toHz(lowest + edge * step) * FFT_SIZE) / FEATURE_RATE;
  return Array.from({ length: BANDS }, (_, band) => {
    const [left, middle, right] = [bin(band), bin(band + 1), bin(band + 2)];
    const first = Math.ceil(left);
    const gains = Float32Array.from({ length: Math.floor(right) - first + 1 }, (_, i) => {
      const at = first + i;
      return Math.max(0, at <= middle ? (at - left) / (middle - left) : (right - at) / (right - middle));
    });
    return { first, gains };
  });
}
