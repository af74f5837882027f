import fc from 'fast-check';
import { createDecoder } from 'libopus-wasm';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createOpus, type Opus, type OpusDecoder } from '../../../src/audio/opus-codec.ts';
import { joined, tone, toneSnr } from '../../kit/signals.ts';
import { pitchOf, tonePackets } from './opus-signals.ts';

const SPEAKERS = 50;
const PACKETS = 8;
const speech: Uint8Array[][] = [];

beforeAll(async () => {
  for (let n = 0; n < SPEAKERS; n++) speech.push(await tonePackets(pitchOf(n), { count: PACKETS }));
});

function openOpus(): Opus {
  const opus = createOpus();
  onTestFinished(() => opus.close());
  return opus;
}

function decoded(decoder: OpusDecoder, packet: Uint8Array | undefined): Int16Array {
  const result = decoder.decode(packet ?? new Uint8Array());
  if (!result.ok) throw new Error(`not decoded: ${result.reason}`);
  return result.pcm;
}

/** What a speaker sounds like with a heap of their own. */
function alone(packets: readonly Uint8Array[], channels: 1 | 2 = 1): Int16Array[] {
  const opus = createOpus();
  const decoder = opus.createDecoder({ rate: 48_000, channels });
  const frames = packets.map((packet) => decoded(decoder, packet));
  opus.close();
  return frames;
}

/** The frames of an answer, 24 kHz mono. */
const answer = Array.from({ length: PACKETS }, (_, n) =>
  tone(300, { ms: PACKETS * 20, rate: 24_000 }).slice(n * 480, (n + 1) * 480),
);

test('50 speakers and an answer in one heap, turn by turn, sound as each does alone', () => {
  const opus = openOpus();
  const encoder = opus.createEncoder({ rate: 24_000, channels: 1 });
  const decoders = speech.map((_, n) => opus.createDecoder({ rate: 48_000, channels: n % 2 === 0 ? 1 : 2 }));
  const heard: Int16Array[][] = speech.map(() => []);
  const sent: Uint8Array[] = [];
  for (let turn = 0; turn < PACKETS; turn++) {
    for (const [n, decoder] of decoders.entries()) heard[n]?.push(decoded(decoder, speech[n]?.[turn]));
    sent.push(encoder.encode(answer[turn] ?? new Int16Array(480)));
  }
  for (const [n, packets] of speech.entries()) expect(heard[n]).toEqual(alone(packets, n % 2 === 0 ? 1 : 2));
  const lone = openOpus().createEncoder({ rate: 24_000, channels: 1 });
  expect(sent).toEqual(answer.map((frame) => lone.encode(frame)));
});

test('what is heard is what the other libopus hears', async () => {
  const reference = await createDecoder({ sampleRate: 48_000, channels: 1 });
  const packets = speech[7] ?? [];
  const other = joined(packets.map((packet) => reference.decode(packet)));
  reference.free();
  const own = joined(alone(packets));
  expect(own).toHaveLength(other.length);
  expect(Math.max(...own.map((sample, i) => Math.abs(sample - (other[i] ?? 0))))).toBeLessThanOrEqual(2);
});

test('the heap may grow under open codecs: 400 of them, the first still right', () => {
  const opus = openOpus();
  const first = opus.createDecoder({ rate: 48_000, channels: 1 });
  const packets = speech[3] ?? [];
  const heard = [decoded(first, packets[0])];
  const others = Array.from({ length: 400 }, () => opus.createDecoder({ rate: 48_000, channels: 2 }));
  for (const packet of packets.slice(1)) {
    decoded(others[heard.length] ?? first, speech[4]?.[0]);
    heard.push(decoded(first, packet));
  }
  expect(heard).toEqual(alone(packets));
  expect(opus.size).toBe(401);
  for (const decoder of others) decoder.close();
  expect(opus.size).toBe(1);
});

test.each([40, 60] as const)('a packet of %i ms is refused and harms nobody', async (frameMs) => {
  const opus = openOpus();
  const long = await tonePackets(500, { count: 5, frameMs });
  const [mine, hostile] = [0, 1].map(() => opus.createDecoder({ rate: 48_000, channels: 1 }));
  if (!mine || !hostile) throw new Error('no decoder');
  const packets = speech[5] ?? [];
  const heard = packets.map((packet, n) => {
    expect(hostile.decode(long[n % long.length] ?? packet)).toEqual({ ok: false, reason: 'tooLong' });
    return decoded(mine, packet);
  });
  expect(heard).toEqual(alone(packets));
  // In the package as it is, this is where a heap that was overrun shows.
  hostile.close();
  mine.close();
  expect(decoded(opus.createDecoder({ rate: 48_000, channels: 1 }), packets[0])).toEqual(heard[0]);
});

