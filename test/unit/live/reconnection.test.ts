import { expect, test } from 'vitest';
import { createLiveHarness, handleMessage, soundMessage } from './harness.ts';

test('after a drop before the answer the window is sent again, whole, in a new one', () => {
  const live = createLiveHarness();
  live.start();
  live.latest().says(handleMessage('h1'));
  live.speak(100);
  const first = live.latest().sent.slice(1);
  live.latest().ends();
  const setup = live.latest().becomesReady();
  expect(setup['sessionResumption']).toEqual({ handle: 'h1' });
  expect(live.latest().sent.slice(1)).toEqual(first);
  live.answers();
  live.finishes();
  expect(live.told.filter((it) => it.startsWith('turnComplete'))).toEqual(['turnComplete 1']);
});

test('a window that is open when the connection drops is sent from its start and goes on', () => {
  const live = createLiveHarness();
  live.start();
  live.session.startWindow({ speakers: ['Anna'], notes: [] });
  live.session.sendAudio(new Int16Array(320).fill(1));
  live.latest().ends();
  live.session.sendAudio(new Int16Array(320).fill(2));
  live.latest().becomesReady();
  live.session.sendAudio(new Int16Array(320).fill(3));
  live.session.endWindow();
  const audio = live.latest().sent.flatMap((message) => {
    const { audio: sound } = (message['realtimeInput'] ?? {}) as { audio?: { data: string } };
    return sound ? [Buffer.from(sound.data, 'base64').readInt16LE(0)] : [];
  });
  expect(audio).toEqual([1, 2, 3]);
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'activityEnd']);
});

test('after a drop in mid-answer nothing is asked again, and the next window tells what was asked and said', () => {
  const live = createLiveHarness();
  live.start();
  live.latest().says(handleMessage('h1'));
  live.speak();
  live.latest().says({ serverContent: { inputTranscription: { text: 'how tall is it' } } });
  live.answers('It is eight thousand');
  live.latest().ends();
  expect(live.told.slice(-2)).toEqual(['turnComplete 1', 'state resuming']);
  live.latest().becomesReady();
  expect(live.latest().rest()).toEqual([]);
  live.speak();
  live.latest().expect('activityStart');
  const note = live.latest().expect('text');
  expect(note).toContain('they said: "how tall is it"; you answered: "It is eight thousand"');
  expect(note).toContain('[Speaking: Anna]');
  live.answers('metres');
  live.finishes();
  live.latest().says(handleMessage('h2'));
  live.latest().ends();
  live.latest().becomesReady();
  live.speak();
  live.latest().expect('activityStart');
  expect(live.latest().expect('text')).toBe('[Speaking: Anna]');
});

test('a question that is asked again is not told as done', () => {
  const live = createLiveHarness();
  live.start();
  live.latest().says(handleMessage('h1'));
  live.speak();
  live.latest().says({ serverContent: { inputTranscription: { text: 'how tall is it' } } });
  live.session.sendText('in metres');
  live.latest().ends();
  live.latest().becomesReady();
  live.latest().expect('activityStart');
  expect(live.latest().expect('text')).toBe('[Speaking: Anna]');
  live.latest().expect('audio');
});

test('what a replaced socket still says is not heard', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  const old = live.latest();
  live.clock.advance(16_000);
  expect(old.end).toBe('terminated');
  live.clock.advance(500);
  live.latest().becomesReady();
  const told = live.told.length;
  old.says(soundMessage(480));
  old.says({ serverContent: { turnComplete: true } });
  expect(live.told).toHaveLength(told);
  expect(live.counts.get('live_stale_messages_total')).toBe(2);
});

test('goAway takes a new connection between two turns, the old socket closed first', () => {
  const live = createLiveHarness();
  live.start();
  live.latest().says(handleMessage('h1'));
  live.speak();
  live.answers();
  live.latest().says({ goAway: { timeLeft: '50s' } });
  expect(live.told.at(-1)).toBe('state draining');
  live.answers();
  expect(live.latest().end).toBe('open');
  live.finishes();
  expect(live.latest().end).toBe('closed');
  expect(live.connections).toHaveLength(1);
  live.clock.advance(1_000);
  expect(live.connections[0]?.end).toBe('terminated');
  expect(live.connections).toHaveLength(2);
  expect(live.latest().becomesReady()['sessionResumption']).toEqual({ handle: 'h1' });
});

