import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createConcealment, MOST_CONCEALED } from '../../../src/hearing/concealment.ts';
import { joined, largestStep, likeness, noise, rms, tone } from '../../kit/signals.ts';

const FRAME = 320;

/** A voice: its pitch and some overtones, for a second. */
function voice(hz: number): Int16Array {
  const parts = [1, 2, 3, 5].map((n) => tone(hz * n, { ms: 1_000, rate: 16_000, amplitude: 6_000 / n }));
  return Int16Array.from(parts[0] ?? [], (_, i) => parts.reduce((sum, part) => sum + (part[i] ?? 0), 0));
}

const frameOf = (pcm: Int16Array, n: number): Int16Array => pcm.subarray(n * FRAME, (n + 1) * FRAME);

/** Ten frames heard, then so many lost ones, then the next of the voice. */
function broken(pcm: Int16Array, lost: number): { concealed: Int16Array[]; all: Int16Array } {
  const concealment = createConcealment();
  const before = Array.from({ length: 10 }, (_, n) => concealment.follow(frameOf(pcm, n)));
  const concealed = Array.from({ length: lost }, () => concealment.conceal(FRAME));
  const after = [0, 1].map((n) => concealment.follow(frameOf(pcm, 10 + lost + n)));
  return { concealed, all: joined([...before, ...concealed, ...after]) };
}

test('while nothing is lost not a sample is changed', () => {
  const concealment = createConcealment();
  const pcm = noise(FRAME * 10);
  const heard = Array.from({ length: 10 }, (_, n) => concealment.follow(frameOf(pcm, n)));
  expect(joined(heard)).toEqual(pcm);
});

test.each([70, 110, 160, 220, 350])('a lost frame of a voice of %i Hz sounds like the one that was lost', (hz) => {
  const pcm = voice(hz);
  const { concealed } = broken(pcm, 1);
  expect(likeness(concealed[0] ?? new Int16Array(), frameOf(pcm, 10))).toBeGreaterThan(0.9);
});

test.each([1, 2, 3, 5])('%i lost frames leave no click, neither where they begin nor where they end', (lost) => {
  for (const hz of [70, 110, 160, 220, 350]) {
    const pcm = voice(hz);
    expect(largestStep(broken(pcm, lost).all), `${hz} Hz`).toBeLessThanOrEqual(1.25 * largestStep(pcm));
  }
});

test('a voice that is not periodic breaks off without a click either', () => {
  const rising = Int16Array.from(
    { length: 16_000 },
    (_, i) => 12_000 * Math.sin((2 * Math.PI * (90 + i / 60) * i) / 16_000),
  );
  for (const lost of [1, 2, 3]) expect(largestStep(broken(rising, lost).all)).toBeLessThan(1.5 * largestStep(rising));
});

test('the voice fades away in 60 ms, and then there is silence', () => {
  const { concealed } = broken(voice(140), 5);
  const levels = concealed.map(rms);
  for (const [n, level] of levels.entries())
    expect(level).toBeLessThanOrEqual(levels[n - 1] ?? Number.POSITIVE_INFINITY);
  expect(levels[0]).toBeGreaterThan(2_500);
  expect(levels.slice(MOST_CONCEALED)).toEqual([0, 0]);
});

test('what breaks off is faded out', () => {
  const concealment = createConcealment();
  const pcm = voice(140);
  for (let n = 0; n < 10; n++) concealment.follow(frameOf(pcm, n));
  const end = concealment.cut(new Int16Array(FRAME));
  expect(Math.abs((end[0] ?? 0) - (pcm[10 * FRAME - 1] ?? 0))).toBeLessThan(1.1 * largestStep(pcm));
  expect(rms(end.subarray(0, 40))).toBeGreaterThan(500);
  expect(rms(end.subarray(80))).toBe(0);
});

test('after a pause the next word begins as it was spoken; in the middle of one that was lost it fades in', () => {
  const pcm = voice(140);
  const word = pcm.subarray(80, 80 + FRAME);
  for (const lost of [false, true]) {
    const concealment = createConcealment();
    for (let n = 0; n < 10; n++) concealment.follow(frameOf(pcm, n));
    concealment.pause(lost);
    const heard = concealment.follow(word);
    expect(heard.subarray(80)).toEqual(word.subarray(80));
    if (!lost) expect(heard).toEqual(word);
    else expect(rms(heard.subarray(0, 20))).toBeLessThan(rms(word.subarray(0, 20)) / 4);
  }
});

test('what was said before a pause does not come again after it', () => {
  const concealment = createConcealment();
  const pcm = voice(140);
  for (let n = 0; n < 10; n++) concealment.follow(frameOf(pcm, n));
  concealment.pause(false);
  expect(rms(concealment.conceal(FRAME))).toBe(0);
});

test('whatever was heard, lost and paused, lengths are kept, and 60 ms end what was lost', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('follow' as const), pcm: fc.int16Array({ minLength: 1, maxLength: 400 }) }),
    fc.record({ kind: fc.constant('conceal' as const), length: fc.integer({ min: 1, max: 400 }) }),
    fc.record({ kind: fc.constant('pause' as const), lost: fc.boolean() }),
    fc.record({ kind: fc.constant('cut' as const), length: fc.integer({ min: 1, max: 400 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const concealment = createConcealment();
      for (const it of steps) {
        if (it.kind === 'follow') expect(concealment.follow(it.pcm)).toHaveLength(it.pcm.length);
        else if (it.kind === 'conceal') expect(concealment.conceal(it.length)).toHaveLength(it.length);
        else if (it.kind === 'cut') expect(concealment.cut(new Int16Array(it.length))).toHaveLength(it.length);
        else concealment.pause(it.lost);
      }
      concealment.conceal(3 * FRAME);
      expect(concealment.conceal(FRAME)).toEqual(new Int16Array(FRAME));
    }),
    { numRuns: 100 },
  );
});

test('a voice at full scale does not wrap around when it breaks off', () => {
  const concealment = createConcealment();
  // Just before the top of its wave, a little louder than a period before: what would come next is over full scale.
  const wave = Int16Array.from({ length: 960 }, (_, i) => 32_300 * Math.sin((2 * Math.PI * (i - 959 + 39)) / 160));
  wave[959] = 32_767;
  concealment.follow(wave);
  expect(concealment.conceal(FRAME)[0]).toBe(32_767);
});
