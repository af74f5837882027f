import { expect, test } from 'vitest';
import { decodeVoice } from '../../../../src/chat/media/decode-voice.ts';
import { type EncodedVoice, encodeVoice } from '../../../../src/chat/media/encode-voice.ts';
import { rms, tone, toneSnr } from '../../../kit/signals.ts';
import { chirp, lagOf } from './chirp.ts';

const RATE = 24_000;

async function encoded(pcm: Int16Array): Promise<EncodedVoice> {
  const result = await encodeVoice(pcm);
  if (!result.ok) throw new Error(result.reason);
  return result;
}

test.each([1_000, 1_013, 20, 1])('an answer of %d ms is a voice message of that length, to the sample', async (ms) => {
  const { file, durationSecs } = await encoded(tone(440, { ms, rate: RATE }));
  expect(durationSecs).toBe(ms / 1_000);
  expect(await decodeVoice(file)).toMatchObject({ ok: true, durationMs: ms, cutOff: false, lost: 0 });
});

test('what was said is heard, from its first sample to its last', async () => {
  const said = tone(440, { ms: 1_510, rate: RATE });
  const result = await decodeVoice((await encoded(said)).file);
  const pcm = result.ok ? result.pcm : new Int16Array();
  expect(toneSnr(pcm.subarray(800, -800), 440, 16_000)).toBeGreaterThan(20);
  expect(rms(pcm.subarray(0, 320)) / rms(said)).toBeGreaterThan(0.7);
  expect(rms(pcm.subarray(-320)) / rms(said)).toBeGreaterThan(0.7);
});

test('nothing of it comes late', async () => {
  const result = await decodeVoice((await encoded(chirp(RATE))).file);
  expect(Math.abs(lagOf(result.ok ? result.pcm : new Int16Array(), chirp(16_000)))).toBeLessThanOrEqual(1);
});

test('a minute fits many times into what Discord lets anybody upload', async () => {
  const { file } = await encoded(tone(440, { ms: 60_000, rate: RATE }));
  expect(file.length).toBeLessThan(500_000);
});

test('nothing, and more than ten minutes, is no voice message', async () => {
  expect(await encodeVoice(new Int16Array())).toEqual({ ok: false, reason: 'empty' });
  expect(await encodeVoice(new Int16Array(600 * RATE + 1))).toEqual({ ok: false, reason: 'tooLong' });
});