test('goAway whose time runs out in the middle of a turn does not wait for its end', () => {
  const live = createLiveHarness();
  live.start();
  live.session.startWindow({ speakers: [], notes: [] });
  live.session.sendAudio(new Int16Array(320));
  live.latest().says({ goAway: { timeLeft: '9.5s' } });
  live.clock.advance(7_500);
  expect(live.latest().end).toBe('closed');
  live.session.sendAudio(new Int16Array(320));
  live.latest().ends({ code: 1000 });
  live.latest().becomesReady();
  live.session.endWindow();
  expect(live.latest().rest()).toEqual(['activityStart', 'audio', 'activityEnd']);
});

test('a connection is replaced before the lifetime that is known of the model', () => {
  const live = createLiveHarness({ model: 'gemini-3.1-flash-live-preview' });
  live.start();
  live.clock.advance(8 * 60_000 - 1);
  expect(live.latest().end).toBe('open');
  live.clock.advance(1);
  live.speak();
  live.answers();
  live.finishes();
  expect(live.latest().end).toBe('closed');
});

test('a refused handle is dropped, and a fresh session gets the tail of the talk as history that is closed', () => {
  const handle = { value: 'old', model: 'gemini-3.8-live', issuedAt: 1_000_000 };
  const seed = [
    { role: 'user', text: 'I am Anna' },
    { role: 'model', text: 'Hello Anna' },
  ] as const;
  const live = createLiveHarness({ handle, seed });
  live.session.open();
  live.latest().opens();
  expect(live.latest().expect('setup')).toMatchObject({ sessionResumption: { handle: 'old' } });
  live.latest().ends({ code: 1007, reason: 'Request contains an invalid argument.' });
  expect(live.handles).toEqual([null]);
  const setup = live.latest().becomesReady();
  expect(setup).toMatchObject({ sessionResumption: {}, historyConfig: { initialHistoryInClientContent: true } });
  expect(live.latest().expect('clientContent')).toEqual({
    turns: [
      { role: 'user', parts: [{ text: 'I am Anna' }] },
      { role: 'model', parts: [{ text: 'Hello Anna' }] },
    ],
    turnComplete: true,
  });
  expect(live.problems).toEqual([]);
});

test('a handle of another model, or older than two hours, is not tried', () => {
  for (const [model, issuedAt] of [
    ['gemini-2.5-flash-native-audio-preview-12-2025', 1_000_000],
    ['gemini-3.8-live', 1_000_000 - 2 * 60 * 60_000],
  ] as const) {
    const live = createLiveHarness({ handle: { value: 'old', model, issuedAt } });
    live.session.open();
    live.latest().opens();
    expect(live.latest().expect('setup')).toMatchObject({ sessionResumption: {} });
    expect(live.handles).toEqual([null]);
  }
});

test('only handles that can be resumed from are kept', () => {
  const live = createLiveHarness();
  live.start();
  live.latest().says(handleMessage('h1'));
  live.latest().says({ sessionResumptionUpdate: { resumable: false } });
  live.latest().says({ sessionResumptionUpdate: { newHandle: 'h2', resumable: false } });
  live.latest().says({ sessionResumptionUpdate: { newHandle: 'h3' } });
  live.latest().says({ sessionResumptionUpdate: { newHandle: '', resumable: true } });
  expect(live.handles.map((handle) => handle?.value)).toEqual(['h1']);
});

test.each([
  [1007, 'API key not valid. Please pass a valid API key.', 'LIVE_KEY_REFUSED', 'GEMINI_API_KEY'],
  [1008, 'models/x is not found for API version v1beta, or is not supp', 'LIVE_MODEL_REFUSED', 'GEMINI_MODEL'],
  [1007, 'Request contains an invalid argument.', 'LIVE_SETUP_REFUSED', 'setup'],
])('a fatal close (%i %s) ends the session and names the setting, once', (code, reason, problem, setting) => {
  const live = createLiveHarness();
  live.session.open();
  live.latest().opens();
  live.latest().ends({ code, reason });
  expect(live.problems).toEqual([{ code: problem, details: expect.objectContaining({ setting }) }]);
  expect(live.session.state).toEqual({ status: 'closed', problem: live.problems[0] });
  live.clock.advance(600_000);
  expect(live.connections).toHaveLength(1);
  expect(live.clock.pending).toBe(0);
});

