import fc from 'fast-check';
import { loadLibopus } from 'libopus-wasm';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { type CodecPool, createCodecPool, type Decoded, type SpeakerDecoder } from '../../../src/audio/codec-pool.ts';
import { createOpus, type Opus } from '../../../src/audio/opus-codec.ts';
import { joined, toneSnr } from '../../kit/signals.ts';
import { pitchOf, tonePackets } from './opus-signals.ts';

const COUNT = 6;
const speech: Uint8Array[][] = [];
const long = new Map<number, Uint8Array[]>();

beforeAll(async () => {
  for (let n = 0; n < 10; n++) speech.push(await tonePackets(pitchOf(n), { count: COUNT }));
  for (const frameMs of [40, 60] as const) long.set(frameMs, await tonePackets(600, { count: 10, frameMs }));
});

interface Bench {
  readonly pool: CodecPool;
  readonly opus: Opus;
  readonly counts: Map<string, number>;
}

/** A pool whose decoder for long packets is ready. */
async function openPool(limit: number): Promise<Bench> {
  const opus = createOpus();
  const counts = new Map<string, number>();
  const pool = createCodecPool({
    opus,
    limit,
    count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
  });
  onTestFinished(() => {
    pool.close();
    opus.close();
  });
  await longDecoderReady();
  return { pool, opus, counts };
}

/** The decoder that is kept ready is made in the background, in a few turns of the event loop once libopus is loaded. */
async function longDecoderReady(): Promise<void> {
  await loadLibopus();
  await new Promise((resolve) => setImmediate(resolve));
}

function pcmOf(decoded: Decoded): Int16Array {
  if (!decoded.ok) throw new Error(`not decoded: ${decoded.reason}`);
  return decoded.pcm;
}

const packetOf = (speaker: number, n: number): Uint8Array => speech[speaker]?.[n] ?? new Uint8Array();

function hear(decoder: SpeakerDecoder, speaker: number, now = 0): Int16Array {
  return joined(Array.from({ length: COUNT }, (_, n) => pcmOf(decoder.decode(packetOf(speaker, n), now + n * 20))));
}

test('when more speak than there are decoders, those who began first are heard and the others are counted', async () => {
  const { pool, opus, counts } = await openPool(4);
  const speakers = speech.map(() => pool.open());
  for (let n = 0; n < COUNT; n++) {
    const heard = speakers.map((decoder, speaker) => decoder.decode(packetOf(speaker, n), n * 20));
    expect(heard.map(({ ok }) => ok)).toEqual([...Array(4).fill(true), ...Array(6).fill(false)]);
    expect(heard[9]).toEqual({ ok: false, reason: 'exhausted' });
  }
  expect(pool.size).toBe(4);
  expect(opus.size).toBe(4);
  expect(counts.get('audio_decoders_exhausted_total')).toBe(6 * COUNT);
});

test('who has been quiet for a second lends the decoder to the next, the longest quiet first, and nothing of them is heard', async () => {
  const { pool } = await openPool(2);
  const [ada, bob, eve] = [pool.open(), pool.open(), pool.open()];
  const fresh = hear(eve, 2);
  eve.close();
  hear(ada, 0, 0);
  hear(bob, 1, 500);
  expect(eve.decode(packetOf(2, 0), 1_050)).toEqual({ ok: false, reason: 'exhausted' });
  expect(hear(eve, 2, 1_200)).toEqual(fresh);
  expect(pool.size).toBe(2);
  expect(bob.decode(packetOf(1, 0), 1_300).ok).toBe(true);
  expect(ada.decode(packetOf(0, 0), 1_310)).toEqual({ ok: false, reason: 'exhausted' });
});

test('who spoke last keeps the decoder, not who spoke first', async () => {
  const { pool } = await openPool(2);
  const [ada, bob, eve] = [pool.open(), pool.open(), pool.open()];
  hear(ada, 0, 0);
  hear(bob, 1, 100);
  hear(ada, 0, 600);
  expect(hear(eve, 2, 1_300)).toHaveLength(COUNT * 960);
  expect(ada.decode(packetOf(0, 0), 1_410).ok).toBe(true);
  expect(bob.decode(packetOf(1, 0), 1_410)).toEqual({ ok: false, reason: 'exhausted' });
});

