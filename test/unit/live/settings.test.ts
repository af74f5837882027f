import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type RoomSettings } from '../../../src/types/settings.ts';
import { createLiveHarness, handleMessage, type LiveHarness } from './harness.ts';

const withVoice = (voice: string): RoomSettings => ({ ...DEFAULT_SETTINGS, voice });
const voiceOf = (setup: unknown): unknown => /"voiceName":"(\w+)"/.exec(JSON.stringify(setup))?.[1];
const applied = (live: LiveHarness): string[] => live.told.filter((it) => it.startsWith('applied'));

/** A session that talks, with a handle. */
function talking(options: Parameters<typeof createLiveHarness>[0] = {}): LiveHarness {
  const live = createLiveHarness(options);
  live.start();
  live.latest().says(handleMessage('h1'));
  return live;
}

/** The samples that were sent on the newest connection, in order, by their value. */
function samplesSent(live: LiveHarness): number[] {
  return live.latest().sent.flatMap((message) => {
    const { audio } = (message['realtimeInput'] ?? {}) as { audio?: { data: string } };
    return audio ? [Buffer.from(audio.data, 'base64').readInt16LE(0)] : [];
  });
}

test('the settings that a session was opened with are told as soon as it works', () => {
  const live = createLiveHarness({ revision: 7 });
  live.session.open();
  expect(applied(live)).toEqual([]);
  live.latest().becomesReady();
  expect(live.told.slice(-2)).toEqual(['state ready', 'applied 7']);
});

test('what is no part of the setup is in force at once, also between two connections', () => {
  const live = talking();
  live.session.applySettings({ ...DEFAULT_SETTINGS, pauseMs: 900 }, 2);
  live.latest().ends();
  live.session.applySettings({ ...DEFAULT_SETTINGS, pauseMs: 900, interrupt: 'off' }, 3);
  expect(live.told.slice(2)).toEqual(['applied 2', 'state resuming', 'applied 3']);
  live.latest().becomesReady();
  expect(applied(live)).toHaveLength(2);
});

test('a voice that is changed during an answer waits for its end and for the handle that knows it', () => {
  const live = talking();
  live.speak();
  live.answers();
  live.session.applySettings(withVoice('Puck'), 3);
  expect(live.told.at(-1)).toBe('state draining');
  live.answers(' and more');
  live.latest().says({ serverContent: { generationComplete: true } });
  expect(live.latest().end).toBe('open');
  live.latest().says({ serverContent: { turnComplete: true } });
  expect(live.latest().end).toBe('open');
  live.latest().says(handleMessage('h2'));
  expect(live.latest().end).toBe('closed');
  expect(live.connections).toHaveLength(1);
  live.latest().ends({ code: 1000 });
  expect(applied(live)).toEqual([]);
  const setup = live.latest().becomesReady();
  expect(setup['sessionResumption']).toEqual({ handle: 'h2' });
  expect(voiceOf(setup)).toBe('Puck');
  expect(live.told.slice(-2)).toEqual(['state ready', 'applied 3']);
  expect(live.told.filter((it) => it === 'audio 1')).toHaveLength(2);
  live.speak();
  live.latest().expect('activityStart');
  expect(live.latest().expect('text')).toBe('[Speaking: Anna]');
});

test('a handle that does not follow is not waited for; what the last one has missed is told in text', () => {
  const live = talking();
  live.session.applySettings(withVoice('Puck'), 2);
  live.latest().ends({ code: 1000 });
  live.latest().becomesReady();
  live.speak();
  live.latest().says({ serverContent: { inputTranscription: { text: 'how tall is it' } } });
  live.answers('It is eight thousand metres');
  live.session.applySettings(withVoice('Kore'), 3);
  live.finishes();
  live.clock.advance(1_499);
  expect(live.latest().end).toBe('open');
  live.clock.advance(1);
  expect(live.latest().end).toBe('closed');
  live.latest().ends({ code: 1000 });
  expect(live.latest().becomesReady()['sessionResumption']).toEqual({ handle: 'h1' });
  live.speak();
  live.latest().expect('activityStart');
  expect(live.latest().expect('text')).toContain('you answered: "It is eight thousand metres"');
});

test.each([
  ['gemini-3.8-live', 'history'],
  ['gemini-2.5-flash-native-audio-preview-12-2025', 'instruction'],
])('with no handle yet %s is given what was said, in its %s', (model, where) => {
  const live = createLiveHarness({ model });
  live.start();
  live.speak();
  live.latest().says({ serverContent: { inputTranscription: { text: 'I am Anna' } } });
  live.answers('Hello Anna');
  live.session.applySettings(withVoice('Puck'), 2);
  live.finishes();
  live.clock.advance(1_500);
  live.latest().ends({ code: 1000 });
  const setup = live.latest().becomesReady();
  expect(setup['sessionResumption']).toEqual({});
  expect(voiceOf(setup)).toBe('Puck');
  const told = where === 'history' ? live.latest().expect('clientContent') : setup['systemInstruction'];
  expect(JSON.stringify(told)).toMatch(/I am Anna.*Hello Anna/);
  expect(live.connected.map(({ resumed }) => resumed)).toEqual([false, false]);
  expect(applied(live)).toEqual(['applied 2']);
});

test('of several changes in a row the last one comes into force, with one connection', () => {
  const live = talking();
  live.speak();
  live.answers();
  live.session.applySettings(withVoice('Puck'), 2);
  live.session.applySettings({ ...withVoice('Puck'), persona: 'A pirate.' }, 3);
  live.finishes('h2');
  live.session.applySettings({ ...withVoice('Leda'), persona: 'A pirate.' }, 4);
  live.latest().ends({ code: 1000 });
  const setup = live.latest().becomesReady();
  expect(voiceOf(setup)).toBe('Leda');
  expect(JSON.stringify(setup)).toContain('A pirate.');
  expect(applied(live)).toEqual(['applied 4']);
  expect(live.connections).toHaveLength(2);
  live.clock.advance(10_000);
  expect(live.latest().end).toBe('open');
});