test('a server that never answers setup is tried three times, then it is said', () => {
  const live = createLiveHarness();
  live.session.open();
  for (let ms = 0; ms < 40_000; ms += 100) live.clock.advance(100);
  expect(live.connections.map(({ end }) => end)).toEqual(['terminated', 'terminated', 'terminated']);
  expect(live.problems.map(({ code }) => code)).toEqual(['LIVE_CONNECT_TIMEOUT']);
  expect(live.session.state.status).toBe('closed');
  expect(live.clock.pending).toBe(0);
});

test('a service that cannot be reached any more ends the session after minutes, not seconds, and never two sockets at once', () => {
  const live = createLiveHarness();
  live.start();
  live.clock.advance(120_000);
  live.latest().ends();
  let attempts = 0;
  for (let ms = 0; ms < 600_000 && live.session.state.status !== 'closed'; ms += 100) {
    live.clock.advance(100);
    expect(live.connections.filter(({ end }) => end === 'open').length).toBeLessThanOrEqual(live.connections.length);
    if (live.connections.length > attempts + 1) {
      attempts++;
      live.latest().ends();
    }
  }
  expect(live.problems.map(({ code }) => code)).toEqual(['LIVE_LOST']);
  expect(live.clock.now() - 1_000_000).toBeGreaterThan(180_000);
});

test('a quota that is used up is told once, with the time to wait, and tried again after it', () => {
  const live = createLiveHarness();
  live.start();
  const close = { code: 1011, reason: 'You exceeded your current quota. Please retry in 34.5s.' };
  live.latest().ends(close);
  expect(live.problems).toEqual([{ code: 'LIVE_QUOTA', details: expect.objectContaining({ waitSeconds: 35 }) }]);
  live.clock.advance(34_000);
  expect(live.connections).toHaveLength(1);
  live.clock.advance(1_000);
  live.latest().ends(close);
  live.clock.advance(34_500);
  live.latest().becomesReady();
  expect(live.problems).toHaveLength(1);
});

test('connections that end over and over without an answer back off', () => {
  const live = createLiveHarness();
  live.start();
  live.latest().ends({ code: 1000 });
  expect(live.connections).toHaveLength(2);
  live.latest().becomesReady();
  live.latest().ends({ code: 1000 });
  expect(live.connections).toHaveLength(2);
  live.clock.advance(500);
  live.latest().becomesReady();
  live.speak();
  live.answers();
  live.finishes();
  live.latest().ends({ code: 1000 });
  expect(live.connections).toHaveLength(4);
});

test('silence after a question: a nudge, then a new connection with the question again, once, then it is said', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.latest().rest();
  live.clock.advance(7_999);
  expect(live.latest().rest()).toEqual([]);
  live.clock.advance(1);
  expect(live.latest().expect('clientContent')).toEqual({ turns: [], turnComplete: true });
  live.clock.advance(8_500);
  expect(live.connections).toHaveLength(2);
  live.latest().becomesReady();
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'activityEnd']);
  live.clock.advance(17_000);
  expect(live.problems.map(({ code }) => code)).toEqual(['LIVE_CONNECT_TIMEOUT']);
  live.latest().becomesReady();
  expect(live.latest().rest()).toEqual([]);
  expect(live.session.state.status).toBe('ready');
});

test('an answer that stands still in the middle takes a new connection and is not asked again', () => {
  const live = createLiveHarness();
  live.start();
  live.latest().says(handleMessage('h1'));
  live.speak();
  live.answers();
  live.clock.advance(16_000);
  expect(live.connections).toHaveLength(2);
  live.latest().becomesReady();
  expect(live.latest().rest()).toEqual([]);
  expect(live.told).toContain('turnComplete 1');
});

test('a turn whose end never comes is over some time after its sound', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.answers();
  live.latest().says({ serverContent: { generationComplete: true } });
  live.clock.advance(10_100);
  expect(live.told.at(-1)).toBe('turnComplete 1');
  expect(live.connections).toHaveLength(1);
});

test('no more than a minute of audio waits for a connection, the newest of it', () => {
  const live = createLiveHarness();
  live.session.open();
  for (let i = 0; i < 4; i++) live.speak(30_000);
  live.latest().becomesReady();
  const samples = live.latest().sent.reduce((sum, message) => {
    const { audio } = (message['realtimeInput'] ?? {}) as { audio?: { data: string } };
    return sum + (audio ? Buffer.from(audio.data, 'base64').length / 2 : 0);
  }, 0);
  expect(samples).toBe(62 * 16_000);
  expect(live.counts.get('live_audio_dropped_ms_total')).toBe(58_000);
});
