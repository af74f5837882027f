/**
 * What is left of recorded speech after a client, a network and the whole of hearing.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSpeechDetector, type SpeechDetector } from '../../../src/hearing/speech-detector.ts';
import { createMixdown, PRE_ROLL_MS } from '../../../src/turn/mixdown.ts';
import type { SpeakerFrame } from '../../../src/types/audio-units.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { audibleSpan, joined, largestStep, likeness, rms } from '../../kit/signals.ts';
import { createListener, type Listener, longDecoderReady, timelineOf } from './listener.ts';
import { decodeSpeech, encodeSpeech, type Network, recording, speak, transmit, type Utterance } from './sender.ts';

/** What hearing adds to what a player hears, samples at 16 kHz: the 1.5 ms to the middle of the downsampler's filter. */
const DELAY = 23;
const STARTS_AT = 1_000_000;
/** Failures that no network may cause. */
const FAULTS = ['hearing_listener_failures_total', 'hearing_decoder_failures_total', 'hearing_garbage_packets_total'];

const jfk = recording('jfk');
const short = recording('goforward');
const packets = new Map<number, Uint8Array[]>();
/** What a player hears of them. */
const playouts = new Map<number, Int16Array>();
let played: Int16Array = new Int16Array();
let shortPackets: Uint8Array[] = [];
let shortPlayed: Int16Array = new Int16Array();
let detector: SpeechDetector;

beforeAll(async () => {
  for (const frameMs of [20, 40, 60] as const) {
    packets.set(frameMs, await encodeSpeech(jfk, frameMs));
    playouts.set(frameMs, await decodeSpeech(packets.get(frameMs) ?? []));
  }
  played = playouts.get(20) ?? played;
  shortPackets = await encodeSpeech(short);
  shortPlayed = await decodeSpeech(shortPackets);
  detector = await createSpeechDetector({ kind: 'neural', log: createRecordingLog(), count: () => undefined });
});
afterAll(() => detector.close());

async function hear(
  utterances: readonly Utterance[],
  network: Network = {},
): Promise<Listener & { readonly pcm: Int16Array }> {
  const listener = createListener();
  await longDecoderReady();
  await listener.hear(transmit(speak(utterances), network, STARTS_AT));
  listener.close();
  expect(listener.log.lines).toEqual([]);
  for (const fault of FAULTS) expect(listener.counts.get(fault), fault).toBeUndefined();
  expectInOrder(listener.frames);
  return { ...listener, pcm: timelineOf(listener.frames) };
}

/** Each frame comes after the one before, on a grid of 20 ms. */
function expectInOrder(frames: readonly SpeakerFrame[]): void {
  const steps = frames.slice(1).map(({ startsAt }, n) => startsAt - (frames[n]?.startsAt ?? 0));
  expect(steps.filter((step) => step < 20 || step % 20 !== 0)).toEqual([]);
  expect(frames.filter(({ pcm }) => pcm.length !== 320)).toEqual([]);
}

/** How alike a stretch of what a player hears is to what was heard in its place. */
function likenessAt(original: Int16Array, heard: Int16Array, from: number, length: number, offset = 0): number {
  const at = from + offset + DELAY;
  return likeness(original.subarray(from, from + length), heard.subarray(at, at + length));
}

const spanMs = (pcm: Int16Array): number => (audibleSpan(pcm).last - audibleSpan(pcm).first) / 16;

const CONDITIONS: readonly [name: string, frameMs: 20 | 40 | 60, network: Network, alike: number][] = [
  ['a perfect network', 20, {}, 0.99],
  ['1 % loss', 20, { loss: 0.01 }, 0.98],
  ['5 % loss', 20, { loss: 0.05, seed: 2 }, 0.95],
  ['reordering', 20, { reorder: 0.1 }, 0.99],
  ['duplicates', 20, { duplicate: 0.2 }, 0.99],
  ['60 ms of jitter', 20, { jitterMs: 60 }, 0.99],
  ['all of it', 20, { jitterMs: 60, loss: 0.05, duplicate: 0.1, reorder: 0.1, seed: 4 }, 0.95],
  ['packets of 40 ms', 40, {}, 0.99],
  ['packets of 60 ms', 60, {}, 0.99],
  ['packets of 40 ms, jitter and loss', 40, { jitterMs: 60, loss: 0.03, seed: 3 }, 0.92],
  ['packets of 60 ms, reordered and twice', 60, { reorder: 0.1, duplicate: 0.1 }, 0.99],
];

