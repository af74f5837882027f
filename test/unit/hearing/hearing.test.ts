/**
 * What hearing tells, of whom, and what it survives.
 */
import fc from 'fast-check';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createCodecPool } from '../../../src/audio/codec-pool.ts';
import { createOpus } from '../../../src/audio/opus-codec.ts';
import { createEnergyDetector } from '../../../src/hearing/energy-detector.ts';
import type { SpeakerFrame, SpeakerPacket } from '../../../src/types/audio-units.ts';
import { rms, tone } from '../../kit/signals.ts';
import { createListener, type Listener, type ListenerOptions, timelineOf } from './listener.ts';
import { encodeSpeech, SSRC, speak, transmit } from './sender.ts';

const START = 1_000_000;
let packets: Uint8Array[] = [];

beforeAll(async () => {
  packets = await encodeSpeech(tone(300, { ms: 400, rate: 16_000, amplitude: 8_000 }));
});

function open(options?: ListenerOptions): Listener {
  const listener = createListener(options);
  onTestFinished(() => listener.close());
  return listener;
}

const utterance = (startsAt = START): SpeakerPacket[] => transmit(speak([{ packets }]), {}, startsAt);

/** A packet of somebody's `n`-th 20 ms. */
function packet(n: number, payload: Uint8Array, arrivedAt = START + n * 20): SpeakerPacket {
  return { ssrc: SSRC, sequence: n, timestamp: n * 960, payload, arrivedAt };
}

/** What is encrypted looks like any Opus: like a packet of 60 ms, or like one that could be decoded. */
const encrypted = (n: number): Uint8Array =>
  n % 2 === 0 ? Uint8Array.of(0x18, 0x3f, 7, 8, 9, 0xfa, 0xfa) : Uint8Array.of(...(packets[n] ?? []), 0xfa, 0xfa);

test('every packet is told at once, and which of them are silence', async () => {
  const listener = open();
  await listener.hear(utterance());
  expect(listener.packets).toHaveLength(25);
  expect(listener.packets.filter(({ silence }) => silence)).toHaveLength(5);
  expect(listener.packets[3]).toEqual({ arrivedAt: START + 80, silence: false });
});

test('frames and windows of several speakers carry their names and lie at their own times', async () => {
  const listener = open();
  const of = { ada: utterance(), bob: utterance(START + 7) };
  const both = Object.entries(of).flatMap(([name, list]) => list.map((it) => ({ name, it })));
  both.sort((a, b) => a.it.arrivedAt - b.it.arrivedAt);
  for (const { name, it } of both) {
    await listener.wait(it.arrivedAt - listener.clock.now());
    listener.hearing.packet(name, it);
  }
  await listener.wait(100);
  for (const [name, startsAt] of [
    ['ada', START + 20],
    ['bob', START + 27],
  ] as const) {
    const frames = listener.frames.filter(({ speakerId }) => speakerId === name);
    expect(frames).toHaveLength(25);
    expect(frames[0]?.startsAt).toBe(startsAt);
    const windows = listener.windows.filter(({ speakerId }) => speakerId === name);
    expect(windows.map((window) => window.startsAt)).toEqual(windows.map((_, n) => startsAt + n * 32));
    expect(windows.length).toBe(15);
    expect(windows[4]?.probability).toBe(1);
  }
});

test('the silence that ends an utterance is silent, and fades the voice out', async () => {
  const listener = open();
  await listener.hear(utterance());
  const pcm = timelineOf(listener.frames);
  expect(rms(pcm.subarray(21 * 320))).toBe(0);
  expect(rms(pcm.subarray(19 * 320, 20 * 320))).toBeGreaterThan(3_000);
});

test('what is still encrypted is not decoded, is as long as Discord frames are, and is told', async () => {
  const listener = open();
  const mixed = packets.map((payload, n) => packet(n, n >= 5 && n < 15 ? encrypted(n) : payload));
  await listener.hear(mixed);
  expect(listener.counts.get('hearing_encrypted_packets_total')).toBe(10);
  expect(listener.packets).toHaveLength(packets.length - 10);
  expect(listener.frames.map(({ startsAt }) => startsAt)).toEqual(packets.map((_, n) => START + n * 20));
  expect(listener.frames.map(({ origin }) => origin).filter((origin) => origin === 'concealed')).toHaveLength(10);
  const pcm = timelineOf(listener.frames);
  expect(rms(pcm.subarray(8 * 320, 15 * 320))).toBe(0);
  expect(rms(pcm.subarray(17 * 320, 19 * 320))).toBeGreaterThan(3_000);
});

test('garbage in the middle of speech costs its own 20 ms and nothing else', async () => {
  const listener = open();
  // A hybrid frame with a length that runs past the end of the packet.
  const garbage = Uint8Array.of((13 << 3) | 2, 255, 255, 1);
  await listener.hear(packets.map((payload, n) => packet(n, n === 8 ? garbage : payload)));
  expect(listener.counts.get('hearing_garbage_packets_total')).toBe(1);
  expect(listener.frames.map(({ origin }) => origin).indexOf('concealed')).toBe(8);
  expect(listener.frames).toHaveLength(packets.length);
  expect(listener.log.lines).toEqual([]);
});

