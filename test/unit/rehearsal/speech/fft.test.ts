import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPowerSpectrum } from '../../../../src/rehearsal/speech/fft.ts';

test('a tone is in its bin and nowhere else', () => {
  const spectrum = createPowerSpectrum(64);
  for (let bin = 1; bin < 32; bin++) {
    const power = new Float32Array(33);
    spectrum(
      Float32Array.from({ length: 64 }, (_, i) => Math.sin((2 * Math.PI * bin * i) / 64)),
      power,
    );
    expect(power.indexOf(Math.max(...power))).toBe(bin);
    expect(power[bin]).toBeCloseTo(32 ** 2, 0);
    expect(power.reduce((sum, value) => sum + value, 0) - (power[bin] ?? 0)).toBeLessThan(0.01);
  }
});

test('no power is lost or made (Parseval)', () => {
  const sample = fc.float({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(sample, { minLength: 128, maxLength: 128 }), (samples) => {
      const power = new Float32Array(65);
      createPowerSpectrum(128)(Float32Array.from(samples), power);
      const inside = power.subarray(1, 64).reduce((sum, value) => sum + 2 * value, 0);
      const total = (inside + (power[0] ?? 0) + (power[64] ?? 0)) / 128;
      const energy = samples.reduce((sum, value) => sum + value * value, 0);
      expect(Math.abs(total - energy)).toBeLessThanOrEqual(1e-4 * energy + 1e-6);
    }),
    { numRuns: 50 },
  );
});

test('sizes that are no power of two are refused', () => {
  for (const size of [0, 1, 3, 100, -4, 1.5]) expect(() => createPowerSpectrum(size)).toThrow(RangeError);
});
