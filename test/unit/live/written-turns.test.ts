import { expect, test } from 'vitest';
import { jpegOf } from '../../kit/jpeg.ts';
import { createLiveHarness, type LiveHarness } from './harness.ts';

const MODEL_3_1 = 'gemini-3.1-flash-live-preview';
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const [BOAT, HOUSE] = [jpegOf(40, 30), jpegOf(30, 40)];
const seconds = (count: number): Int16Array => new Int16Array(count * 16_000).fill(7);

/** Samples of sound that were sent on the newest connection. */
const samplesSent = (live: LiveHarness): number =>
  live
    .latest()
    .sent.map(({ realtimeInput }) => (realtimeInput as { audio?: { data: string } } | undefined)?.audio?.data ?? '')
    .reduce((sum, data) => sum + Buffer.from(data, 'base64').length / 2, 0);

test('a typed turn is one message: what was written before it, its images, its text', () => {
  const live = createLiveHarness();
  live.start();
  live.session.sendTurn({
    text: 'what is this?',
    notes: ['The room heard nothing.'],
    images: [BOAT, HOUSE],
    context: [
      { role: 'user', text: 'Ben: I took two' },
      { role: 'model', text: 'Show me' },
    ],
  });
  const inline = (jpeg: Uint8Array) => ({ inlineData: { data: base64(jpeg), mimeType: 'image/jpeg' } });
  expect(live.latest().expect('clientContent')).toEqual({
    turns: [
      { role: 'user', parts: [{ text: 'Ben: I took two' }] },
      { role: 'model', parts: [{ text: 'Show me' }] },
      {
        role: 'user',
        parts: [inline(BOAT), inline(HOUSE), { text: '[Note: The room heard nothing.] what is this?' }],
      },
    ],
    turnComplete: true,
  });
  live.session.sendTurn({ text: '', images: [BOAT] });
  expect(live.latest().expect('clientContent')).toMatchObject({ turns: [{ parts: [inline(BOAT)] }] });
  live.session.sendTurn({ text: ' ' });
  expect(live.latest().rest()).toEqual([]);
});

test('where a model takes text in windows alone, a typed turn is one with silence in it, and its images come one a second', () => {
  const live = createLiveHarness({ model: MODEL_3_1 });
  live.start();
  live.session.sendTurn({ text: 'two of them', images: [BOAT, HOUSE], context: [{ role: 'user', text: 'Ben: look' }] });
  live.session.sendText('and this');
  live.latest().expect('activityStart');
  expect(live.latest().expect('text')).toBe('[Note: This was written before:\nBen: look] two of them');
  expect(live.latest().rest()).toEqual(['video', 'audio']);
  live.clock.advance(999);
  expect(live.latest().rest()).toEqual([]);
  live.clock.advance(1);
  expect(live.latest().rest()).toEqual(['video', 'activityEnd', 'activityStart', 'text', 'audio', 'activityEnd']);
  expect(samplesSent(live)).toBe(2 * 3_200);
});

test('images of two turns are no closer to each other than those of one', () => {
  const live = createLiveHarness({ model: MODEL_3_1 });
  for (const images of [[BOAT], [HOUSE]]) live.session.sendTurn({ text: 'look', images });
  live.start();
  expect(
    live
      .latest()
      .rest()
      .filter((kind) => kind === 'video'),
  ).toHaveLength(1);
  live.clock.advance(1_000);
  expect(live.latest().rest()).toEqual(['video', 'activityEnd']);
});

test('an image is seen in the open window, also over another connection, and outside of one it is counted', () => {
  const live = createLiveHarness();
  live.start();
  live.session.showImage(BOAT);
  expect(live.counts.get('live_image_outside_window_total')).toBe(1);
  live.session.startWindow({ speakers: ['Anna'], notes: [] });
  live.session.showImage(HOUSE);
  live.session.sendAudio(new Int16Array(320));
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'video']);
  live.latest().ends();
  live.clock.advance(5_000);
  live.latest().becomesReady();
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'video']);
  live.session.endWindow();
  expect(live.latest().rest()).toEqual(['activityEnd']);
});

test('an image of a window that never had a sound is seen with the next', () => {
  const live = createLiveHarness();
  live.start();
  live.session.startWindow({ speakers: [], notes: [] });
  live.session.showImage(BOAT);
  live.session.endWindow();
  live.speak();
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'video', 'audio', 'activityEnd']);
});