test('whatever bytes, numbers and times a client sends, nothing is thrown or logged, and the next speaker is heard', async () => {
  const hostile = fc.record({
    sequence: fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 0xffff })),
    timestamp: fc.oneof(fc.nat({ max: 96_000 }), fc.nat({ max: 0xffff_ffff })),
    payload: fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...packets, Uint8Array.of(0xf8, 0xff, 0xfe))),
    ssrc: fc.integer({ min: 1, max: 2 }),
    passedMs: fc.nat({ max: 80 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { maxLength: 40 }), async (sent) => {
      const listener = createListener();
      let arrivedAt = START;
      const arriving = sent.map(({ passedMs, ...it }) => {
        arrivedAt += passedMs;
        return { ...it, arrivedAt };
      });
      await listener.hear(arriving, 'mallory');
      let endsAt = 0;
      for (const { startsAt, pcm } of listener.frames) {
        expect(startsAt).toBeGreaterThanOrEqual(endsAt - 1e-6);
        expect(pcm).toHaveLength(320);
        endsAt = startsAt + 20;
      }
      const before = listener.frames.length;
      await listener.hear(utterance(listener.clock.now()), 'bob');
      expect(listener.frames.length - before).toBe(25);
      expect(listener.log.lines).toEqual([]);
      listener.close();
    }),
    { numRuns: 30 },
  );
});

test('after an outage the voice fades in again', async () => {
  const listener = open();
  await listener.hear(packets.map((payload, n) => packet(n, payload)).filter((_, n) => n < 6 || n >= 12));
  expect(listener.frames.map(({ origin }) => origin === 'concealed')).toEqual([
    ...Array(6).fill(false),
    ...Array(3).fill(true),
    ...Array(8).fill(false),
  ]);
  const loudest = (pcm: Int16Array): number => Math.max(...pcm.map(Math.abs));
  const again = timelineOf(listener.frames).subarray(12 * 320);
  // Half a wave from 24 samples on, which is what the downsampler's filter needs: some of it is the top of a wave.
  expect(loudest(again.subarray(24, 51))).toBeLessThan(0.7 * loudest(again));
});

test('when there are no decoders left, time goes on in silence and it is counted', async () => {
  const opus = createOpus();
  const counts = new Map<string, number>();
  const decoders = createCodecPool({
    opus,
    limit: 1,
    count: (name) => void counts.set(name, (counts.get(name) ?? 0) + 1),
  });
  onTestFinished(() => {
    decoders.close();
    opus.close();
  });
  const holder = decoders.open();
  holder.decode(packets[0] ?? new Uint8Array(), START + 300);
  const listener = open({ decoders });
  await listener.hear(utterance());
  expect(listener.frames).toHaveLength(25);
  expect(rms(timelineOf(listener.frames))).toBe(0);
  expect(counts.get('audio_decoders_exhausted_total')).toBe(20);
});

test('a listener that throws is told in the log once, and hearing goes on', async () => {
  let calls = 0;
  const listener = open({
    onFrame() {
      calls++;
      throw new Error('listener');
    },
  });
  await listener.hear(utterance());
  expect(calls).toBe(25);
  expect(listener.log.messages('error')).toEqual(['a packet could not be handled']);
  expect(listener.counts.get('hearing_listener_failures_total')).toBe(25);
});

test('who leaves or opts out is forgotten: nothing held, judged or late is told of them any more', async () => {
  const detector = createEnergyDetector();
  let closed = 0;
  const listener = open({
    detector: {
      ...detector,
      open(onWindow) {
        const stream = detector.open(onWindow);
        return {
          ...stream,
          close() {
            closed++;
            stream.close();
          },
        };
      },
    },
  });
  const sent = utterance();
  await listener.hear(sent.slice(0, 8));
  // Held for the one before it, which never comes.
  listener.hearing.packet('ada', sent[10] ?? packet(0, new Uint8Array()));
  const told: SpeakerFrame[] = [...listener.frames];
  const windows = listener.windows.length;
  listener.hearing.forget('ada');
  listener.hearing.forget('ada');
  await listener.wait(500);
  expect(listener.frames).toEqual(told);
  expect(listener.windows).toHaveLength(windows);
  expect(closed).toBe(1);
});

test('the decoder of who leaves is free for the next at once', async () => {
  const opus = createOpus();
  const decoders = createCodecPool({ opus, limit: 1, count: () => undefined });
  onTestFinished(() => {
    decoders.close();
    opus.close();
  });
  const listener = open({ decoders });
  await listener.hear(utterance());
  listener.hearing.forget('ada');
  await listener.hear(utterance(listener.clock.now()), 'bob');
  expect(listener.frames.filter(({ speakerId, origin }) => speakerId === 'bob' && origin === 'heard')).toHaveLength(25);
});

test('who is silent for half a minute begins anew', async () => {
  const listener = open();
  await listener.hear(utterance());
  await listener.wait(31_000);
  const again = transmit(speak([{ packets }]), {}, listener.clock.now());
  await listener.hear(again);
  expect(listener.frames).toHaveLength(50);
  expect(listener.frames[25]?.startsAt).toBe(again[0]?.arrivedAt);
  expect(listener.counts.size).toBe(0);
});

test('after closing, nothing that arrives is heard', async () => {
  const listener = open();
  const sent = utterance();
  await listener.hear(sent.slice(0, 5));
  listener.hearing.close();
  listener.hearing.close();
  await listener.hear(sent.slice(5).map((it) => ({ ...it, arrivedAt: it.arrivedAt + 1_000 })));
  expect(listener.frames).toHaveLength(5);
  expect(listener.packets).toHaveLength(5);
});
