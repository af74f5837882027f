/**
 * The power spectrum of short frames: an iterative radix-2 Fourier transform with its tables made once.
 */

/** Fills `power` (size / 2 + 1 values) with the squared magnitudes of the transform of `frame` (size values). */
export type PowerSpectrum = (frame: Float32Array, power: Float32Array) => void;

/** @param size a power of two. @throws RangeError when it is none. */
export function createPowerSpectrum(size: number): PowerSpectrum {
  const bits = Math.log2(size);
  if (!Number.isInteger(bits) || bits < 1) throw new RangeError(`size must be a power of two: ${size}`);
  const cos = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const sin = Float64Array.from({ length: size / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / size));
  const order = Uint32Array.from({ length: size }, (_, i) => reverseBits(i, bits));
  const re = new Float64Array(size);
  const im = new Float64Array(size);

  return (frame, power) => {
    for (let i = 0; i < size; i++) re[i] = frame[order[i] ?? 0] ?? 0;
    im.fill(0);
    for (let half = 1; half < size; half *= 2) butterflies(re, im, half, cos, sin);
    for (let i = 0; i <= size / 2; i++) power[i] = (re[i] ?? 0) ** 2 + (im[i] ?? 0) ** 2;
  };
}

/** One stage: joins transforms of `half` points into transforms of twice as many, in place. */
function butterflies(re: Float64Array, im: Float64Array, half: number, cos: Float64Array, sin: Float64Array): void {
  const stride = cos.length / half;
  for (let start = 0; start < re.length; start += 2 * half) {
    for (let k = 0; k < half; k++) {
      const a = start + k;
      const b = a + half;
      const wr = cos[k * stride] ?? 0;
      const wi = sin[k * stride] ?? 0;
      const br = re[b] ?? 0;
      const bi = im[b] ?? 0;
      const tr = br * wr - bi * wi;
      const ti = br * wi + bi * wr;
      const ar = re[a] ?? 0;
      const ai = im[a] ?? 0;
      re[a] = ar + tr;
      im[a] = ai + ti;
      re[b] = ar - tr;
      im[b] = ai - ti;
    }
  }
}

function reverseBits(value: number, bits: number): number {
  let reversed = 0;
  for (let i = 0; i < bits; i++) reversed |= ((value >> i) & 1) << (bits - 1 - i);
  return reversed;
}
