import fc from 'fast-check';
import { createEncoder } from 'libopus-wasm';
import { expect, test } from 'vitest';
import { isSilenceFrame, isStillEncrypted, packetSamples, SILENCE_FRAME } from '../../../src/audio/opus-packet.ts';
import { tone } from '../../kit/signals.ts';

/** RFC 6716 §3.1, table 2: the duration of one frame, ms, for each of the 32 configurations. */
const TABLE = [
  ...[10, 20, 40, 60, 10, 20, 40, 60, 10, 20, 40, 60],
  ...[10, 20, 10, 20],
  ...[2.5, 5, 10, 20, 2.5, 5, 10, 20, 2.5, 5, 10, 20, 2.5, 5, 10, 20],
];

test('the length of every configuration is that of the standard, for one frame and for two', () => {
  for (const [configuration, ms] of TABLE.entries()) {
    for (const channels of [0, 0b100]) {
      const toc = (configuration << 3) | channels;
      expect(packetSamples(Uint8Array.of(toc, 1, 2)), `configuration ${configuration}`).toBe(ms * 48);
      for (const code of [1, 2]) expect(packetSamples(Uint8Array.of(toc | code, 1, 2))).toBe(ms * 2 * 48);
    }
  }
});

test('a packet that counts its frames is as long as they are, up to 120 ms; longer, or none, is no Opus', () => {
  for (const [configuration, ms] of TABLE.entries()) {
    for (let frames = 0; frames < 64; frames++) {
      const expected = frames > 0 && frames * ms <= 120 ? frames * ms * 48 : null;
      for (const flags of [0, 0xc0]) {
        const packet = Uint8Array.of((configuration << 3) | 3, frames | flags, 0);
        expect(packetSamples(packet), `${frames} frames of configuration ${configuration}`).toBe(expected);
      }
    }
  }
});

test('nothing, and a count that is cut off, is no Opus', () => {
  expect(packetSamples(new Uint8Array())).toBeNull();
  expect(packetSamples(Uint8Array.of(0xff))).toBeNull();
});

test.each([2.5, 5, 10, 20, 40, 60])('what an encoder makes of %d ms is seen to be so long', async (ms) => {
  const encoder = await createEncoder({ channels: 1, sampleRate: 48_000, frameSize: ms * 48 });
  for (const bitrate of [12_000, 64_000, 128_000]) {
    encoder.setBitrate(bitrate);
    expect(packetSamples(encoder.encode(tone(440, { ms, rate: 48_000 })))).toBe(ms * 48);
  }
  encoder.free();
});

test('whatever bytes come, the answer is a length that can be or none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const samples = packetSamples(bytes);
      if (samples === null) return;
      expect(samples).toBeGreaterThanOrEqual(120);
      expect(samples).toBeLessThanOrEqual(5_760);
      expect(samples % 120).toBe(0);
    }),
  );
});

test("Discord's silence frame is 20 ms long and only it is one", () => {
  expect(isSilenceFrame(Uint8Array.from(SILENCE_FRAME))).toBe(true);
  expect(packetSamples(Uint8Array.from(SILENCE_FRAME))).toBe(960);
  for (const other of [[], [0xf8, 0xff], [0xf8, 0xff, 0xfe, 0], [0xf8, 0xff, 0xff]]) {
    expect(isSilenceFrame(Uint8Array.from(other))).toBe(false);
  }
});

test('what ends in the marker of the end-to-end encryption is still encrypted', () => {
  expect(isStillEncrypted(Uint8Array.of(1, 2, 3, 0xfa, 0xfa))).toBe(true);
  for (const plain of [[], [0xfa], [0xfa, 0xfa], [0xfa, 0xfa, 1, 2], [1, 2, 3, 0xfa]]) {
    expect(isStillEncrypted(Uint8Array.from(plain))).toBe(false);
  }
});
