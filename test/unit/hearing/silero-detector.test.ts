import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSileroDetector } from '../../../src/hearing/silero-detector.ts';
import type { JudgedWindow, SpeechDetector } from '../../../src/hearing/speech-detector.ts';
import { speak } from '../../../src/rehearsal/speech/voices.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { audibleSpan, joined, noise, rms, seeded } from '../../kit/signals.ts';
import { recording } from './sender.ts';

let detector: SpeechDetector;

beforeAll(async () => {
  detector = await createSileroDetector({ log: createRecordingLog(), count: () => undefined });
});
afterAll(() => detector.close());

/** A whole number of windows, so that those of the sound alone are those of the sound after it. */
const LEAD_MS = 512;
const silence = (ms: number): Int16Array => new Int16Array(ms * 16);

/** Judges each sound on a stream of its own, all streams in step, 20 ms a tick. */
async function judgeTogether(sounds: readonly Int16Array[]): Promise<JudgedWindow[][]> {
  const judged: JudgedWindow[][] = sounds.map(() => []);
  const streams = sounds.map((_, n) => detector.open((window) => judged[n]?.push(window)));
  const longest = Math.max(...sounds.map((pcm) => pcm.length));
  for (let at = 0; at < longest; at += 320) {
    for (const [n, stream] of streams.entries()) {
      const frame = sounds[n]?.subarray(at, at + 320) ?? new Int16Array();
      if (frame.length > 0) stream.push(frame, at / 16);
    }
    await detector.run();
  }
  for (const stream of streams) stream.close();
  return judged;
}

const isSpeech = ({ probability }: JudgedWindow): boolean => probability >= 0.5;

/** The start of the first two windows of speech in a row: what the turn machine takes for an onset. */
function onset(windows: readonly JudgedWindow[]): number | null {
  return (
    windows.find((window, n) => isSpeech(window) && windows[n + 1] !== undefined && isSpeech(windows[n + 1] ?? window))
      ?.startsAt ?? null
  );
}

/** White noise. */
const white = noise(16_000 * 4, { amplitude: 6_000 });
/** Noise that falls by 6 dB an octave: a fan, wind on a microphone. */
function brown(): Int16Array {
  let level = 0;
  return Int16Array.from(noise(16_000 * 4, { amplitude: 400, seed: 2 }), (step) => (level = 0.99 * level + step * 2));
}
/** Keys and mouse buttons: 5 ms bursts, a few a second. */
function clicks(): Int16Array {
  const random = seeded(3);
  const pcm = new Int16Array(16_000 * 4);
  for (let at = 3_000; at < pcm.length - 80; at += 1_600 + Math.floor(random() * 4_000)) {
    for (let i = 0; i < 80; i++) pcm[at + i] = (random() * 2 - 1) * 20_000 * Math.exp(-i / 25);
  }
  return pcm;
}

test.each(['jfk', 'goforward', 'numbers', 'something'] as const)(
  '%s: the voice is found, from its first word on',
  async (name) => {
    const pcm = recording(name).slice(0, 16_000 * 4);
    const [windows = []] = await judgeTogether([joined([silence(LEAD_MS), pcm])]);
    const loud = loudWindows(pcm).map(({ startsAt }) => startsAt + LEAD_MS);
    const found = windows.filter((window) => isSpeech(window) && loud.includes(window.startsAt));
    expect(found.length / loud.length).toBeGreaterThan(0.9);
    expect(Math.abs((onset(windows) ?? 0) - (loud[0] ?? 0))).toBeLessThanOrEqual(4 * 32);
    expect(windows.slice(0, LEAD_MS / 32).some(isSpeech)).toBe(false);
  },
);

test('a voice that begins in the middle of a word, as from a gated microphone, is found as well as one after silence', async () => {
  const cut = recording('jfk').subarray(280 * 16, 6_000 * 16);
  const [sudden = [], gentle = []] = await judgeTogether([cut, joined([silence(LEAD_MS), cut])]);
  expect(sudden.filter(isSpeech).length / gentle.filter(isSpeech).length).toBeGreaterThan(0.9);
});

