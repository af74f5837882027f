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
  live.finishes('h2');
  expect(live.latest().end).toBe('closed');
  expect(live.connections).toHaveLength(1);
  live.clock.advance(1_000);
  expect(live.connections[0]?.end).toBe('terminated');
  expect(live.connections).toHaveLength(2);
  expect(live.latest().becomesReady()['sessionResumption']).toEqual({ handle: 'h2' });
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
  live.finishes('h1');
  expect(live.latest().end).toBe('closed');
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
