import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { answerSound, fastClock, questionSound, startQuickLive, startTalk } from './harness.ts';

test('what people say arrives whole, and what the model answers comes whole', async () => {
  await using live = await startQuickLive();
  await using talk = startTalk(live);
  talk.speak(7, 1_000);
  await talk.until('turnComplete 1');
  expect(live.windows).toHaveLength(1);
  expect(Array.from(live.windows[0]?.pcm ?? [])).toEqual(Array.from(questionSound(7, 1_000)));
  expect(live.windows[0]?.texts).toEqual(['[Speaking: Anna]']);
  expect(talk.sound(1)).toEqual(Array.from(answerSound(60)));
  expect(talk.usages).toHaveLength(1);
  expect(talk.usages[0]?.prompt.AUDIO).toBeGreaterThan(0);
  expect(live.violations).toEqual([]);
});

test('speech over an answer interrupts it, and the next is a new one', async () => {
  await using live = await startQuickLive();
  live.control.nextAnswers({ kind: 'play', pcm: answerSound(3_000), words: 'a long answer' });
  await using talk = startTalk(live);
  talk.speak();
  await talk.until('audio 1');
  talk.speak(500);
  await talk.until('turnComplete 2');
  expect(talk.told.indexOf('interrupted 1')).toBeLessThan(talk.told.indexOf('audio 2'));
  expect(talk.sound(2)).toEqual(Array.from(answerSound(60)));
  expect(live.violations).toEqual([]);
});

test('typed text is answered', async () => {
  await using live = await startQuickLive();
  await using talk = startTalk(live);
  talk.session.sendText('what do you say?');
  await talk.until('turnComplete 1');
  expect(talk.sound(1)).toHaveLength(60 * 24);
  expect(live.violations).toEqual([]);
});

test('garbage from the service changes nothing', async () => {
  await using live = await startQuickLive();
  await using talk = startTalk(live);
  await talk.until('state ready');
  for (const kind of ['invalid-json', 'empty', 'unknown-field', 'array', 'bad-audio'] as const)
    live.control.sendGarbage(kind);
  talk.speak();
  await talk.until('turnComplete 1');
  expect(talk.sound(1)).toEqual(Array.from(answerSound(60)));
  expect(talk.session.state.status).toBe('ready');
  expect(talk.counts.get('live_message_faults_total')).toBe(2);
  expect(talk.counts.get('live_audio_refused_total')).toBe(1);
});

test('a voice that is changed is in force after the answer, in the same conversation', async () => {
  await using live = await startQuickLive();
  await using talk = startTalk(live);
  await talk.until('handle');
  talk.speak();
  talk.session.applySettings({ ...DEFAULT_SETTINGS, voice: 'puck', language: 'de-DE' }, 5);
  await talk.until('applied 5');
  expect(talk.told.indexOf('turnComplete 1')).toBeLessThan(talk.told.indexOf('applied 5'));
  talk.speak();
  await talk.until('turnComplete 2');
  expect(live.setups).toHaveLength(2);
  expect(JSON.stringify(live.setups[1])).toContain('"voiceName":"Puck"');
  expect(new Set(live.windows.map(({ session }) => session)).size).toBe(1);
  expect(live.violations).toEqual([]);
});

/** What the service remembers whenever it is asked something. */
function rememberingLive(options: Parameters<typeof startQuickLive>[0] = {}) {
  const asked: string[][] = [];
  const live = startQuickLive({
    respond(heard) {
      asked.push(heard.remembered.map(({ text }) => text));
      return { kind: 'play', pcm: answerSound(60), words: 'it is eight thousand metres' };
    },
    ...options,
  });
  return live.then((started) => ({ live: started, asked }));
}

test('after a change the model still knows first-hand what was asked and answered just before it', async () => {
  const { live, asked } = await rememberingLive();
  await using _ = live;
  await using talk = startTalk(live);
  talk.session.sendText('how tall is it?');
  await talk.until('audio 1');
  talk.session.applySettings({ ...DEFAULT_SETTINGS, voice: 'Puck' }, 2);
  await talk.until('applied 2');
  talk.session.sendText('and now?');
  await talk.until('turnComplete 2');
  expect(asked.at(-1)).toEqual(expect.arrayContaining(['how tall is it?', 'it is eight thousand metres']));
  expect(talk.told.filter((it) => it === 'continued')).toHaveLength(1);
  expect(live.violations).toEqual([]);
});

test('a service that issues no handle is given what was said as history', async () => {
  const { live, asked } = await rememberingLive();
  await using _ = live;
  live.control.withholdHandles(true);
  await using talk = startTalk(live);
  talk.session.sendText('how tall is it?');
  await talk.until('turnComplete 1');
  talk.session.applySettings({ ...DEFAULT_SETTINGS, voice: 'Puck' }, 2);
  await talk.until('applied 2');
  talk.session.sendText('and now?');
  await talk.until('turnComplete 2');
  expect(talk.handles).toEqual([]);
  expect(talk.told.filter((it) => it === 'fresh')).toHaveLength(2);
  expect(asked.at(-1)).toEqual(expect.arrayContaining(['how tall is it?', 'it is eight thousand metres']));
  expect(live.violations).toEqual([]);
});

