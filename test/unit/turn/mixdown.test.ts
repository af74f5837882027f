import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMixdown, MIX_LAG_MS } from '../../../src/turn/mixdown.ts';
import type { SpeakerFrame } from '../../../src/types/audio-units.ts';

const FRAME = 20;
const frame = (speakerId: string, startsAt: number, value: number): SpeakerFrame => ({
  speakerId,
  startsAt,
  pcm: new Int16Array(320).fill(value),
  origin: 'heard',
});

/** Each frame of the result by its first sample. */
const values = (frames: readonly Int16Array[]): number[] => frames.map((f) => f[0] ?? Number.NaN);

test('the window begins with the frames from before the utterance was noticed', () => {
  const mixdown = createMixdown();
  for (let i = 0; i < 10; i++) mixdown.add(frame('ada', 1000 + i * FRAME, i + 1));
  mixdown.open([{ speakerId: 'ada', from: 1100 }]);
  expect(values(mixdown.close(1200))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('frames of minutes ago are no pre-roll', () => {
  const mixdown = createMixdown();
  mixdown.add(frame('ada', 1000, 7));
  for (let i = 0; i < 3; i++) mixdown.add(frame('ada', 60_000 + i * FRAME, i + 1));
  mixdown.open([{ speakerId: 'ada', from: 60_000 }]);
  expect(values(mixdown.close(60_060))).toEqual([1, 2, 3]);
});

test('where nobody sends a packet there is silence, so the stream keeps real time', () => {
  const mixdown = createMixdown();
  mixdown.add(frame('ada', 1000, 1));
  mixdown.open([{ speakerId: 'ada', from: 1000 }]);
  mixdown.add(frame('ada', 1000 + 5 * FRAME, 6));
  expect(values(mixdown.close(1000 + 6 * FRAME))).toEqual([1, 0, 0, 0, 0, 6]);
});

test('two speakers are added, and a second one is heard from their first frame on', () => {
  const mixdown = createMixdown();
  for (let i = 0; i < 10; i++) mixdown.add(frame('ada', 1000 + i * FRAME, 100));
  mixdown.open([{ speakerId: 'ada', from: 1000 }]);
  for (let i = 4; i < 10; i++) mixdown.add(frame('bob', 1000 + i * FRAME, 1000));
  const early = mixdown.due(1000 + 6 * FRAME);
  mixdown.join({ speakerId: 'bob', from: 1000 + 4 * FRAME });
  expect(values([...early, ...mixdown.close(1200)])).toEqual([100, 100, 100, 100, 1100, 1100, 1100, 1100, 1100, 1100]);
});

test('somebody whose noise is no speech is not mixed in', () => {
  const mixdown = createMixdown();
  mixdown.add(frame('ada', 1000, 1));
  mixdown.add(frame('noise', 1000, 500));
  mixdown.open([{ speakerId: 'ada', from: 1000 }]);
  expect(values(mixdown.close(1020))).toEqual([1]);
});

test('two people shouting at once do not clip', () => {
  const mixdown = createMixdown();
  for (let i = 0; i < 10; i++) {
    mixdown.add(frame('ada', 1000 + i * FRAME, 30_000));
    mixdown.add(frame('bob', 1000 + i * FRAME, 30_000));
  }
  mixdown.open([
    { speakerId: 'ada', from: 1000 },
    { speakerId: 'bob', from: 1000 },
  ]);
  const loudest = Math.max(
    ...mixdown
      .close(1200)
      .slice(1)
      .flatMap((f) => [...f]),
  );
  expect(loudest).toBeLessThan(29_300);
  expect(loudest).toBeGreaterThan(28_000);
});

test('a frame that comes after its slot was sent is refused, not put elsewhere', () => {
  const mixdown = createMixdown();
  mixdown.add(frame('ada', 1000, 1));
  mixdown.open([{ speakerId: 'ada', from: 1000 }]);
  mixdown.due(1000 + MIX_LAG_MS + 3 * FRAME);
  expect(mixdown.add(frame('ada', 1020, 2))).toBe(false);
});

test('windows that follow each other at once repeat nothing and skip nothing', () => {
  const mixdown = createMixdown();
  for (let i = 0; i < 20; i++) mixdown.add(frame('ada', 1000 + i * FRAME, i + 1));
  mixdown.open([{ speakerId: 'ada', from: 1000 }]);
  const first = values(mixdown.close(1200));
  mixdown.open([{ speakerId: 'ada', from: 1200 }]);
  const second = values(mixdown.close(1400));
  expect([...first, ...second]).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test('however late the frames come within the lag, and wherever they begin, the stream is whole and in order', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 19.99, noNaN: true }),
      fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 5, maxLength: 60 }),
      (offset, delays) => {
        const mixdown = createMixdown();
        const start = 10_000 + offset;
        const arrivals = delays
          .map((delay, i) => ({ at: start + (i + 1) * FRAME + delay, frame: frame('ada', start + i * FRAME, i + 1) }))
          .sort((a, b) => a.frame.startsAt - b.frame.startsAt);
        // hearing releases frames in order: one cannot come before its predecessor
        for (let i = 1; i < arrivals.length; i++) {
          const [before, it] = [arrivals[i - 1], arrivals[i]];
          if (before && it) it.at = Math.max(it.at, before.at);
        }
        const out: number[] = [];
        let opened = false;
        const end = start + (delays.length + 10) * FRAME;
        for (let now = start; now < end; now += FRAME) {
          for (const it of arrivals.filter((a) => a.at >= now && a.at < now + FRAME)) {
            mixdown.add(it.frame);
            if (opened) continue;
            opened = true;
            mixdown.open([{ speakerId: 'ada', from: start }]);
          }
          out.push(...values(mixdown.due(now)));
        }
        out.push(...values(mixdown.close(end)));
        expect(out.filter((v) => v !== 0)).toEqual(delays.map((_, i) => i + 1));
        expect(out.indexOf(delays.length)).toBe(delays.length - 1);
      },
    ),
    { numRuns: 80 },
  );
});

test('packets that came while the thread stood still get in, although its timers run before it reads them', () => {
  const mixdown = createMixdown();
  const sent: number[] = [];
  let slot = 0;
  const speak = (frames: number): void => {
    for (let i = 0; i < frames; i++, slot++) mixdown.add(frame('ada', 1000 + slot * FRAME, slot + 1));
  };
  speak(5);
  mixdown.open([{ speakerId: 'ada', from: 1000 }]);
  for (; slot < 20; speak(1)) sent.push(...values(mixdown.due(1000 + slot * FRAME)));
  // Half a second: first a burst of late ticks, then everything that lay in the socket.
  for (let late = 0; late < 5; late++) sent.push(...values(mixdown.due(1000 + 45 * FRAME)));
  speak(25);
  for (; slot < 80; speak(1)) sent.push(...values(mixdown.due(1000 + slot * FRAME)));
  sent.push(...values(mixdown.close(1000 + 80 * FRAME)));
  expect(sent).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
});
