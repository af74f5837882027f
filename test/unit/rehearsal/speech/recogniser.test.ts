import { beforeAll, expect, test } from 'vitest';
import { createRecogniser, type Recogniser } from '../../../../src/rehearsal/speech/recogniser.ts';
import { KNOWN_UTTERANCES, knownUtterance, utterancePcm } from '../../../../src/rehearsal/speech/utterances.ts';
import { speak } from '../../../../src/rehearsal/speech/voices.ts';
import { joined, noise, rms } from '../../../kit/signals.ts';

const RATE = 16_000;
const recordings = new Map<string, Int16Array>();
let recogniser: Recogniser;

beforeAll(() => {
  recogniser = createRecogniser(KNOWN_UTTERANCES, {
    load(utterance) {
      const pcm = utterancePcm(utterance, RATE);
      recordings.set(utterance.id, pcm);
      return pcm;
    },
  });
});

function pcmOf(id: string): Int16Array {
  const pcm = recordings.get(id);
  if (pcm === undefined) throw new Error(`no recording ${id}`);
  return pcm;
}

const silence = (ms: number): Int16Array => new Int16Array((ms * RATE) / 1000);
const part = (pcm: Int16Array, from: number, to: number): Int16Array =>
  pcm.subarray(pcm.length * from, pcm.length * to);
const scaled = (pcm: Int16Array, gain: number): Int16Array => pcm.map((sample) => sample * gain);

/** With white noise so many dB below it. */
function noisy(pcm: Int16Array, snr: number): Int16Array {
  const amplitude = (rms(pcm) * Math.sqrt(3)) / 10 ** (snr / 20);
  const added = noise(pcm.length, { amplitude });
  return pcm.map((sample, i) => Math.max(-32_768, Math.min(32_767, sample + (added[i] ?? 0))));
}

test.each(KNOWN_UTTERANCES.map(({ id }) => id))('%s is recognised as itself, whole, and as nothing else', (id) => {
  const { best, others } = recogniser.recognise(joined([silence(300), pcmOf(id), silence(500)]));
  expect(best).toMatchObject({ id, words: knownUtterance(id).words, verdict: 'whole', order: 1 });
  expect(best?.score).toBeGreaterThan(0.95);
  expect(best?.coverage).toBeGreaterThan(0.99);
  expect(others).toEqual([]);
});

test('where it was heard is told to about 50 ms', () => {
  const pcm = pcmOf('hello');
  const early = recogniser.recognise(pcm).best;
  const late = recogniser.recognise(joined([silence(1_230), pcm])).best;
  expect(Math.abs((late?.startMs ?? 0) - (early?.startMs ?? 0) - 1_230)).toBeLessThanOrEqual(50);
  expect(Math.abs((late?.endMs ?? 0) - (early?.endMs ?? 0) - 1_230)).toBeLessThanOrEqual(50);
});

test.each(['jfk', 'meeting', 'numbers'])('%s is recognised quieter, louder and with noise, still whole', (id) => {
  const pcm = pcmOf(id);
  for (const heard of [scaled(pcm, 0.25), scaled(pcm, 1.1), noisy(pcm, 20)]) {
    expect(recogniser.recognise(heard).best).toMatchObject({ id, verdict: 'whole' });
  }
});

test('what was cut off shows where', () => {
  for (const id of ['jfk', 'meeting', 'weather']) {
    const pcm = pcmOf(id);
    const lengthMs = (pcm.length * 1000) / RATE;
    const start = recogniser.recognise(part(pcm, 0.4, 1)).best;
    expect(start).toMatchObject({ id, verdict: 'cut' });
    expect(start?.missingStartMs).toBeGreaterThan(0.2 * lengthMs);
    expect(start?.missingEndMs).toBeLessThan(200);
    const end = recogniser.recognise(part(pcm, 0, 0.6)).best;
    expect(end).toMatchObject({ id, verdict: 'cut' });
    expect(end?.missingEndMs).toBeGreaterThan(0.2 * lengthMs);
    expect(end?.missingStartMs).toBeLessThan(200);
  }
});

test('a hole in the middle is no whole utterance, and neither is one closed up', () => {
  for (const id of ['jfk', 'meeting']) {
    const pcm = pcmOf(id);
    const [before, after] = [part(pcm, 0, 0.4), part(pcm, 0.65, 1)];
    const hole = joined([before, new Int16Array(Math.round(pcm.length * 0.25)), after]);
    expect(recogniser.recognise(hole).best).toMatchObject({ id, verdict: 'cut' });
    expect(recogniser.recognise(joined([before, after])).best).toMatchObject({ id, verdict: 'cut' });
  }
});

test('what comes in the wrong order is garbled', () => {
  for (const id of ['jfk', 'meeting']) {
    const pcm = pcmOf(id);
    const swapped = joined([part(pcm, 0.5, 1), part(pcm, 0, 0.5)]);
    expect(recogniser.recognise(swapped).best).toMatchObject({ id, verdict: 'garbled' });
  }
});

test('two utterances in one window are both found, and so are two at the same time', () => {
  const after = recogniser.recognise(joined([pcmOf('hello'), silence(400), pcmOf('bring')]));
  expect([after.best, ...after.others].map((heard) => heard?.id).sort()).toEqual(['bring', 'hello']);
  const [one, two] = [pcmOf('meeting'), pcmOf('weather')];
  const mixed = Int16Array.from(
    { length: Math.max(one.length, two.length) },
    (_, i) => ((one[i] ?? 0) + (two[i] ?? 0)) * 0.6,
  );
  const together = recogniser.recognise(mixed);
  const found = [together.best, ...together.others].map((heard) => heard?.id);
  expect(found.length).toBeGreaterThan(0);
  for (const id of found) expect(['meeting', 'weather']).toContain(id);
});

test('words that are not known, or known words from another mouth, are unknown', () => {
  const strangers = [
    speak('The quick brown fox jumps over the lazy dog.', 'slt'),
    speak('I would like to order a large pizza with mushrooms.', 'rms'),
    speak('What is the capital of Mongolia, and how far away is it?', 'awb'),
    speak(knownUtterance('meeting').words, 'rms'),
    speak(knownUtterance('bring').words, 'rms'),
    pcmOf('jfk').toReversed(),
    pcmOf('something').toReversed(),
  ];
  for (const pcm of strangers) expect(recogniser.recognise(pcm).best).toBeNull();
});

test('another sentence that begins as a known one, in the same voice, is that one cut off', () => {
  const begun = speak('Could you tell us what time the train leaves tonight, please?', 'slt');
  expect(recogniser.recognise(begun).best).toMatchObject({ id: 'meeting', verdict: 'cut' });
});

test('silence, noise and windows shorter than a syllable hold nothing', () => {
  for (const pcm of [
    new Int16Array(),
    new Int16Array(100),
    silence(2_000),
    noise(32_000),
    pcmOf('hello').subarray(0, 1_600),
  ]) {
    expect(recogniser.recognise(pcm)).toMatchObject({ best: null, others: [] });
  }
});

test('a known utterance can be looked up by its name, and no other', () => {
  expect(new Set(KNOWN_UTTERANCES.map(({ id }) => id)).size).toBe(KNOWN_UTTERANCES.length);
  expect(knownUtterance('jfk').words).toContain('ask not');
  expect(() => knownUtterance('nobody')).toThrow(RangeError);
});