test.each(CONDITIONS)(
  'speech over %s keeps its length, its first phoneme and its sound',
  async (_, frameMs, network, alike) => {
    const payloads = packets.get(frameMs) ?? [];
    const { pcm } = await hear([{ packets: payloads, frameMs }], network);
    // All that was sent, the silence that ends it too; some of that may be lost.
    const sentMs = payloads.length * frameMs + 100;
    expect(Math.abs(pcm.length / 16 - sentMs + 20)).toBeLessThanOrEqual(20);
    expect(Math.abs(spanMs(pcm) - spanMs(jfk))).toBeLessThan(60);
    const reference = playouts.get(frameMs) ?? played;
    expect(likenessAt(reference, pcm, audibleSpan(reference).first - 160, 1_600)).toBeGreaterThan(0.9);
    expect(likenessAt(reference, pcm, 0, reference.length)).toBeGreaterThan(alike);
    expect(largestStep(pcm)).toBeLessThan(1.05 * largestStep(jfk));
  },
);

test.each(['something', 'numbers', 'goforward'] as const)('%s keeps its length too', async (name) => {
  const original = recording(name);
  const payloads = await encodeSpeech(original);
  const { pcm } = await hear([{ packets: payloads }], {
    jitterMs: 60,
    reorder: 0.1,
    duplicate: 0.1,
  });
  expect(Math.abs(spanMs(pcm) - spanMs(original))).toBeLessThan(10);
  expect(likenessAt(await decodeSpeech(payloads), pcm, 0, original.length)).toBeGreaterThan(0.97);
});

test('a lost packet is heard as more of the same, without a click where it begins', async () => {
  const clean = await hear([{ packets: packets.get(20) ?? [] }]);
  const rough: number[] = [];
  for (let seed = 1; seed <= 4; seed++) {
    const { frames, pcm } = await hear([{ packets: packets.get(20) ?? [] }], { loss: 0.05, seed });
    for (const [n, frame] of frames.entries()) {
      if (frame.origin === 'heard' && frames[n - 1]?.origin !== 'concealed') continue;
      const around = clean.pcm.subarray(Math.max(0, n * 320 - 480), n * 320 + 480);
      const step = Math.abs((pcm[n * 320] ?? 0) - (pcm[n * 320 - 1] ?? 0));
      rough.push(step / Math.max(100, largestStep(around)));
    }
  }
  rough.sort((a, b) => a - b);
  expect(rough.length).toBeGreaterThan(100);
  // Of the steps in the speech around it: a join is no louder than the speech itself but in a few odd places.
  expect(rough[Math.floor(0.95 * rough.length)]).toBeLessThan(0.8);
});

test('whatever the network does, what is heard lies in time as it was spoken and is as long', async () => {
  const share = fc.double({ min: 0, max: 0.3, noNaN: true });
  const network = fc.record({
    loss: share,
    reorder: share,
    duplicate: share,
    jitterMs: fc.nat({ max: 60 }),
    seed: fc.nat(),
  });
  const sentMs = shortPackets.length * 20 + 100;
  await fc.assert(
    fc.asyncProperty(network, async (it) => {
      const { frames } = await hear([{ packets: shortPackets }], it);
      const lengthMs = (frames.at(-1)?.startsAt ?? 0) + 20 - (frames[0]?.startsAt ?? 0);
      expect(lengthMs).toBeLessThanOrEqual(sentMs);
      expect(lengthMs).toBeGreaterThan(sentMs - 200);
    }),
    { numRuns: 15 },
  );
});

test('the pause that Discord does not send lies in time as it was', async () => {
  const pauseMs = 1_340;
  const { pcm, frames } = await hear([{ packets: shortPackets }, { packets: shortPackets, pauseMs }], {
    jitterMs: 60,
    seed: 9,
  });
  const second = (shortPackets.length * 20 + 100 + pauseMs) * 16;
  expect(likenessAt(shortPlayed, pcm, 0, shortPlayed.length)).toBeGreaterThan(0.95);
  expect(likenessAt(shortPlayed, pcm, 0, shortPlayed.length, second)).toBeGreaterThan(0.95);
  expect(frames.every(({ origin }) => origin === 'heard')).toBe(true);
  expect(rms(pcm.subarray(second - 1_300 * 16, second))).toBe(0);
});

