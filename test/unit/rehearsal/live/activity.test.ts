import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAutomaticActivity } from '../../../../src/rehearsal/live/automatic-activity.ts';
import { holdsSpeech } from '../../../../src/rehearsal/live/speech-likeness.ts';
import { createWindowLog } from '../../../../src/rehearsal/live/window-log.ts';
import { resample } from '../../../../src/rehearsal/speech/resample.ts';
import { knownUtterance, utterancePcm } from '../../../../src/rehearsal/speech/utterances.ts';

const tone = (ms: number, amplitude = 8000): Int16Array =>
  Int16Array.from({ length: ms * 16 }, (_, i) => Math.round(amplitude * Math.sin(i / 5)));
const quiet = (ms: number): Int16Array => new Int16Array(ms * 16);
const joined = (...pieces: Int16Array[]): Int16Array => Int16Array.from(pieces.flatMap((piece) => [...piece]));

interface Activity {
  readonly ms: number;
  readonly open: boolean;
}

/** The activities found in it, when it comes in chunks of so many samples. */
function activitiesIn(pcm: Int16Array, { silenceMs = 800, chunk = 640, ends = false } = {}): Activity[] {
  const found: { ms: number; open: boolean }[] = [];
  const detection = createAutomaticActivity(silenceMs, {
    started: () => void found.push({ ms: 0, open: true }),
    audio(frame) {
      const last = found.at(-1);
      if (last !== undefined) last.ms += frame.length / 16;
    },
    ended() {
      const last = found.at(-1);
      if (last !== undefined) last.open = false;
    },
  });
  for (let at = 0; at < pcm.length; at += chunk) detection.hear(pcm.slice(at, at + chunk));
  if (ends) detection.streamEnded();
  return found;
}

test('an activity has what came just before it, and the silence that ended it', () => {
  expect(activitiesIn(joined(quiet(2000), tone(1000), quiet(2000)))).toEqual([{ ms: 240 + 1000 + 800, open: false }]);
});

test('how the stream is cut into chunks makes no difference', () => {
  const pcm = joined(quiet(500), tone(300), quiet(900), tone(200), quiet(100), tone(50), quiet(2000));
  const whole = activitiesIn(pcm);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), (chunk) => {
      expect(activitiesIn(pcm, { chunk })).toEqual(whole);
    }),
    { numRuns: 20 },
  );
});

test('a click is no activity, a hum of the room neither', () => {
  expect(activitiesIn(joined(quiet(200), tone(40), quiet(1000)))).toEqual([]);
  expect(activitiesIn(tone(2000, 100))).toEqual([]);
});

test('silence shorter than asked for does not end it, and no silence at all ends nothing by itself', () => {
  const pcm = joined(tone(500), quiet(300), tone(500), quiet(1000));
  expect(activitiesIn(pcm, { silenceMs: 400 })).toHaveLength(1);
  expect(activitiesIn(pcm, { silenceMs: 200 })).toHaveLength(2);
  expect(activitiesIn(tone(1000), { silenceMs: 0 })).toMatchObject([{ open: true }]);
});

test('a stream that ends ends the activity, and one that only stops leaves it open', () => {
  expect(activitiesIn(tone(500))).toMatchObject([{ open: true }]);
  expect(activitiesIn(tone(500), { ends: true })).toMatchObject([{ open: false }]);
});

test('speech is told from silence, a cough, noise and a tone, also when it is soft', () => {
  const speech = utterancePcm(knownUtterance('hello'), 16_000);
  const noise = Int16Array.from({ length: 32_000 }, (_, i) => ((i * 7919) % 6000) - 3000);
  expect(holdsSpeech(speech)).toBe(true);
  expect(holdsSpeech(speech.map((sample) => sample / 4))).toBe(true);
  expect(holdsSpeech(resample(resample(speech, 16_000, 8000), 8000, 16_000))).toBe(true);
  for (const other of [quiet(2000), new Int16Array(), joined(quiet(500), tone(120), quiet(500)), noise, tone(2000)]) {
    expect(holdsSpeech(other)).toBe(false);
  }
});

test('a window keeps its audio as long as there is room, and its length for ever', () => {
  const log = createWindowLog(100);
  const records = [60, 30, 50].map((ms) => {
    const record = log.open('session-1', ms);
    record.append(tone(ms / 2));
    record.append(tone(ms / 2));
    record.end(ms + 1);
    return record;
  });
  log.open('session-1', 0);
  expect(log.windows.map(({ pcm }) => pcm.length / 16)).toEqual([0, 30, 50, 0]);
  expect(log.windows.map(({ audioMs }) => audioMs)).toEqual([60, 30, 50, 0]);
  expect(Array.from(records[1]?.view.pcm ?? [])).toEqual(Array.from(joined(tone(15), tone(15))));
  // What is handed out is the reader's own.
  records[1]?.view.pcm.fill(7);
  expect(records[1]?.view.pcm.some((sample) => sample === 7)).toBe(false);
});
