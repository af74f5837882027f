import { expect, test } from 'vitest';
import { createLiveHarness, soundMessage } from './harness.ts';

test('setup comes first, and nothing else before it is complete', () => {
  const live = createLiveHarness();
  live.session.open();
  live.speak();
  expect(live.latest().sent).toEqual([]);
  live.latest().opens();
  live.latest().expect('setup');
  expect(live.latest().rest()).toEqual([]);
  live.latest().says({ setupComplete: {} });
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'activityEnd']);
  expect(live.told).toEqual(['state connecting', 'state ready']);
});

test('a window without a sound never reaches the wire, and its note comes with the next', () => {
  const live = createLiveHarness();
  live.start();
  live.session.startWindow({ speakers: ['Anna'], notes: ['The room heard it only up to: "The wea"'] });
  live.session.endWindow();
  expect(live.latest().rest()).toEqual([]);
  live.speak(20, 'Ben');
  live.latest().expect('activityStart');
  expect(live.latest().expect('text')).toBe('[Note: The room heard it only up to: "The wea"] [Speaking: Ben]');
  expect(live.latest().rest()).toEqual(['audio', 'activityEnd']);
});

test('audio goes out as it comes, in chunks of 20 to 40 ms at 16 kHz', () => {
  const live = createLiveHarness();
  live.start();
  live.session.startWindow({ speakers: [], notes: [] });
  live.session.sendAudio(new Int16Array(1000).map((_, i) => i));
  live.session.sendAudio(new Int16Array(100).map((_, i) => 1000 + i));
  live.session.endWindow();
  const audio = live.latest().sent.flatMap((message) => {
    const { audio } = (message['realtimeInput'] ?? {}) as { audio?: { data: string; mimeType: string } };
    return audio ? [audio] : [];
  });
  const sizes = audio.map(({ data }) => Buffer.from(data, 'base64').length / 2);
  expect(sizes).toEqual([640, 360, 100]);
  const bytes = Buffer.concat(audio.map(({ data }) => Buffer.from(data, 'base64')));
  expect(bytes.readInt16LE(2 * 1099)).toBe(1099);
  expect(new Set(audio.map(({ mimeType }) => mimeType))).toEqual(new Set(['audio/pcm;rate=16000']));
});

test('somebody who joins an open window is named in it', () => {
  const live = createLiveHarness();
  live.start();
  live.session.startWindow({ speakers: ['Anna'], notes: [] });
  live.session.sendAudio(new Int16Array(320));
  live.session.addSpeaker('B]en\n[x');
  live.latest().expect('activityStart');
  live.latest().expect('text');
  live.latest().expect('audio');
  expect(live.latest().expect('text')).toBe('[Speaking: B en x]');
});

test('a second start joins the open window, and stray ends and audio are counted', () => {
  const live = createLiveHarness();
  live.start();
  live.session.endWindow();
  live.session.sendAudio(new Int16Array(320));
  live.session.startWindow({ speakers: ['Anna'], notes: [] });
  live.session.sendAudio(new Int16Array(320));
  live.session.startWindow({ speakers: ['Ben'], notes: [] });
  live.session.endWindow();
  live.session.endWindow();
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'text', 'activityEnd']);
  expect(live.counts.get('live_end_without_window_total')).toBe(2);
  expect(live.counts.get('live_audio_outside_window_total')).toBe(1);
  expect(live.counts.get('live_window_already_open_total')).toBe(1);
});

test('answers are numbered, and the late end of an interrupted one does not end the next', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.answers('one');
  live.session.startWindow({ speakers: ['Anna'], notes: [] });
  live.session.sendAudio(new Int16Array(320));
  live.latest().says({ serverContent: { interrupted: true } });
  live.latest().says({ serverContent: { interrupted: true } });
  live.session.endWindow();
  live.latest().says(soundMessage(480));
  live.latest().says({ serverContent: { turnComplete: true } });
  live.latest().says(soundMessage(480));
  live.finishes();
  expect(live.told.slice(2)).toEqual([
    'audio 1',
    'output 1 one',
    'interrupted 1',
    'audio 2',
    'turnComplete 1',
    'audio 2',
    'generationComplete 2',
    'turnComplete 2',
  ]);
});

test('a turn in which the model stays silent is over too', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.latest().says({ serverContent: { turnComplete: true } });
  expect(live.told.slice(2)).toEqual(['turnComplete 1']);
  live.clock.advance(60_000);
  expect(live.connections).toHaveLength(1);
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'activityEnd']);
});