test('after a reset the model knows nothing of what was said', async () => {
  const { live, asked } = await rememberingLive();
  await using _ = live;
  await using talk = startTalk(live, { seed: [{ role: 'user', text: 'My name is Anna.' }] });
  talk.session.sendText('how tall is it?');
  await talk.until('turnComplete 1');
  talk.session.sendText('and how wide?');
  talk.session.reset();
  await talk.until('forgotten');
  talk.session.sendText('what do you know?');
  await talk.until('turnComplete 2');
  expect(asked.at(-1)).toEqual(['what do you know?']);
  expect(talk.handles).toContain(null);
  expect(live.openSockets).toBe(1);
  expect(live.violations).toEqual([]);
});

test('a connection cut before the answer: the question is heard again whole, and answered once', async () => {
  await using live = await startQuickLive({ firstChunkDelayMs: 200 });
  await using talk = startTalk(live);
  await talk.until('handle');
  talk.speak(40, 400);
  await new Promise<void>((resolve) => live.on(({ type }) => type === 'activityEnd' && resolve()));
  live.control.terminate();
  await talk.until('turnComplete 1');
  expect(live.windows).toHaveLength(2);
  expect(Array.from(live.windows[1]?.pcm ?? [])).toEqual(Array.from(questionSound(40, 400)));
  expect(talk.told.filter((it) => it.startsWith('turnComplete'))).toEqual(['turnComplete 1']);
  expect(live.violations).toEqual([]);
});

test('goAway is followed between turns, never with two sockets open, and the conversation goes on', async () => {
  await using live = await startQuickLive();
  await using talk = startTalk(live);
  await talk.until('handle');
  talk.speak();
  await talk.until('audio 1');
  live.control.goAway(30_000);
  await talk.until('turnComplete 1');
  await talk.untilSeen(() => talk.told.filter((it) => it === 'state ready').length === 2);
  talk.speak();
  await talk.until('turnComplete 2');
  expect(live.openSockets).toBe(1);
  expect(new Set(live.windows.map(({ session }) => session)).size).toBe(1);
  expect(live.violations).toEqual([]);
});

test('a handle that is refused leads to a fresh session that knows what was said', async () => {
  const remembered: string[] = [];
  await using live = await startQuickLive({
    respond(heard) {
      remembered.push(...heard.remembered.map(({ text }) => text));
      return { kind: 'play', pcm: answerSound(40), words: 'yes' };
    },
  });
  const handle = { value: 'unknown', model: 'gemini-3.8-live', issuedAt: Date.now() };
  await using talk = startTalk(live, { handle, seed: [{ role: 'user', text: 'My name is Anna.' }] });
  talk.speak();
  await talk.until('turnComplete 1');
  expect(talk.handles[0]).toBeNull();
  expect(remembered).toContain('My name is Anna.');
  expect(talk.problems).toEqual([]);
  expect(live.violations).toEqual([]);
});

test('a service that is up and deaf: a nudge, then a new connection, and the question is answered', async () => {
  await using live = await startQuickLive();
  live.control.stayDeaf(2);
  await using talk = startTalk(live, { clock: fastClock(20) });
  talk.speak(3, 200);
  await talk.untilSeen(
    () => talk.told.includes('state resuming') && talk.told.some((it) => it.startsWith('turnComplete')),
  );
  expect(live.windows.map(({ audioMs }) => audioMs)).toEqual([200, 200]);
  expect(talk.problems).toEqual([]);
  expect(live.violations).toEqual([]);
});

test.each([
  ['a bad key', { apiKeys: ['another'] }, {}, 'LIVE_KEY_REFUSED'],
  ['a retired model', {}, { model: 'gemini-2.0-flash-live-001' }, 'LIVE_MODEL_REFUSED'],
  ['an unknown voice', {}, { settings: { ...DEFAULT_SETTINGS, voice: 'Nobody' } }, 'LIVE_SETUP_REFUSED'],
])('%s ends the session and is told once', async (_what, options, session, code) => {
  await using live = await startQuickLive(options);
  await using talk = startTalk(live, session);
  await talk.until('state closed');
  expect(talk.problems.map((problem) => problem.code)).toEqual([code]);
  expect(JSON.stringify(talk.problems)).not.toContain('a-key');
});

test('a service that refuses sockets is tried three times', async () => {
  await using live = await startQuickLive();
  live.control.refuseSockets(503);
  await using talk = startTalk(live);
  await talk.until('state closed');
  expect(talk.problems).toEqual([{ code: 'LIVE_UNREACHABLE', details: expect.objectContaining({ httpStatus: 503 }) }]);
  expect(talk.counts.get('live_connections_total')).toBe(3);
});

test('a server that never answers setup ends in a timeout', async () => {
  await using live = await startQuickLive();
  live.control.holdSetup(true);
  await using talk = startTalk(live, { clock: fastClock(100) });
  await talk.until('state closed');
  expect(talk.problems.map(({ code }) => code)).toEqual(['LIVE_CONNECT_TIMEOUT']);
});