test('a decoder stays with its speaker across pauses while nobody else needs it', async () => {
  const { pool } = await openPool(2);
  const [ada, bob] = [pool.open(), pool.open()];
  const whole = hear(ada, 0);
  const first = pcmOf(bob.decode(packetOf(0, 0), 0));
  const rest = Array.from({ length: COUNT - 1 }, (_, n) => pcmOf(bob.decode(packetOf(0, n + 1), (n + 1) * 60_000)));
  expect(joined([first, ...rest])).toEqual(whole);
});

test('who leaves gives the decoder back, and the pool gives all back', async () => {
  const { pool, opus } = await openPool(1);
  const [ada, bob] = [pool.open(), pool.open()];
  hear(ada, 0);
  ada.close();
  ada.close();
  hear(bob, 1);
  expect(opus.size).toBe(1);
  pool.close();
  expect(opus.size).toBe(0);
  expect(pool.size).toBe(0);
  expect(bob.decode(packetOf(1, 0), 0)).toEqual({ ok: false, reason: 'exhausted' });
});

test.each([40, 60])('packets of %i ms are heard, and corrupt nothing', async (frameMs) => {
  const { pool, opus } = await openPool(4);
  const alone = hear(pool.open(), 3);
  const [ada, bob] = [pool.open(), pool.open()];
  const packets = long.get(frameMs) ?? [];
  const heard: Int16Array[] = [];
  const between: Int16Array[] = [];
  for (const [n, packet] of packets.entries()) {
    heard.push(pcmOf(bob.decode(packet, n * frameMs)));
    if (n < COUNT) between.push(pcmOf(ada.decode(packetOf(3, n), n * frameMs)));
  }
  const tone = joined(heard);
  expect(tone).toHaveLength(packets.length * frameMs * 48);
  expect(toneSnr(tone.subarray(4_800), 600, 48_000)).toBeGreaterThan(25);
  expect(joined(between)).toEqual(alone);
  bob.close();
  ada.close();
  expect(hear(pool.open(), 3)).toEqual(alone);
  pool.close();
  expect(opus.size).toBe(0);
});

test('a dozen speakers with long packets one after another are all heard: the one who spoke first makes room', async () => {
  const { pool } = await openPool(20);
  const [packet = new Uint8Array()] = long.get(60) ?? [];
  const speakers = Array.from({ length: 12 }, () => pool.open());
  for (const [n, decoder] of speakers.entries()) {
    expect(pcmOf(decoder.decode(packet, n)), `speaker ${n}`).toHaveLength(2_880);
    await longDecoderReady();
  }
  expect(pcmOf(speakers[0]?.decode(packet, 99) ?? { ok: false, reason: 'garbage' })).toHaveLength(2_880);
});

test('long packets that are no Opus are garbage, before and after the pool is closed', async () => {
  const { pool } = await openPool(2);
  const ada = pool.open();
  // A hybrid frame of 20 ms, three times, with a length that runs past the end.
  const bad = Uint8Array.of((12 << 3) | 3, 0x83, 255, 255, 255);
  expect(ada.decode(bad, 0)).toEqual({ ok: false, reason: 'garbage' });
  expect(ada.decode(bad, 20)).toEqual({ ok: false, reason: 'garbage' });
  expect(hear(ada, 0)).toHaveLength(COUNT * 960);
  pool.close();
  expect(ada.decode(bad, 40)).toEqual({ ok: false, reason: 'exhausted' });
});

test('whoever speaks when, with whatever packets, the pool stays within its bound and never throws', async () => {
  const { pool, opus } = await openPool(3);
  const speakers = speech.map(() => pool.open());
  const payload = fc.oneof(
    fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: COUNT - 1 })).map(([speaker, n]) => packetOf(speaker, n)),
    fc.tuple(fc.constantFrom(40, 60), fc.nat({ max: 9 })).map(([ms, n]) => long.get(ms)?.[n] ?? new Uint8Array()),
    fc.uint8Array({ maxLength: 200 }),
  );
  const step = fc.record({
    speaker: fc.nat({ max: 9 }),
    payload,
    passedMs: fc.nat({ max: 900 }),
    leaves: fc.boolean(),
  });
  let now = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      for (const { speaker, payload: packet, passedMs, leaves } of steps) {
        now += passedMs;
        speakers[speaker]?.decode(packet, now);
        if (leaves) speakers[speaker]?.close();
        expect(pool.size).toBeLessThanOrEqual(3);
        expect(opus.size).toBe(pool.size);
      }
    }),
    { numRuns: 60 },
  );
});
