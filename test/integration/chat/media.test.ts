import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { createMedia, type MediaOptions } from '../../../src/chat/media/media.ts';
import { startMediaThread } from '../../../src/chat/media/media-thread.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { rms, tone, toneSnr } from '../../kit/signals.ts';
import { voiceMessage } from '../../unit/chat/media/voice-message.ts';

/** The real thread, with a clock that stands still. */
function setUp(options: Partial<MediaOptions> = {}) {
  const clock = createFakeClock();
  const log = createRecordingLog();
  const threads = { started: 0, ended: [] as unknown[] };
  const startThread: MediaOptions['startThread'] = (listener) => {
    threads.started++;
    const exited = (error: unknown): void => {
      threads.ended.push(error);
      listener.exited(error);
    };
    return startMediaThread({ ...listener, exited });
  };
  const media = createMedia({ clock, log, count: () => undefined, startThread, ...options });
  onTestFinished(() => media.close());
  return { clock, log, threads, media };
}

const speech = tone(440, { ms: 900, rate: 48_000 });

test('a voice message is heard, an answer becomes one, an image is prepared, all in one thread', async () => {
  const { media, threads } = setUp();
  const file = await voiceMessage(speech);
  const png = await sharp({ create: { width: 1_000, height: 500, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const [heard, answer, image] = await Promise.all([
    media.decodeVoice(file),
    media.encodeVoice(tone(440, { ms: 700, rate: 24_000 })),
    media.prepareImage({ bytes: png, resolution: 'medium', declaredType: 'image/png' }),
  ]);
  expect(heard).toMatchObject({ ok: true, durationMs: 900, cutOff: false });
  expect(heard.ok && toneSnr(heard.pcm.subarray(1_600, -1_600), 440, 16_000)).toBeGreaterThan(25);
  expect(image).toMatchObject({ ok: true, width: 768, height: 384 });
  expect(image.ok && (await sharp(image.jpeg).metadata()).format).toBe('jpeg');
  expect(answer).toMatchObject({ ok: true, durationSecs: 0.7 });
  const again = answer.ok ? await media.decodeVoice(answer.file) : null;
  expect(again?.ok && [again.durationMs, rms(again.pcm) > 8_000]).toEqual([700, true]);
  expect(threads.started).toBe(1);
});

test('what is handed in stays whole, and nothing of the memory around it goes along', async () => {
  const { media } = setUp();
  const file = await voiceMessage(speech);
  const around = Buffer.concat([Buffer.from('secret'), file, Buffer.from('secret')]);
  const part = around.subarray(6, 6 + file.length);
  const heard = await media.decodeVoice(part);
  expect(heard.ok && heard.pcm.buffer.byteLength).toBe(900 * 16 * 2);
  expect(part.equals(file)).toBe(true);
});

test('hostile files get their reason, and the thread is as good as before', async () => {
  const { media, threads } = setUp();
  const bomb = await sharp({ create: { width: 8_000, height: 5_000, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const image = (bytes: Uint8Array) => media.prepareImage({ bytes, resolution: 'high', declaredType: 'image/png' });
  expect(await image(bomb)).toEqual({ ok: false, reason: 'tooManyPixels' });
  expect(await image(Buffer.from('<html>'))).toEqual({ ok: false, reason: 'falseType' });
  expect(await media.decodeVoice(Buffer.from('<html>'))).toEqual({ ok: false, reason: 'notOgg' });
  const file = await voiceMessage(speech, { file: { segmentsPerPage: 5 } });
  expect(await media.decodeVoice(file.subarray(0, file.length >> 1))).toMatchObject({ ok: true, cutOff: true });
  expect(await media.decodeVoice(file)).toMatchObject({ ok: true, cutOff: false });
  expect(threads).toEqual({ started: 1, ended: [] });
});

test('a task that goes on for too long is cut short, though its thread is busy, and the next is done by another', async () => {
  const { media, clock, threads } = setUp();
  await media.encodeVoice(tone(440, { ms: 100, rate: 24_000 }));
  const long = media.encodeVoice(new Int16Array(600 * 24_000).fill(1_000));
  const next = media.encodeVoice(tone(440, { ms: 100, rate: 24_000 }));
  clock.advance(20_000);
  expect(await long).toEqual({ ok: false, reason: 'timedOut' });
  expect(await next).toMatchObject({ ok: true, durationSecs: 0.1 });
  expect(threads.started).toBe(2);
  await expect.poll(() => threads.ended.length).toBe(1);
});

test('a codec that breaks takes its thread along and nothing else', async () => {
  const { media, log, threads } = setUp();
  // Stands for a defect of a decoder: it cannot be made a string of, at which the task throws in the middle.
  const poison = { toString: 1, valueOf: 1 } as never;
  const failing = media.prepareImage({ bytes: Buffer.from('<html>'), resolution: 'low', declaredType: poison });
  const following = media.encodeVoice(tone(440, { ms: 100, rate: 24_000 }));
  expect(await failing).toEqual({ ok: false, reason: 'crashed' });
  expect(await following).toMatchObject({ ok: true, durationSecs: 0.1 });
  expect(log.messages('warn')).toEqual(['the media thread died']);
  expect(threads).toMatchObject({ started: 2, ended: [expect.any(TypeError)] });
});

test('a minute after its last task the thread is gone, and the next task brings it back', async () => {
  const { media, clock, threads } = setUp();
  const png = await sharp({ create: { width: 10, height: 10, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  for (const round of [1, 2, 3]) {
    const image = await media.prepareImage({ bytes: png, resolution: 'low', declaredType: null });
    expect(image).toMatchObject({ ok: true });
    clock.advance(60_000);
    await expect.poll(() => threads.ended.length).toBe(round);
    expect(threads.started).toBe(round);
  }
});