test('a long pause keeps real time as the arrivals tell it', async () => {
  const pauseMs = 7_000;
  const { frames } = await hear([{ packets: shortPackets }, { packets: shortPackets, pauseMs }]);
  const second = frames[shortPackets.length + 5]?.startsAt ?? 0;
  expect(second - (frames[0]?.startsAt ?? 0)).toBe(shortPackets.length * 20 + 100 + pauseMs);
});

test('when the first packets of an utterance are lost, the rest is heard in its place and begins without a click', async () => {
  const pauseMs = 900;
  const first = shortPackets.length + 5;
  const loud = shortPackets.slice(30);
  const lost = [first, first + 1, first + 2];
  const { pcm, frames } = await hear([{ packets: shortPackets }, { packets: loud, pauseMs }], { lost });
  const second = (first * 20 + pauseMs) * 16;
  const missing = 3 * 320;
  expect(rms(pcm.subarray(second - 8_000, second + missing))).toBe(0);
  expect(Math.abs(pcm[second + missing] ?? 0)).toBeLessThan(500);
  const from = 33 * 320 + 1_600;
  expect(likenessAt(shortPlayed, pcm, from, 16_000, second - 30 * 320)).toBeGreaterThan(0.95);
  expect(frames.filter(({ origin }) => origin === 'concealed')).toEqual([]);
});

test('with the very first packets lost nothing is wrong but their sound', async () => {
  const { pcm } = await hear([{ packets: packets.get(20) ?? [] }], { lost: [0, 1, 2] });
  expect(likenessAt(played, pcm, 8_000, played.length - 16_000, -3 * 320)).toBeGreaterThan(0.99);
  expect(spanMs(jfk) - spanMs(pcm)).toBeLessThan(60);
});

test('everything of an outage of half a second but its sound is there', async () => {
  const lost = Array.from({ length: 25 }, (_, n) => 100 + n);
  const { pcm, frames } = await hear([{ packets: packets.get(20) ?? [] }], { lost });
  expect(Math.abs(spanMs(pcm) - spanMs(jfk))).toBeLessThan(10);
  expect(frames.filter(({ origin }) => origin === 'concealed')).toHaveLength(3);
  expect(rms(pcm.subarray(104 * 320, 125 * 320))).toBe(0);
  expect(likenessAt(played, pcm, 130 * 320, 200 * 320)).toBeGreaterThan(0.99);
  expect(largestStep(pcm)).toBeLessThan(1.05 * largestStep(jfk));
});

test('what the detector is late to notice is still there: the window holds the first phoneme', async () => {
  const listener = createListener({ detector });
  await listener.hear(transmit(speak([{ packets: packets.get(20) ?? [] }]), {}, STARTS_AT));
  listener.close();
  const { windows, frames } = listener;
  const onset = windows.find(({ probability }, n) => probability >= 0.5 && (windows[n + 1]?.probability ?? 0) >= 0.5);
  const mixdown = createMixdown();
  for (const frame of frames.slice(0, 90)) mixdown.add(frame);
  mixdown.open([{ speakerId: 'ada', from: onset?.startsAt ?? 0 }]);
  const sent = joined(mixdown.close((frames[90]?.startsAt ?? 0) + 20));
  const at = (frames[90]?.startsAt ?? 0) - sent.length / 16 - (frames[0]?.startsAt ?? 0);
  const phoneme = audibleSpan(played).first;
  expect(phoneme / 16 - at).toBeLessThanOrEqual(PRE_ROLL_MS + 64);
  expect(at).toBeLessThan(phoneme / 16);
  const inSent = phoneme - Math.round(at * 16) + DELAY;
  const heard = Math.max(
    ...[-320, 0, 320].map((slot) =>
      likeness(played.subarray(phoneme, phoneme + 1_600), sent.subarray(inSent + slot, inSent + slot + 1_600)),
    ),
  );
  expect(heard).toBeGreaterThan(0.95);
});
