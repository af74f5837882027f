/**
 * What is left of recorded speech after a client, a network and the whole of hearing.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSpeechDetector, type SpeechDetector } from '../../../src/hearing/speech-detector.ts';
import { createMixdown, PRE_ROLL_MS } from '../../../src/turn/mixdown.ts';
import type { SpeakerFrame } from '../../../src/types/audio-units.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { audibleSpan, joined, largestStep, likeness, rms } from '../../kit/signals.ts';
import { createListener, type Listener, longDecoderReady, timelineOf } from './listener.ts';
import { encodeSpeech, type Network, recording, speak, transmit, type Utterance } from './sender.ts';

/** The encoder looks 6.5 ms ahead, the downsampler's filter is 1.5 ms long to its middle: samples at 16 kHz. */
const CODEC_DELAY = 128;
const STARTS_AT = 1_000_000;
/** Failures that no network may cause. */
const FAULTS = ['hearing_listener_failures_total', 'hearing_decoder_failures_total', 'hearing_garbage_packets_total'];

const jfk = recording('jfk');
const short = recording('goforward');
const packets = new Map<number, Uint8Array[]>();
let shortPackets: Uint8Array[] = [];
let detector: SpeechDetector;

beforeAll(async () => {
  for (const frameMs of [20, 40, 60] as const) packets.set(frameMs, await encodeSpeech(jfk, frameMs));
  shortPackets = await encodeSpeech(short);
  detector = await createSpeechDetector({ kind: 'neural', log: createRecordingLog(), count: () => undefined });
});
afterAll(() => detector.close());

async function hear(utterances: readonly Utterance[], network: Network = {}): Promise<Listener & { readonly pcm: Int16Array }> {
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
  for (const [n, frame] of frames.entries()) {
    expect(frame.pcm).toHaveLength(320);
    const step = frame.startsAt - (frames[n - 1]?.startsAt ?? frame.startsAt - 20);
    expect(step).toBeGreaterThanOrEqual(20);
    expect(step % 20).toBe(0);
  }
}

/** How alike a stretch of the original is to what was heard in its place. */
function likenessAt(original: Int16Array, heard: Int16Array, from: number, length: number, offset = 0): number {
  const at = from + offset + CODEC_DELAY;
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

test.each(CONDITIONS)('speech over %s keeps its length, its first phoneme and its sound', async (_, frameMs, network, alike) => {
  const { pcm, frames } = await hear([{ packets: packets.get(frameMs) ?? [], frameMs }], network);
  expect(pcm).toHaveLength(Math.ceil((jfk.length + 1_600) / 320 / (frameMs / 20)) * 320 * (frameMs / 20) - padding(frameMs));
  expect(Math.abs(spanMs(pcm) - spanMs(jfk))).toBeLessThan(60);
  expect(likenessAt(jfk, pcm, audibleSpan(jfk).first - 160, 1_600)).toBeGreaterThan(0.95);
  expect(likenessAt(jfk, pcm, 0, jfk.length - CODEC_DELAY)).toBeGreaterThan(alike);
  expect(largestStep(pcm)).toBeLessThan(1.05 * largestStep(jfk));
  expect(frames[0]?.origin).toBe('heard');
});
