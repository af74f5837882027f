/**
 * Changes the sample rate of a sound that comes in chunks, by windowed-sinc interpolation. For sound that comes at another rate
 * than agreed: right and free of clicks matters, the last decibel does not.
 */

/** 16-bit mono in at one rate, out at another; keeps what spans two chunks. */
export type RateConverter = (chunk: Int16Array) => Int16Array;

/** Input samples to each side of an output sample, at the lower of the two rates. */
const HALF_WIDTH = 16;

/** @param from samples a second in @param to samples a second out */
export function createRateConverter(from: number, to: number): RateConverter {
  const step = from / to;
  /** Below the lower Nyquist frequency, as a share of the input's. */
  const cutoff = Math.min(1, to / from) * 0.95;
  const reach = Math.ceil(HALF_WIDTH / Math.min(1, to / from));
  let held = new Float64Array(reach);
  /** Of the next output sample, in input samples from the start of `held`. */
  let position = reach;

  return (chunk) => {
    const input = new Float64Array(held.length + chunk.length);
    input.set(held);
    input.set(chunk, held.length);
    const out: number[] = [];
    for (; position + reach < input.length; position += step) out.push(sampleAt(input, position, cutoff, reach));
    const keepFrom = Math.max(0, Math.floor(position) - reach);
    held = input.slice(keepFrom);
    position -= keepFrom;
    return Int16Array.from(out, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample))));
  };
}

function sampleAt(input: Float64Array, position: number, cutoff: number, reach: number): number {
  let sum = 0;
  let weights = 0;
  for (let i = Math.ceil(position - reach); i <= Math.floor(position + reach); i++) {
    const distance = position - i;
    const weight = sinc(cutoff * distance) * hann(distance / reach);
    sum += weight * (input[i] ?? 0);
    weights += weight;
  }
  // Normalised, so that a constant stays what it is wherever the output falls between input samples.
  return weights === 0 ? 0 : sum / weights;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function hann(x: number): number {
  return Math.abs(x) >= 1 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * x);
}
