import { expect, test } from 'vitest';
import {
  createSynthesiser,
  MAX_TEXT_LENGTH,
  SpeechError,
  VOICE_RATE,
  VOICES,
} from '../../../../src/rehearsal/speech/voices.ts';
import { audibleSpan, likeness } from '../../../kit/signals.ts';

const synthesiser = createSynthesiser();
const LINE = 'Hello, can you hear me?';

test('every voice says the line in a sound of its own, and the same every time', () => {
  const said = VOICES.map((voice) => synthesiser.speak(LINE, voice));
  for (const [n, pcm] of said.entries()) {
    const { first, last } = audibleSpan(pcm);
    expect((last - first) / VOICE_RATE, VOICES[n]).toBeGreaterThan(0.7);
    expect((last - first) / VOICE_RATE, VOICES[n]).toBeLessThan(2.5);
    for (const [m, other] of said.entries()) {
      if (m !== n) expect(likeness(pcm, other), `${VOICES[n]} and ${VOICES[m]}`).toBeLessThan(0.6);
    }
  }
  const again = createSynthesiser();
  for (const n of [0, 5, 6]) expect(again.speak(LINE, VOICES[n] ?? '')).toEqual(said[n]);
});

test.each([
  ['slt-high', 'slt', 1.2, 1.6],
  ['kal16-high', 'kal16', 1.2, 1.8],
  ['rms-deep', 'rms', 0.85, 0.97],
  ['awb-light', 'awb', 1.03, 1.15],
] as const)('%s speaks at a pitch of its own beside %s', (variant, own, low, high) => {
  const ratio = pitch(synthesiser.speak(LINE, variant)) / pitch(synthesiser.speak(LINE, own));
  expect(ratio).toBeGreaterThan(low);
  expect(ratio).toBeLessThan(high);
});

test('what is given out is the caller’s own: changing it changes nothing said later', () => {
  const first = synthesiser.speak(LINE, 'kal16');
  const copy = first.slice();
  first.fill(0);
  const second = synthesiser.speak(LINE, 'kal16');
  expect(second).toEqual(copy);
  second.fill(1);
  expect(synthesiser.speak(LINE, 'kal16')).toEqual(copy);
});

test('a line that has left the cache is said again, the same', () => {
  const small = createSynthesiser({ cacheSamples: 10_000 });
  const first = small.speak('One.', 'kal16');
  small.speak('Two, three, four.', 'kal16');
  expect(small.speak('One.', 'kal16')).toEqual(first);
});

test('accents and typographic signs are read as their plain letters', () => {
  const plain = synthesiser.speak("Cafe, it's here", 'kal16');
  expect(synthesiser.speak('Café,  it’s\u00a0here ', 'kal16')).toEqual(plain);
  expect(synthesiser.speak('Yes 👍 no', 'kal16')).toEqual(synthesiser.speak('Yes no', 'kal16'));
});

test('what cannot be said is refused in a sentence', () => {
  const refused = [
    ['Hello', 'kal'],
    ['Hello', 'toString'],
    ['Hello', ''],
    ['', 'slt'],
    [' …!? ', 'slt'],
    ['日本語', 'slt'],
    ['a '.repeat(MAX_TEXT_LENGTH), 'slt'],
  ] as const;
  for (const [text, voice] of refused) {
    expect(() => synthesiser.speak(text, voice)).toThrow(SpeechError);
    expect(() => synthesiser.speak(text, voice)).toThrow(/\.$/);
  }
});

test('what looks like an option or a path is spoken and not obeyed', () => {
  expect(audibleSpan(synthesiser.speak('-o /out/x.wav', 'kal16')).last).toBeGreaterThan(4_000);
});

/** Hz: the median over the voiced 40 ms, by autocorrelation. */
function pitch(pcm: Int16Array): number {
  const found: number[] = [];
  for (let from = 0; from + 1_280 < pcm.length; from += 320) {
    const frame = pcm.subarray(from, from + 640);
    if (Math.max(...frame.map(Math.abs)) < 4_000) continue;
    let [best, period] = [0, 0];
    for (let lag = 53; lag <= 230; lag++) {
      const alike = likeness(frame, pcm.subarray(from + lag, from + lag + 640));
      if (alike > best) [best, period] = [alike, lag];
    }
    if (best > 0.85) found.push(VOICE_RATE / period);
  }
  return found.sort((a, b) => a - b)[found.length >> 1] ?? Number.NaN;
}