test('whatever bytes come as packets, nothing crashes and the next speaker is not harmed', () => {
  const opus = openOpus();
  const hostile = opus.createDecoder({ rate: 48_000, channels: 1 });
  const other = opus.createDecoder({ rate: 48_000, channels: 1 });
  const packets = speech[9] ?? [];
  const expected = alone(packets);
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ minLength: 61, maxLength: 1_450 }));
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 20 }), (garbage) => {
      other.reset();
      for (const [n, packet] of packets.entries()) {
        const result = hostile.decode(garbage[n] ?? new Uint8Array());
        if (result.ok) expect(result.pcm.length).toBeLessThanOrEqual(960);
        else expect(['tooLong', 'invalid', 'malformed']).toContain(result.reason);
        expect(decoded(other, packet)).toEqual(expected[n]);
      }
    }),
    { numRuns: 60 },
  );
});

test('packets that are too large for any datagram are no Opus', () => {
  const decoder = openOpus().createDecoder({ rate: 48_000, channels: 1 });
  const huge = new Uint8Array(100_000).fill(0x78);
  expect(decoder.decode(huge)).toEqual({ ok: false, reason: 'malformed' });
  expect(decoder.decode(new Uint8Array())).toEqual({ ok: false, reason: 'malformed' });
});

test('a valid packet cut off or with flipped bytes never crashes', () => {
  const decoder = openOpus().createDecoder({ rate: 48_000, channels: 1 });
  const packet = speech[1]?.[4] ?? new Uint8Array();
  for (let length = 0; length < packet.length; length++) decoder.decode(packet.subarray(0, length));
  for (let at = 0; at < packet.length; at++) {
    const flipped = packet.slice();
    flipped[at] = (flipped[at] ?? 0) ^ 0xff;
    const result = decoder.decode(flipped);
    if (result.ok) expect(result.pcm.length).toBeLessThanOrEqual(960);
  }
});

test('a decoder that was reset hears as a new one', () => {
  const decoder = openOpus().createDecoder({ rate: 48_000, channels: 1 });
  for (const packet of speech[20] ?? []) decoded(decoder, packet);
  decoder.reset();
  expect((speech[2] ?? []).map((packet) => decoded(decoder, packet))).toEqual(alone(speech[2] ?? []));
});

test.each([
  [24_000, 1, 480],
  [48_000, 2, 1_920],
  [16_000, 1, 160],
] as const)('a tone encoded at %i Hz with %i channels comes back as that tone', (rate, channels, length) => {
  const opus = openOpus();
  const encoder = opus.createEncoder({ rate, channels, application: 'audio', complexity: 10, bitrate: 96_000 });
  const decoder = opus.createDecoder({ rate, channels });
  const mono = tone(440, { ms: 400, rate, amplitude: 10_000 });
  const pcm = Int16Array.from({ length: mono.length * channels }, (_, i) => mono[Math.floor(i / channels)] ?? 0);
  const heard: Int16Array[] = [];
  for (let from = 0; from < pcm.length; from += length) {
    heard.push(decoded(decoder, encoder.encode(pcm.subarray(from, from + length))));
  }
  const left = joined(heard).filter((_, i) => i % channels === 0);
  expect(left).toHaveLength(mono.length);
  expect(toneSnr(left.subarray(rate / 10), 440, rate)).toBeGreaterThan(25);
});

test('more bits make larger packets', () => {
  const opus = openOpus();
  const bytes = [16_000, 64_000, 128_000].map((bitrate) => {
    const encoder = opus.createEncoder({ rate: 24_000, channels: 1, bitrate });
    return answer.reduce((sum, frame) => sum + encoder.encode(frame).length, 0);
  });
  expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
  expect(bytes[2]).toBeGreaterThan(2 * (bytes[0] ?? 0));
});

test('a frame of any other length than Opus knows is refused before it reaches the codec', () => {
  const encoder = openOpus().createEncoder({ rate: 24_000, channels: 1 });
  for (const length of [0, 1, 479, 481, 960, 1_440, 2_880]) {
    expect(() => encoder.encode(new Int16Array(length)), `${length} samples`).toThrow(RangeError);
  }
  for (const length of [60, 120, 240, 480]) expect(encoder.encode(new Int16Array(length)).length).toBeGreaterThan(0);
});

test('what is closed answers so and does no harm; closing twice is once', () => {
  const opus = openOpus();
  const decoder = opus.createDecoder({ rate: 48_000, channels: 1 });
  const encoder = opus.createEncoder({ rate: 24_000, channels: 1 });
  const left = opus.createDecoder({ rate: 48_000, channels: 1 });
  decoder.close();
  decoder.close();
  encoder.close();
  expect(opus.size).toBe(1);
  expect(decoder.decode(speech[0]?.[0] ?? new Uint8Array())).toEqual({ ok: false, reason: 'closed' });
  decoder.reset();
  expect(() => encoder.encode(new Int16Array(480))).toThrow('closed');
  opus.close();
  opus.close();
  expect(opus.size).toBe(0);
  expect(left.decode(speech[0]?.[0] ?? new Uint8Array())).toEqual({ ok: false, reason: 'closed' });
});