test('several parts, words, usage and the end in one message are all taken', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  const data = Buffer.from(new Int16Array(480).buffer).toString('base64');
  const part = { inlineData: { mimeType: 'audio/pcm', data } };
  live.latest().says({
    serverContent: {
      modelTurn: { parts: [part, { text: 'thinking', thought: true }, part] },
      outputTranscription: { text: 'hi' },
      inputTranscription: { text: 'you there' },
      generationComplete: true,
      turnComplete: true,
    },
    usageMetadata: { promptTokenCount: 10, responseTokenCount: 2, totalTokenCount: 12 },
  });
  expect(live.told.slice(2)).toEqual([
    'input you there',
    'audio 1',
    'audio 1',
    'output 1 hi',
    'generationComplete 1',
    'turnComplete 1',
  ]);
  expect(live.usages).toHaveLength(1);
});

test('garbage is counted and changes nothing', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  for (const frame of ['{"serverContent":', '[1]', 'null', '""', '{}', new Uint8Array([0xff, 0xfe, 0x7b])]) {
    live.latest().saysRaw(frame);
  }
  live.latest().says({ serverContent: 'no', toolCall: 7, usageMetadata: [], goAway: 3 });
  live.latest().says({ serverContent: { interrupted: 'yes', turnComplete: 1, modelTurn: { parts: [null, 7] } } });
  live.latest().says(soundMessage(480, 'image/png'));
  live.answers('still here');
  expect(live.told.slice(2)).toEqual(['audio 1', 'output 1 still here']);
  expect(live.counts.get('live_message_faults_total')).toBeGreaterThanOrEqual(12);
  expect(live.counts.get('live_audio_refused_total')).toBe(1);
});

test('sound at another rate is converted, never played at the wrong speed', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  for (let i = 0; i < 10; i++) live.latest().says(soundMessage(1600, 'audio/pcm;rate=16000'));
  const samples = live.pcm.reduce((sum, { length }) => sum + length, 0);
  expect(samples / 24_000).toBeCloseTo(1, 2);
});

test('typed text is a turn of its own, behind the window that is open', () => {
  const live = createLiveHarness();
  live.start();
  live.session.startWindow({ speakers: [], notes: [] });
  live.session.sendAudio(new Int16Array(320));
  live.session.sendText('hello');
  expect(live.latest().rest()).toEqual(['activityStart', 'audio']);
  live.session.endWindow();
  live.latest().expect('activityEnd');
  expect(live.latest().expect('clientContent')).toEqual({
    turns: [{ role: 'user', parts: [{ text: 'hello' }] }],
    turnComplete: true,
  });
});

test('a model without text turns gets typed text in a window', () => {
  const live = createLiveHarness({ model: 'gemini-3.1-flash-live-preview' });
  live.start();
  live.session.sendText('hello');
  live.latest().expect('activityStart');
  expect(live.latest().expect('text')).toBe('hello');
  for (let chunk = 0; chunk < 5; chunk++) live.latest().expect('audio');
  live.latest().expect('activityEnd');
});

test('an answer is due from the first sound of a question until its own first sound, or its silent end', () => {
  const live = createLiveHarness();
  const due = (): boolean => live.session.answerDue;
  live.start();
  expect(due()).toBe(false);
  live.session.startWindow({ speakers: ['Anna'], notes: [] });
  live.session.sendAudio(new Int16Array(320));
  expect(due()).toBe(true);
  live.session.endWindow();
  expect(due()).toBe(true);
  live.answers();
  expect(due()).toBe(false);
  live.session.sendText('and this?');
  expect(due()).toBe(true);
  live.latest().says({ serverContent: { interrupted: true } });
  live.latest().says({ serverContent: { turnComplete: true } });
  live.latest().says({ serverContent: { turnComplete: true } });
  expect(due()).toBe(false);
});

test('an unknown model is treated like 3.8', () => {
  const live = createLiveHarness({ model: 'gemini-9-live' });
  live.start();
  const [setup] = live.latest().sent;
  expect(setup).toMatchObject({ setup: { model: 'models/gemini-9-live' } });
});

test('after close nothing is told, no timer is left, and it may be closed again', async () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  const closing = live.session.close();
  live.latest().says(soundMessage(480));
  live.latest().ends({ code: 1000 });
  await closing;
  await live.session.close();
  live.speak();
  expect(live.told.slice(2)).toEqual(['state closed']);
  expect(live.clock.pending).toBe(0);
  expect(live.counts.get('live_input_after_close_total')).toBeGreaterThan(0);
});

test('a service that does not say goodbye is cut after a second', async () => {
  const live = createLiveHarness();
  live.start();
  const closing = live.session.close();
  live.clock.advance(1_000);
  await closing;
  expect(live.latest().end).toBe('terminated');
  expect(live.clock.pending).toBe(0);
});
