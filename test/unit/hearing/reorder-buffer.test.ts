import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createReorderBuffer,
  HOLD_MS,
  type Released,
  type ReorderBuffer,
} from '../../../src/hearing/reorder-buffer.ts';
import type { SpeakerPacket } from '../../../src/types/audio-units.ts';

function packet(sequence: number, arrivedAt = 0, ssrc = 1): SpeakerPacket {
  return { ssrc, sequence: sequence & 0xffff, timestamp: sequence * 960, payload: Uint8Array.of(0xf8), arrivedAt };
}

function openBuffer(): { buffer: ReorderBuffer; counts: Map<string, number> } {
  const counts = new Map<string, number>();
  const buffer = createReorderBuffer((name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by));
  return { buffer, counts };
}

/** `sequence`, with `+n` for n lost before it. */
const picture = (released: readonly Released[]): string[] =>
  released.map(({ packet: { sequence }, lostBefore }) =>
    lostBefore > 0 ? `${sequence}+${lostBefore}` : `${sequence}`,
  );

test('a stream in order passes at once', () => {
  const { buffer } = openBuffer();
  for (let n = 65_530; n < 65_545; n++) expect(picture(buffer.push(packet(n)))).toEqual([`${n & 0xffff}`]);
});

test('two packets that changed places come out in order', () => {
  const { buffer } = openBuffer();
  buffer.push(packet(10));
  expect(buffer.push(packet(12, 20))).toEqual([]);
  expect(picture(buffer.push(packet(11, 21)))).toEqual(['11', '12']);
});

test('a lost packet is waited for just so long, then the rest is heard with the loss told', () => {
  const { buffer, counts } = openBuffer();
  buffer.push(packet(10));
  for (const n of [12, 13, 15]) buffer.push(packet(n, n));
  expect(buffer.tick(12 + HOLD_MS - 1)).toEqual([]);
  expect(picture(buffer.tick(12 + HOLD_MS))).toEqual(['12+1', '13']);
  expect(picture(buffer.tick(15 + HOLD_MS))).toEqual(['15+1']);
  expect(buffer.tick(10_000)).toEqual([]);
  expect(picture(buffer.push(packet(16)))).toEqual(['16']);
  expect(counts.get('hearing_lost_packets_total')).toBe(2);
});

test('what comes after it was given up, or twice, is counted and not heard again', () => {
  const { buffer, counts } = openBuffer();
  buffer.push(packet(10));
  buffer.push(packet(12, 0));
  expect(buffer.push(packet(12, 1))).toEqual([]);
  buffer.tick(HOLD_MS);
  expect(buffer.push(packet(11, 90))).toEqual([]);
  expect(buffer.push(packet(12, 91))).toEqual([]);
  expect(Object.fromEntries(counts)).toEqual({
    hearing_duplicate_packets_total: 1,
    hearing_lost_packets_total: 1,
    hearing_late_packets_total: 2,
  });
});

test('a single packet from far away is no new stream, two in a row are', () => {
  const { buffer, counts } = openBuffer();
  buffer.push(packet(10));
  expect(buffer.push(packet(30_000))).toEqual([]);
  expect(picture(buffer.push(packet(11)))).toEqual(['11']);
  expect(buffer.push(packet(30_001))).toEqual([]);
  expect(picture(buffer.push(packet(30_002)))).toEqual(['30001', '30002']);
  expect(counts.get('hearing_stream_restarts_total')).toBe(1);
});

test('after an outage of more than a second the stream goes on with the second packet', () => {
  const { buffer } = openBuffer();
  buffer.push(packet(10));
  expect(buffer.push(packet(100, 1_800))).toEqual([]);
  expect(picture(buffer.push(packet(101, 1_820)))).toEqual(['100', '101']);
});

test('a new source is heard at once, after what was held of the old one', () => {
  const { buffer } = openBuffer();
  buffer.push(packet(10));
  buffer.push(packet(12));
  expect(picture(buffer.push(packet(5_000, 0, 2)))).toEqual(['12+1', '5000']);
  expect(picture(buffer.push(packet(5_001, 0, 2)))).toEqual(['5001']);
});

test('whatever the network does within the wait, all that arrived is heard once, in order, and every loss is told', () => {
  const fate = fc.record({ lost: fc.boolean(), delayMs: fc.nat({ max: 60 }), twice: fc.boolean() });
  fc.assert(
    fc.property(fc.array(fate, { minLength: 1, maxLength: 80 }), fc.nat({ max: 0xffff }), (fates, first) => {
      const { buffer } = openBuffer();
      const arriving = fates.flatMap(({ lost, delayMs, twice }, n) => {
        // The first one arrives, and in time: what came before it would not be of this stream.
        const delay = n === 0 ? 0 : delayMs;
        const it = packet(first + n, n * 20 + delay);
        return lost && n > 0 ? [] : twice ? [it, { ...it, arrivedAt: it.arrivedAt + 7 }] : [it];
      });
      arriving.sort((a, b) => a.arrivedAt - b.arrivedAt);
      const released: Released[] = [];
      for (let now = 0, next = 0; now < fates.length * 20 + 500; now++) {
        for (; arriving[next]?.arrivedAt === now; next++) released.push(...buffer.push(arriving[next] ?? packet(0)));
        if (now % 20 === 0) released.push(...buffer.tick(now));
      }
      // Numbered from the first: each comes after so many lost ones and is none of them.
      let expected = 0;
      for (const {
        packet: { sequence },
        lostBefore,
      } of released) {
        expected += lostBefore;
        expect(sequence).toBe((first + expected) & 0xffff);
        expected++;
      }
      expect(released).toHaveLength(fates.filter(({ lost }, n) => !lost || n === 0).length);
    }),
    { numRuns: 200 },
  );
});

test('whatever numbers a client sends, no packet is heard twice and not much is held', () => {
  const step = fc.record({
    sequence: fc.oneof(fc.nat({ max: 0xffff }), fc.nat({ max: 80 }), fc.integer({ min: 0xffb0, max: 0xffff })),
    ssrc: fc.integer({ min: 1, max: 2 }),
    passedMs: fc.nat({ max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const { buffer } = openBuffer();
      const heard = new Set<SpeakerPacket>();
      let now = 0;
      for (const { sequence, ssrc, passedMs } of steps) {
        now += passedMs;
        const released = [...buffer.push(packet(sequence, now, ssrc)), ...buffer.tick(now)];
        for (const { packet: it, lostBefore } of released) {
          expect(heard.has(it)).toBe(false);
          heard.add(it);
          expect(lostBefore).toBeGreaterThanOrEqual(0);
          expect(lostBefore).toBeLessThanOrEqual(50);
        }
      }
      expect(buffer.tick(now + HOLD_MS).length).toBeLessThanOrEqual(51);
      expect(buffer.tick(now + 10_000)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
