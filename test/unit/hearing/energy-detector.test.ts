import { expect, test } from 'vitest';
import { createEnergyDetector } from '../../../src/hearing/energy-detector.ts';
import type { JudgedWindow } from '../../../src/hearing/speech-detector.ts';
import { noise } from '../../kit/signals.ts';
import { recording } from './sender.ts';

function judge(pcm: Int16Array): JudgedWindow[] {
  const windows: JudgedWindow[] = [];
  const stream = createEnergyDetector().open((window) => windows.push(window));
  for (let at = 0; at < pcm.length; at += 320) stream.push(pcm.subarray(at, at + 320), 1_000 + at / 16);
  return windows;
}

const share = (windows: readonly JudgedWindow[]): number =>
  windows.filter(({ probability }) => probability >= 0.5).length / windows.length;

test('loud speech out of silence is speech, silence is not', () => {
  const windows = judge(
    Int16Array.from([...new Int16Array(8_000), ...recording('goforward'), ...new Int16Array(8_000)]),
  );
  expect(share(windows.slice(0, 15))).toBe(0);
  expect(share(windows.slice(40, 70))).toBeGreaterThan(0.6);
  expect(share(windows.slice(-13))).toBe(0);
});

test('windows say when they were spoken', () => {
  const windows = judge(new Int16Array(1_600));
  expect(windows.map(({ startsAt, endsAt }) => [startsAt, endsAt])).toEqual([
    [1_000, 1_032],
    [1_032, 1_064],
    [1_064, 1_096],
  ]);
});

test('steady noise is learnt within half a minute and is no speech any more; a voice over it is', () => {
  const hum = noise(16_000 * 30, { amplitude: 800 });
  const windows = judge(hum);
  expect(share(windows.slice(-100))).toBe(0);
  const voice = recording('jfk');
  const over = judge(Int16Array.from([...hum, ...voice.map((sample, i) => sample + (hum[i] ?? 0))]));
  expect(share(over.slice(windows.length))).toBeGreaterThan(0.3);
});

test('a room that is quieter than any whisper is quiet', () => {
  expect(share(judge(noise(16_000, { amplitude: 120 })))).toBe(0);
});

test('a stream that is closed tells nothing, and a reset begins a new window', () => {
  const detector = createEnergyDetector();
  const told: JudgedWindow[] = [];
  const stream = detector.open((window) => told.push(window));
  stream.push(new Int16Array(500), 0);
  stream.reset();
  stream.push(new Int16Array(512), 40);
  expect(told.map(({ startsAt }) => startsAt)).toEqual([40]);
  stream.close();
  stream.push(new Int16Array(5_120), 72);
  expect(told).toHaveLength(1);
});
