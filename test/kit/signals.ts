/**
 * Test signals and what is measured of them: independent of the bot's own signal processing, so that a defect there shows.
 */

/** A sine. `amplitude` in samples, full scale is 32768. */
export function tone(
  hz: number,
  { ms, rate, amplitude = 16_000 }: { ms: number; rate: number; amplitude?: number },
): Int16Array {
  const step = (2 * Math.PI * hz) / rate;
  return Int16Array.from({ length: Math.round((ms * rate) / 1000) }, (_, i) =>
    Math.round(amplitude * Math.sin(step * i)),
  );
}

/** White noise of a level, the same for the same seed. */
export function noise(
  length: number,
  { amplitude = 8_000, seed = 1 }: { amplitude?: number; seed?: number } = {},
): Int16Array {
  const random = seeded(seed);
  return Int16Array.from({ length }, () => Math.round((random() * 2 - 1) * amplitude));
}

/** Root mean square, in samples. */
export function rms(pcm: Int16Array): number {
  let sum = 0;
  for (const sample of pcm) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, pcm.length));
}

/**
 * How far a tone stands out of everything else in a signal, dB. Its amplitude and phase are fitted, so that a delay costs nothing.
 */
export function toneSnr(pcm: Int16Array, hz: number, rate: number): number {
  const [cos, sin] = fitTone(pcm, hz, rate);
  const step = (2 * Math.PI * hz) / rate;
  let signal = 0;
  let rest = 0;
  for (let i = 0; i < pcm.length; i++) {
    const expected = cos * Math.cos(step * i) + sin * Math.sin(step * i);
    signal += expected ** 2;
    rest += ((pcm[i] ?? 0) - expected) ** 2;
  }
  return 10 * Math.log10(signal / rest);
}

/** The amplitudes of a tone's cosine and sine, by least squares. */
function fitTone(pcm: Int16Array, hz: number, rate: number): [number, number] {
  const step = (2 * Math.PI * hz) / rate;
  let [cc, cs, ss, xc, xs] = [0, 0, 0, 0, 0];
  for (let i = 0; i < pcm.length; i++) {
    const [c, s, x] = [Math.cos(step * i), Math.sin(step * i), pcm[i] ?? 0];
    cc += c * c;
    cs += c * s;
    ss += s * s;
    xc += x * c;
    xs += x * s;
  }
  const determinant = cc * ss - cs * cs;
  return [(xc * ss - xs * cs) / determinant, (xs * cc - xc * cs) / determinant];
}

/** The largest step from one sample to the next: a click is one. */
export function largestStep(pcm: Int16Array): number {
  let largest = 0;
  for (let i = 1; i < pcm.length; i++) largest = Math.max(largest, Math.abs((pcm[i] ?? 0) - (pcm[i - 1] ?? 0)));
  return largest;
}

/** The first and the last sample above −40 dBFS. @throws when all of it is quieter. */
export function audibleSpan(pcm: Int16Array): { first: number; last: number } {
  const loud = (sample: number): boolean => Math.abs(sample) > 32_768 / 100;
  const first = pcm.findIndex(loud);
  if (first < 0) throw new Error('nothing can be heard');
  return { first, last: pcm.findLastIndex(loud) };
}

/** How alike two signals of equal length are: 1 the same but for the volume, 0 nothing in common. */
export function likeness(a: Int16Array, b: Int16Array): number {
  let [product, energyA, energyB] = [0, 0, 0];
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    product += x * y;
    energyA += x * x;
    energyB += y * y;
  }
  return product === 0 ? 0 : product / Math.sqrt(energyA * energyB);
}

/** Joins pieces of sound. */
export function joined(parts: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A uniform generator in [0, 1) with a seed (mulberry32): a failure can be had again. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