test('synthetic voices are found within a few windows of their onset', async () => {
  const voices = ['slt', 'rms', 'awb', 'kal16'] as const;
  const lines = voices.map((voice) => speak('Hello Parley, can you hear me?', voice));
  const judged = await judgeTogether(lines.map((pcm) => joined([silence(LEAD_MS), pcm])));
  for (const [n, pcm] of lines.entries()) {
    const startsAt = LEAD_MS + audibleSpan(pcm).first / 16;
    expect(Math.abs((onset(judged[n] ?? []) ?? 0) - startsAt), voices[n]).toBeLessThanOrEqual(3 * 32);
  }
});

test('silence, noise, a fan and clicks are no speech', async () => {
  const judged = await judgeTogether([silence(4_000), white, brown(), clicks()]);
  for (const windows of judged) {
    expect(windows.length).toBe(125);
    expect(onset(windows)).toBeNull();
    expect(windows.filter(isSpeech).length).toBeLessThan(3);
  }
});

test('several speakers judged in one batch are judged as each alone', async () => {
  const sounds = [
    recording('goforward'),
    recording('something').subarray(0, 20_000),
    white.subarray(0, 30_000),
    ...Array.from({ length: 16 }, (_, n) => recording('numbers').subarray(n * 800, n * 800 + 12_000)),
  ];
  const together = await judgeTogether(sounds);
  for (const [n, pcm] of sounds.entries()) {
    const [alone = []] = await judgeTogether([pcm]);
    expect(together[n]?.map(({ startsAt }) => startsAt)).toEqual(alone.map(({ startsAt }) => startsAt));
    for (const [i, { probability }] of alone.entries()) {
      expect(Math.abs((together[n]?.[i]?.probability ?? -1) - probability)).toBeLessThan(1e-4);
    }
  }
});

test('the model is asked as its authors ask it: 64 samples of before, then the window, and what it remembers', async () => {
  const path = fileURLToPath(new URL('../../../assets/silero/silero_vad_v5.onnx', import.meta.url));
  const session = await InferenceSession.create(path, { intraOpNumThreads: 1 });
  const sr = new Tensor('int64', BigInt64Array.of(16_000n), []);
  const sound = recording('goforward').subarray(0, 512 * 40);
  let state = new Tensor('float32', new Float32Array(256), [2, 1, 128]);
  const expected: number[] = [];
  // Four windows of silence come before everything: a gated microphone begins in the middle of a word.
  for (let from = -4 * 512; from < sound.length; from += 512) {
    const input = Float32Array.from({ length: 576 }, (_, i) => (sound[from - 64 + i] ?? 0) / 32_768);
    const { output, stateN } = await session.run({ input: new Tensor('float32', input, [1, 576]), state, sr });
    state = new Tensor('float32', Float32Array.from((stateN?.data ?? []) as Float32Array), [2, 1, 128]);
    if (from >= 0) expected.push(Number(output?.data[0]));
  }
  await session.release();
  // Two speakers, because the rows of a batch share one tensor.
  const [own = []] = await judgeTogether([sound, white.subarray(0, sound.length)]);
  expect(own).toHaveLength(40);
  for (const [n, { probability }] of own.entries())
    expect(Math.abs(probability - (expected[n] ?? -1))).toBeLessThan(1e-4);
});

test('after a long pause a speaker is judged as if nothing had been before', async () => {
  const pcm = recording('goforward').subarray(0, 16_000);
  const [expected = []] = await judgeTogether([pcm]);
  const judged: JudgedWindow[] = [];
  const stream = detector.open((window) => judged.push(window));
  stream.push(white.subarray(0, 10_000), 0);
  stream.push(pcm, 5_000);
  await detector.run();
  stream.close();
  const after = judged.filter(({ startsAt }) => startsAt >= 5_000);
  expect(after).toHaveLength(expected.length);
  for (const [n, { probability }] of after.entries())
    expect(probability).toBeCloseTo(expected[n]?.probability ?? -1, 4);
});

/** The windows within 20 dB of the loudest: words, not the noise of the room that some recordings have between them. */
function loudWindows(pcm: Int16Array): { startsAt: number; level: number }[] {
  const windows = Array.from({ length: Math.floor(pcm.length / 512) }, (_, n) => ({
    startsAt: n * 32,
    level: rms(pcm.subarray(n * 512, (n + 1) * 512)),
  }));
  const loudest = Math.max(...windows.map(({ level }) => level));
  return windows.filter(({ level }) => level > loudest / 10);
}
