import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CutWindow, createWindowCutter, WINDOW_SAMPLES } from '../../../src/hearing/window-cutter.ts';
import { joined } from '../../kit/signals.ts';

function cutter(): { windows: CutWindow[]; cutter: ReturnType<typeof createWindowCutter> } {
  const windows: CutWindow[] = [];
  return { windows, cutter: createWindowCutter((window) => windows.push(window)) };
}

test('however the sound is framed, the windows hold every sample once and say when it was spoken', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_500 }), { maxLength: 20 }), (lengths) => {
      const { windows, cutter: it } = cutter();
      const total = lengths.reduce((sum, length) => sum + length, 0);
      const pcm = Int16Array.from({ length: total }, (_, i) => i + 1);
      let at = 0;
      for (const length of lengths) {
        it.push(pcm.subarray(at, at + length), 7_000 + at / 16);
        at += length;
      }
      expect(windows).toHaveLength(Math.floor(total / WINDOW_SAMPLES));
      expect(joined(windows.map((window) => window.pcm))).toEqual(pcm.subarray(0, windows.length * WINDOW_SAMPLES));
      for (const [n, { startsAt, fresh }] of windows.entries()) {
        expect(startsAt).toBeCloseTo(7_000 + n * 32, 6);
        expect(fresh).toBe(n === 0);
      }
    }),
  );
});

test('a gap of up to 300 ms is silence in the same stretch', () => {
  const { windows, cutter: it } = cutter();
  it.push(new Int16Array(320).fill(5), 1_000);
  it.push(new Int16Array(320).fill(6), 1_320);
  const heard = joined(windows.map((window) => window.pcm));
  expect(windows.map(({ fresh }) => fresh).indexOf(true, 1)).toBe(-1);
  expect(heard.subarray(0, 320).every((sample) => sample === 5)).toBe(true);
  expect(heard.subarray(320, heard.length).every((sample) => sample === 0)).toBe(true);
  it.push(new Int16Array(512).fill(7), 1_340);
  const all = joined(windows.map((window) => window.pcm));
  expect(all[320 * 16]).toBe(6);
  expect(all[340 * 16]).toBe(7);
});

test('after a longer gap a window begins with the first sample after it', () => {
  const { windows, cutter: it } = cutter();
  it.push(new Int16Array(700).fill(5), 1_000);
  it.push(new Int16Array(512).fill(6), 1_344.5);
  expect(windows.map(({ startsAt, fresh }) => [startsAt, fresh])).toEqual([
    [1_000, true],
    [1_344.5, true],
  ]);
  expect(windows[1]?.pcm.every((sample) => sample === 6)).toBe(true);
});

test('after a reset nothing before counts', () => {
  const { windows, cutter: it } = cutter();
  it.push(new Int16Array(500).fill(5), 1_000);
  it.reset();
  it.push(new Int16Array(512).fill(6), 1_040);
  expect(windows).toEqual([{ pcm: new Int16Array(512).fill(6), startsAt: 1_040, fresh: true }]);
});

test('each window is an array of its own', () => {
  const { windows, cutter: it } = cutter();
  it.push(new Int16Array(2_048), 0);
  expect(new Set(windows.map(({ pcm }) => pcm.buffer)).size).toBe(4);
});