test('a recording is one window, sent no faster than the line takes it', () => {
  const live = createLiveHarness();
  live.start();
  live.latest().holds(256 * 1024);
  live.session.sendTurn({ text: 'Anna has sent a voice message.', recording: seconds(20) });
  live.session.startWindow({ speakers: ['Ben'], notes: [] });
  live.session.sendAudio(new Int16Array(320));
  expect(live.latest().rest()).toEqual(['activityStart', 'text']);
  live.latest().holds(253 * 1024);
  live.session.sendAudio(new Int16Array(320));
  const first = samplesSent(live);
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(20_000);
  expect(live.latest().rest()).toEqual(['audio']);
  live.latest().holds(0);
  expect(samplesSent(live)).toBe(20 * 16_000 + 640);
  expect(live.latest().rest()).toEqual(['audio', 'activityEnd', 'activityStart', 'text', 'audio']);
});

test('a recording of ten minutes is kept whole until it is answered, and sent again whole', () => {
  const live = createLiveHarness();
  live.start();
  live.session.sendTurn({ text: '', recording: seconds(600) });
  expect(samplesSent(live)).toBe(600 * 16_000);
  live.latest().ends();
  live.clock.advance(5_000);
  live.latest().becomesReady();
  expect(samplesSent(live)).toBe(600 * 16_000);
  expect(live.latest().rest()).toEqual(['activityStart', 'audio', 'activityEnd']);
  live.answers();
  live.finishes();
  live.latest().ends();
  live.clock.advance(5_000);
  live.latest().becomesReady();
  expect(samplesSent(live)).toBe(0);
  expect(live.counts.get('live_audio_dropped_ms_total')).toBeUndefined();
});

test('in automatic detection a recording waits for the end of what is being said, and ends its own stream', () => {
  const live = createLiveHarness({ detection: 'automatic' });
  live.start();
  live.session.startWindow({ speakers: [], notes: [] });
  live.session.sendAudio(new Int16Array(320));
  live.session.sendTurn({ text: 'ignored', recording: seconds(1) });
  expect(live.latest().rest()).toEqual(['audio']);
  live.session.endWindow();
  expect(live.latest().rest()).toEqual(['audioStreamEnd', 'audio', 'audioStreamEnd']);
});

test('a session in text asks for text without a voice, and its text parts are what the model says', () => {
  const live = createLiveHarness({ model: 'gemini-live-2.5-flash-preview', modality: 'TEXT', place: 'text' });
  live.session.open();
  const setup = JSON.stringify(live.latest().becomesReady());
  expect(setup).toContain('"responseModalities":["TEXT"]');
  expect(setup).toContain('text channel');
  expect(setup).not.toMatch(/speechConfig|outputAudioTranscription|voice channel/);
  live.session.sendText('hello');
  live.latest().says({ serverContent: { modelTurn: { role: 'model', parts: [{ text: 'Hel' }] } } });
  live.latest().says({
    serverContent: {
      modelTurn: { parts: [{ text: 'hmm', thought: true }, { text: 'lo.' }] },
      generationComplete: true,
    },
  });
  live.latest().says({ serverContent: { turnComplete: true } });
  expect(live.told.filter((it) => !it.startsWith('state'))).toEqual([
    'output 1 Hel',
    'output 1 lo.',
    'generationComplete 1',
    'turnComplete 1',
  ]);
});

test('a native audio model is asked for sound all the same', () => {
  const live = createLiveHarness({ modality: 'TEXT' });
  live.session.open();
  expect(JSON.stringify(live.latest().becomesReady())).toContain('"responseModalities":["AUDIO"]');
});

test('a fresh session is told what was typed and that something was shown', () => {
  const live = createLiveHarness();
  live.start();
  live.session.sendTurn({ text: 'is it teal?', images: [BOAT] });
  live.answers('quite so');
  live.finishes();
  live.latest().ends();
  live.clock.advance(5_000);
  live.latest().becomesReady();
  expect(JSON.stringify(live.latest().expect('clientContent'))).toContain('is it teal? (with a picture)');
});

test('a model that goes on by itself owes something until it says that it is idle, and for half a minute at the most', () => {
  const live = createLiveHarness({ model: 'gemini-3.8-live-extended-thinking' });
  live.start();
  live.session.sendText('how tall is it?');
  live.answers('One moment.');
  live.finishes();
  expect([live.session.answerDue, live.session.goesOn]).toEqual([false, true]);
  live.answers('Very tall.');
  live.latest().says({ serverContent: { turnComplete: true, interactionStatus: 'IDLE' } });
  expect(live.session.goesOn).toBe(false);
  live.session.sendText('and how wide?');
  live.answers('One moment.');
  live.finishes();
  live.clock.advance(30_000);
  expect(live.session.goesOn).toBe(false);
});
