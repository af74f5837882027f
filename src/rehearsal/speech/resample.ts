/**
 * Sample-rate conversion for recordings and synthetic voices, whole signals at a time.
 *
 * A windowed sinc evaluated at the exact fractional position of every output sample, so that any pair of rates works. Independent of
 * the bot's own converters on purpose: a defect there must not hide because both ends share it.
 */

/**
 * Zero crossings of the sinc on each side. With 32 the transition band is 1/8 of the lower rate's half (7 to 8 kHz for 16 kHz);
 * the ripple and stop band below are then set by the window alone.
 */
const ZERO_CROSSINGS = 32;
/** Kaiser window: 8.6 puts the stop band 86 dB down, under the 16-bit noise of what comes in. */
const KAISER_BETA = 8.6;
/**
 * The -6 dB point as a share of the lower Nyquist frequency. The transition band of this window is 0.09 of it to either side, so
 * nothing above the lower Nyquist frequency is left to fold back.
 */
const CUTOFF = 0.92;
/** The kernel is read from a table with linear interpolation; 512 steps a crossing keep its error under -100 dB. */
const STEPS = 512;
const TABLE = kernelTable();
/** Rates beyond this are damaged headers. */
const MAX_RATE = 768_000;

/** How many samples `length` samples at `from` Hz become at `to` Hz. */
export function resampledLength(length: number, from: number, to: number): number {
  return Math.round((length * to) / from);
}

/**
 * Converts mono 16-bit PCM from one rate to another. No delay: sample 0 stays at time 0. Clipped at full scale.
 *
 * Flat to 0.83 of the lower Nyquist frequency, down by more than 80 dB from the lower Nyquist frequency on. Costs about 64
 * multiplications an output sample upwards, and `64 * from / to` downwards.
 *
 * @throws RangeError when a rate is not a whole number between 1 and 768000.
 */
export function resample(pcm: Int16Array, from: number, to: number): Int16Array {
  for (const rate of [from, to]) {
    if (!Number.isInteger(rate) || rate < 1 || rate > MAX_RATE) throw new RangeError(`rate out of range: ${rate}`);
  }
  if (from === to) return pcm.slice();
  const out = new Int16Array(resampledLength(pcm.length, from, to));
  // Crossings of the sinc are as far apart as samples of the lower rate, widened by the cutoff.
  const density = Math.min(1, to / from) * CUTOFF;
  const reach = ZERO_CROSSINGS / density;
  for (let i = 0; i < out.length; i++) {
    const at = (i * from) / to;
    const first = Math.max(0, Math.ceil(at - reach));
    const last = Math.min(pcm.length - 1, Math.floor(at + reach));
    let sum = 0;
    for (let k = first; k <= last; k++) sum += (pcm[k] ?? 0) * kernel(Math.abs(k - at) * density);
    out[i] = Math.max(-32_768, Math.min(32_767, Math.round(sum * density)));
  }
  return out;
}

/** The windowed sinc at a distance of `x` zero crossings from its centre. */
function kernel(x: number): number {
  const position = x * STEPS;
  const index = Math.floor(position);
  const low = TABLE[index] ?? 0;
  return low + ((TABLE[index + 1] ?? 0) - low) * (position - index);
}

function kernelTable(): Float64Array {
  return Float64Array.from({ length: ZERO_CROSSINGS * STEPS + 1 }, (_, i) => {
    const x = i / STEPS;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    return (sinc * bessel(KAISER_BETA * Math.sqrt(1 - (x / ZERO_CROSSINGS) ** 2))) / bessel(KAISER_BETA);
  });
}

/** The modified Bessel function of the first kind, order 0, by its power series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
