import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSpeakerTimeline, type Placement, type SpeakerTimeline } from '../../../src/hearing/speaker-timeline.ts';

const FRAME = 960;
/** Just before the 32 bits of a timestamp are full. */
const NEAR_WRAP = 0xffff_ffff - 2 * FRAME;

interface Spoken {
  /** Since the stream began, samples at 48 kHz. */
  readonly at: number;
  readonly arrivedAt: number;
  readonly samples?: number;
  readonly ssrc?: number;
}

function place(timeline: SpeakerTimeline, { at, arrivedAt, samples = FRAME, ssrc = 1 }: Spoken): Placement | null {
  const timestamp = (NEAR_WRAP + at) >>> 0;
  return timeline.place({ ssrc, sequence: 0, timestamp, payload: new Uint8Array(), arrivedAt }, samples);
}

/** So many packets in a row, arriving at their time. */
function speak(timeline: SpeakerTimeline, count: number, { from = 0, arrivedAt = 1_000 } = {}): (Placement | null)[] {
  return Array.from({ length: count }, (_, n) =>
    place(timeline, { at: from + n * FRAME, arrivedAt: arrivedAt + n * 20 }),
  );
}

test('an utterance lies where its first packet arrived, and runs on its own clock whatever the arrivals do', () => {
  const timeline = createSpeakerTimeline();
  const jitter = [0, 55, 3, 60, 0, 41, 41, 12];
  for (const [n, late] of jitter.entries()) {
    expect(place(timeline, { at: n * FRAME, arrivedAt: 1_000 + n * 20 + late })).toEqual({
      startsAt: 1_000 + n * 20,
      gapFrames: 0,
      gapStartsAt: 1_000 + n * 20,
    });
  }
});

test('the silence that Discord does not send passes all the same', () => {
  const timeline = createSpeakerTimeline();
  speak(timeline, 5);
  // 47 frames of pause; the arrival 30 ms late does not move it.
  expect(place(timeline, { at: 52 * FRAME, arrivedAt: 2_070 })).toEqual({
    startsAt: 1_000 + 52 * 20,
    gapFrames: 47,
    gapStartsAt: 1_100,
  });
});

test('a pause that is no whole number of frames is put on the grid', () => {
  const timeline = createSpeakerTimeline();
  speak(timeline, 1);
  expect(place(timeline, { at: FRAME + 700, arrivedAt: 1_035 })).toMatchObject({ startsAt: 1_040, gapFrames: 1 });
  expect(place(timeline, { at: 2 * FRAME + 700 + 300, arrivedAt: 1_061 })).toMatchObject({
    startsAt: 1_060,
    gapFrames: 0,
  });
});

test('packets of other lengths follow each other without a gap', () => {
  const timeline = createSpeakerTimeline();
  let at = 0;
  for (const samples of [120, 240, 480, 960, 1_920, 2_880, 5_760, 120]) {
    const placement = place(timeline, { at, samples, arrivedAt: 1_000 + at / 48 });
    expect(placement).toMatchObject({ startsAt: 1_000 + at / 48, gapFrames: 0 });
    at += samples;
  }
});

test('after a pause of more than 2 s the clocks are compared anew', () => {
  const timeline = createSpeakerTimeline();
  speak(timeline, 5);
  expect(place(timeline, { at: 200 * FRAME, arrivedAt: 5_037 })).toMatchObject({ startsAt: 5_037 });
  expect(place(timeline, { at: 201 * FRAME, arrivedAt: 5_090 })).toMatchObject({ startsAt: 5_057, gapFrames: 0 });
});

test('a client whose timestamps stand still in pauses is heard when it speaks', () => {
  const timeline = createSpeakerTimeline();
  speak(timeline, 5);
  const placement = place(timeline, { at: 5 * FRAME, arrivedAt: 2_500 });
  expect(placement).toMatchObject({ startsAt: 2_500, gapStartsAt: 1_100, gapFrames: 70 });
});

test('a first packet that was held up for long does not make all that follows late', () => {
  const timeline = createSpeakerTimeline();
  place(timeline, { at: 0, arrivedAt: 1_400 });
  for (let n = 1; n < 5; n++) place(timeline, { at: n * FRAME, arrivedAt: 1_000 + n * 20 });
  // In the next pause there is room to move: the timeline was 400 ms behind.
  expect(place(timeline, { at: 50 * FRAME, arrivedAt: 2_000 })).toMatchObject({ startsAt: 2_000 });
});

test('of what is sent faster than it can be spoken, no more is taken than a second ahead of real time', () => {
  const timeline = createSpeakerTimeline();
  const placed = Array.from({ length: 200 }, (_, n) => place(timeline, { at: n * FRAME, arrivedAt: 1_000 + n }));
  for (const [n, placement] of placed.entries()) expect((placement?.startsAt ?? 0) - n).toBeLessThanOrEqual(2_000);
  const taken = placed.filter((placement) => placement !== null);
  expect(taken.length).toBeGreaterThan(50);
  expect(taken.length).toBeLessThanOrEqual((1_000 + 200) / 20 + 1);
  expect(place(timeline, { at: 200 * FRAME, arrivedAt: 3_000 })).not.toBeNull();
});

test('another source begins where it arrives, but not over what the old one said', () => {
  const timeline = createSpeakerTimeline();
  speak(timeline, 5);
  expect(place(timeline, { at: 9_999_999, arrivedAt: 1_095, ssrc: 2 })).toEqual({
    startsAt: 1_100,
    gapFrames: 0,
    gapStartsAt: 1_100,
  });
  expect(place(timeline, { at: 0, arrivedAt: 1_300, ssrc: 3 })).toMatchObject({ startsAt: 1_300, gapFrames: 9 });
});

test('whatever timestamps and lengths a client sends, nothing lies over anything else, nor far from real time', () => {
  const step = fc.record({
    passedMs: fc.nat({ max: 100 }),
    jump: fc.oneof(fc.constant(0), fc.integer({ min: -5_000, max: 5_000 }), fc.integer()),
    samples: fc.constantFrom(120, 480, 960, 2_880, 5_760),
    ssrc: fc.oneof({ arbitrary: fc.constant(1), weight: 9 }, { arbitrary: fc.constant(2), weight: 1 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
      const timeline = createSpeakerTimeline();
      let [arrivedAt, at, endsAt] = [1_000, 0, Number.NEGATIVE_INFINITY];
      for (const { passedMs, jump, samples, ssrc } of steps) {
        arrivedAt += passedMs;
        const placement = place(timeline, { at: at + jump, arrivedAt, samples, ssrc });
        at += samples + jump;
        if (placement === null) continue;
        const { startsAt, gapFrames, gapStartsAt } = placement;
        expect(startsAt).toBeGreaterThanOrEqual(endsAt - 1e-6);
        expect(startsAt - arrivedAt).toBeLessThanOrEqual(1_000);
        expect(arrivedAt - startsAt).toBeLessThanOrEqual(200);
        expect(Number.isInteger(gapFrames) && gapFrames >= 0).toBe(true);
        if (gapFrames > 0) {
          expect(gapStartsAt).toBeGreaterThanOrEqual(endsAt - 1e-6);
          expect(startsAt - gapStartsAt - gapFrames * 20).toBeGreaterThanOrEqual(-1e-6);
          expect(startsAt - gapStartsAt - gapFrames * 20).toBeLessThan(20);
        }
        endsAt = startsAt + samples / 48;
      }
    }),
    { numRuns: 300 },
  );
});