test('a change that is taken back before it came into force needs no connection', () => {
  const live = talking();
  live.speak();
  live.answers();
  live.session.applySettings(withVoice('Puck'), 2);
  live.session.applySettings(DEFAULT_SETTINGS, 3);
  expect(applied(live)).toEqual(['applied 3']);
  live.finishes('h2');
  live.clock.advance(10_000);
  expect(live.connections).toHaveLength(1);
  expect(live.latest().end).toBe('open');
});

test('a change while the first connection is made follows it at once', () => {
  const live = createLiveHarness({ revision: 1 });
  live.session.open();
  live.session.applySettings(withVoice('Puck'), 2);
  expect(voiceOf(live.latest().becomesReady())).toBe('Kore');
  expect(live.latest().end).toBe('closed');
  live.latest().ends({ code: 1000 });
  expect(voiceOf(live.latest().becomesReady())).toBe('Puck');
  expect(applied(live)).toEqual(['applied 2']);
});

test('a change while a lost connection is being replaced is in the next setup', () => {
  const live = talking();
  live.latest().ends({ code: 1011, reason: 'Internal error encountered.' });
  live.session.applySettings(withVoice('Puck'), 2);
  expect(applied(live)).toEqual([]);
  live.clock.advance(500);
  expect(voiceOf(live.latest().becomesReady())).toBe('Puck');
  expect(applied(live)).toEqual(['applied 2']);
});

test('a change while a connection is being replaced anyway needs no other', () => {
  const live = talking();
  live.speak();
  live.answers();
  live.latest().says({ goAway: { timeLeft: '50s' } });
  live.session.applySettings(withVoice('Puck'), 2);
  live.finishes('h2');
  live.latest().ends({ code: 1000 });
  expect(voiceOf(live.latest().becomesReady())).toBe('Puck');
  expect(applied(live)).toEqual(['applied 2']);
  expect(live.connections).toHaveLength(2);
});

test('a change while somebody speaks: the window goes on in the new connection, and nothing of it is lost', () => {
  const live = talking();
  live.session.startWindow({ speakers: ['Anna'], notes: [] });
  live.session.sendAudio(new Int16Array(320).fill(1));
  live.session.applySettings(withVoice('Puck'), 2);
  expect(live.latest().end).toBe('closed');
  live.session.sendAudio(new Int16Array(320).fill(2));
  live.latest().ends({ code: 1000 });
  live.session.sendAudio(new Int16Array(320).fill(3));
  live.latest().becomesReady();
  expect(applied(live)).toEqual(['applied 2']);
  live.session.sendAudio(new Int16Array(320).fill(4));
  live.session.endWindow();
  expect(samplesSent(live)).toEqual([1, 2, 3, 4]);
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'activityEnd']);
});

test('a question during which settings change again and again is asked all the same', () => {
  const live = talking();
  live.session.startWindow({ speakers: ['Anna'], notes: [] });
  live.session.sendAudio(new Int16Array(320).fill(1));
  for (const [index, voice] of ['Puck', 'Leda', 'Orus', 'Kore', 'Aoede'].entries()) {
    live.session.applySettings(withVoice(voice), index + 2);
    live.latest().ends({ code: 1000 });
    live.latest().becomesReady();
  }
  live.session.endWindow();
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'activityEnd']);
  expect(live.problems).toEqual([]);
  expect(applied(live)).toHaveLength(5);
});

test('a question that waits for its answer is answered under the settings under which it was asked', () => {
  const live = talking();
  live.speak();
  live.session.applySettings(withVoice('Puck'), 2);
  live.clock.advance(2_000);
  expect(live.latest().end).toBe('open');
  live.answers();
  live.finishes('h2');
  expect(live.latest().end).toBe('closed');
});

test('among people who talk all the time a change comes into force as soon as no answer is due', () => {
  const live = talking();
  live.speak();
  live.session.startWindow({ speakers: ['Ben'], notes: [] });
  live.session.sendAudio(new Int16Array(320));
  live.session.applySettings(withVoice('Puck'), 2);
  expect(live.latest().end).toBe('open');
  live.latest().says({ serverContent: { interrupted: true } });
  live.latest().says({ serverContent: { turnComplete: true } });
  live.latest().says(handleMessage('h2'));
  expect(live.latest().end).toBe('closed');
});

test('a change waits for the result of a function', () => {
  const live = talking();
  live.speak();
  live.latest().says({ toolCall: { functionCalls: [{ id: 'c1', name: 'roll', args: {} }] } });
  live.session.applySettings(withVoice('Puck'), 2);
  live.clock.advance(5_000);
  expect(live.latest().end).toBe('open');
  live.session.answerTools([{ id: 'c1', name: 'roll', response: { output: 4 } }]);
  live.answers('four');
  live.finishes('h2');
  expect(live.latest().end).toBe('closed');
});

test('a tool that is switched on or off is a change of the setup', () => {
  const live = talking();
  live.session.applySettings({ ...DEFAULT_SETTINGS, tools: { google_search: false } }, 2);
  live.latest().ends({ code: 1000 });
  expect(live.latest().becomesReady()['tools']).toBeUndefined();
  expect(applied(live)).toEqual(['applied 2']);
  live.session.applySettings({ ...DEFAULT_SETTINGS, tools: { google_search: false, code_execution: true } }, 3);
  expect(applied(live)).toEqual(['applied 2', 'applied 3']);
  expect(live.connections).toHaveLength(2);
});
