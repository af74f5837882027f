import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DecodedVoice, decodeVoice } from '../../../../src/chat/media/decode-voice.ts';
import { rms, tone, toneSnr } from '../../../kit/signals.ts';
import { chirp, lagOf } from './chirp.ts';
import { head, oggFile, oggPages, packetOf } from './ogg-bytes.ts';
import { encodePackets, voiceMessage } from './voice-message.ts';

const speech = tone(440, { ms: 1_230, rate: 48_000 });

async function decoded(file: Uint8Array): Promise<DecodedVoice> {
  const result = await decodeVoice(file);
  if (!result.ok) throw new Error(result.reason);
  return result;
}

const stereo = (left: Int16Array, right: Int16Array): Int16Array =>
  Int16Array.from({ length: left.length * 2 }, (_, i) => (i % 2 === 0 ? left : right)[i >> 1] ?? 0);

test('a voice message comes out at 16 kHz, as long as it was and with what was said', async () => {
  const { pcm, durationMs, cutOff, lost } = await decoded(await voiceMessage(speech));
  expect({ length: pcm.length, durationMs, cutOff, lost }).toEqual({
    length: 1_230 * 16,
    durationMs: 1_230,
    cutOff: false,
    lost: 0,
  });
  expect(toneSnr(pcm.subarray(1_600, -1_600), 440, 16_000)).toBeGreaterThan(25);
});

test.each([16_000, 64_000, 128_000])(
  'at %d bits a second nothing comes late: the delay of the codec is taken out',
  async (bitrate) => {
    const { pcm } = await decoded(await voiceMessage(chirp(48_000), { encoder: { bitrate } }));
    expect(Math.abs(lagOf(pcm, chirp(16_000)))).toBeLessThanOrEqual(1);
  },
);

test('two channels become one, and packets of 60 ms are as good as those of 20', async () => {
  const file = await voiceMessage(stereo(speech, new Int16Array(speech.length)), { channels: 2, frameMs: 60 });
  const { pcm } = await decoded(file);
  expect(pcm.length).toBe(1_230 * 16);
  expect(toneSnr(pcm.subarray(1_600, -1_600), 440, 16_000)).toBeGreaterThan(20);
  expect(rms(pcm) / rms(speech)).toBeCloseTo(0.5, 1);
});

test('what lies far above what 16 kHz can hold does not fold back into the speech', async () => {
  const pcm = (await decoded(await voiceMessage(tone(11_000, { ms: 1_000, rate: 48_000 })))).pcm;
  expect(20 * Math.log10(rms(pcm.subarray(1_600, -1_600)) / rms(speech))).toBeLessThan(-50);
});

test('the gain that the file asks for is applied', async () => {
  const quiet = await decoded(await voiceMessage(speech, { gain: -6 * 256 }));
  const plain = await decoded(await voiceMessage(speech));
  expect(20 * Math.log10(rms(quiet.pcm) / rms(plain.pcm))).toBeCloseTo(-6, 0);
});

test('of a file that was cut off, what is there is heard, and that it was cut off is told', async () => {
  const file = await voiceMessage(speech, { file: { segmentsPerPage: 10 } });
  const { pcm, cutOff } = await decoded(file.subarray(0, Math.round(file.length * 0.6)));
  expect(cutOff).toBe(true);
  expect(pcm.length).toBeGreaterThan(400 * 16);
  expect(pcm.length).toBeLessThan(1_000 * 16);
});

test('a packet that libopus refuses is bridged, so that the rest stays in time', async () => {
  const { packets, preSkip } = await encodePackets(speech);
  // Two frames of the same size (code 1) cannot have an odd number of bytes; two of 10 ms are as long as the one of 20.
  packets[30] = Uint8Array.of((30 << 3) | 1, 1, 2, 3);
  const { pcm, lost } = await decoded(oggFile(packets, { head: head({ preSkip }), surplus: 0 }));
  expect(lost).toBe(1);
  expect(pcm.length).toBe(packets.length * 320 - preSkip / 3);
  expect(toneSnr(pcm.subarray(1_600, 9_000), 440, 16_000)).toBeGreaterThan(25);
  expect(toneSnr(pcm.subarray(11_200, 18_000), 440, 16_000)).toBeGreaterThan(20);
});

test('what is no voice message is refused with the reason', async () => {
  const [bos = Buffer.alloc(0)] = oggPages([]);
  const bad = Uint8Array.of((30 << 3) | 1, 1, 2, 3);
  const reasonOf = async (file: Uint8Array) => {
    const result = await decodeVoice(file);
    return result.ok ? null : result.reason;
  };
  expect(await reasonOf(Buffer.from('\xff\xfb\x90\x64 an mp3', 'latin1'))).toBe('notOgg');
  expect(await reasonOf(bos)).toBe('empty');
  expect(await reasonOf(oggFile([bad, bad]))).toBe('damaged');
  expect(await reasonOf(Buffer.alloc(8_000_001, 'OggS'))).toBe('tooLarge');
});

test('ten minutes are heard, and a frame more is refused without decoding any', async () => {
  // One byte is a packet in which the encoder had nothing to send.
  const nothing = Array.from({ length: 30_000 }, () => Uint8Array.of(8));
  const { durationMs } = await decoded(oggFile(nothing, { head: head({ preSkip: 0 }) }));
  expect(durationMs).toBe(600_000);
  expect(await decodeVoice(oggFile([...nothing, Uint8Array.of(8)], { head: head({ preSkip: 0 }) }))).toEqual({
    ok: false,
    reason: 'tooLong',
  });
});

test('packets of anything at all are decoded to something, or refused, and never break the decoder', async () => {
  const anyPacket = fc.uint8Array({ minLength: 1, maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(fc.array(anyPacket, { minLength: 1, maxLength: 30 }), async (packets) => {
      const result = await decodeVoice(oggFile(packets));
      if (result.ok) expect(result.pcm.length).toBe((result.durationMs * 16_000) / 1000);
    }),
    { numRuns: 200 },
  );
  const after = await decoded(await voiceMessage(speech));
  expect(toneSnr(after.pcm.subarray(1_600, -1_600), 440, 16_000)).toBeGreaterThan(25);
});

test('packets that begin as Opus and go on as nonsense are as harmless', async () => {
  const packets = Array.from({ length: 200 }, (_, i) => packetOf(20 + i, i));
  expect(await decodeVoice(oggFile(packets))).toMatchObject({ ok: true, pcm: { length: 200 * 320 - 104 } });
});
