import { expect, test } from 'vitest';
import type { Answer, Heard } from '../../../src/rehearsal/live/answer.ts';
import { MANUAL } from './clients.ts';
import { ramp, setupFor, startStage } from './harness.ts';
import { sayRaw, saySdk, text } from './speaking.ts';
import { count, newestHandle, story, wordsOf } from './wire.ts';

const MINUTE_MS = 60_000;
const resume = (handle: string, more: object = {}): object =>
  setupFor('gemini-3.8-live', { sessionResumption: { handle }, ...more });

/** Says everything it remembers but the question itself. */
function tellMemory({ remembered, texts }: Heard): Answer {
  const before = remembered.filter(({ text: words }) => !texts.includes(words));
  const told = before.map(({ role, text: words }) => `${role} ${words}`).join(', ');
  return { kind: 'play', pcm: ramp(100), words: `${texts.at(-1) ?? ''} after (${told})` };
}

test('goAway, then another connection with the handle, and it knows what was said', async () => {
  await using stage = await startStage({ respond: tellMemory });
  const first = await stage.sdk();
  first.session.sendClientContent({ turns: 'one' });
  await stage.passUntil(() => count(first, 'turnComplete') === 1);
  stage.live.control.goAway(9500);
  await stage.settle();
  expect(first.received.at(-1)?.message).toEqual({ goAway: { timeLeft: '9.5s' } });
  first.session.close();
  await stage.closeOf(first);
  const config = {
    ...MANUAL,
    sessionResumption: { handle: newestHandle(first) },
    systemInstruction: 'Be someone else.',
  };
  const second = await stage.sdk({ config });
  second.session.sendClientContent({ turns: 'two' });
  await stage.passUntil(() => count(second, 'turnComplete') === 1);
  expect(wordsOf(second, 'output')).toBe('two after (user one, model one after ())');
  expect(stage.events.filter(({ type }) => type === 'setup')).toMatchObject([
    { session: 'session-1', connection: 1, resumed: false },
    { session: 'session-1', connection: 2, resumed: true },
  ]);
  expect(stage.rules).toEqual([]);
});

test('a handle is of its moment: what was said after it is not known', async () => {
  await using stage = await startStage({ respond: tellMemory });
  const first = await stage.rawReady(setupFor('gemini-3.8-live', { sessionResumption: {} }));
  await stage.settle();
  const handle = newestHandle(first);
  first.send(text('one'));
  await stage.passUntil(() => count(first, 'turnComplete') === 1);
  first.close();
  await stage.closeOf(first);
  const second = await stage.rawReady(resume(handle));
  second.send(text('two'));
  await stage.passUntil(() => count(second, 'turnComplete') === 1);
  expect(wordsOf(second, 'output')).toBe('two after ()');
});

test('a window that is recognised only when its connection is over is not remembered', async () => {
  const slow = Promise.withResolvers<void>();
  await using stage = await startStage({
    respond: tellMemory,
    speech: {
      speak: async () => new Int16Array(),
      async recognise() {
        await slow.promise;
        const best = { id: 'x', words: 'heard late', score: 1, coverage: 1, order: 1, startMs: 0, endMs: 1 } as const;
        const whole = { missingStartMs: 0, missingEndMs: 0, originalSpanMs: 1, verdict: 'whole' } as const;
        const loudness = { durationMs: 100, span: null, peakDbfs: -3, rmsDbfs: -9 };
        return { best: { ...best, ...whole }, others: [], loudness };
      },
    },
  });
  const first = await stage.rawReady();
  const handle = newestHandle(first);
  sayRaw(first);
  await stage.settle();
  first.ws.terminate();
  await stage.passUntil(() => stage.live.openSockets === 0);
  const second = await stage.rawReady(resume(handle));
  slow.resolve();
  await stage.settle();
  second.send(text('again'));
  await stage.passUntil(() => count(second, 'turnComplete') === 1);
  expect(wordsOf(second, 'output')).toBe('again after ()');
});

test('there is a handle while it is idle, none while it answers or waits for a tool', async () => {
  await using stage = await startStage({ handleIntervalMs: 1000 });
  stage.live.control.nextAnswers({ kind: 'call', calls: [{ name: 'roll', id: 'call-1' }] });
  const config = { ...MANUAL, sessionResumption: {}, tools: [{ functionDeclarations: [{ name: 'roll' }] }] };
  const client = await stage.sdk({ config });
  await stage.pass(2500);
  expect(count(client, 'handle')).toBe(3);
  saySdk(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(count(client, 'no handle')).toBe(1);
  expect(newestHandle(client)).toBe('');
  await stage.pass(5000);
  expect(count(client, 'handle')).toBe(3);
  client.session.sendToolResponse({ functionResponses: [{ id: 'call-1', name: 'roll', response: { output: 4 } }] });
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  await stage.settle();
  expect(newestHandle(client)).not.toBe('');
  const updates = client.received.flatMap(({ message }) => message.sessionResumptionUpdate ?? []);
  expect(updates.filter(({ resumable }) => !resumable)).toEqual([{ resumable: false }]);
  expect(new Set(updates.flatMap(({ newHandle }) => newHandle ?? [])).size).toBe(4);
});

test('a refused handle closes the socket; without one it is a new session', async () => {
  await using stage = await startStage();
  const first = await stage.sdk({ config: { ...MANUAL, sessionResumption: {} } });
  await stage.settle();
  const handle = newestHandle(first);
  first.session.close();
  await stage.closeOf(first);
  stage.live.control.refuseHandles(true);
  await expect(stage.sdk({ config: { ...MANUAL, sessionResumption: { handle } } })).rejects.toThrow(
    '(code 1007): Request contains an invalid argument.',
  );
  await stage.sdk();
  expect(stage.events.filter(({ type }) => type === 'setup').map(({ session }) => session)).toEqual([
    'session-1',
    'session-2',
  ]);
});

test.each([
  ['of another model', 0, 'gemini-3.1-flash-live-preview', 1007],
  ['of the same model', 0, 'gemini-3.8-live', null],
  ['just within two hours', 119 * MINUTE_MS, 'gemini-3.8-live', null],
  ['older than two hours', 121 * MINUTE_MS, 'gemini-3.8-live', 1007],
])('a handle %s', async (_what, age, model, code) => {
  await using stage = await startStage();
  const first = await stage.rawReady();
  const handle = newestHandle(first);
  first.close();
  await stage.closeOf(first);
  stage.clock.advance(age);
  const second = await stage.rawReady(setupFor(model, { sessionResumption: { handle } }));
  expect(second.closed?.code ?? null).toBe(code);
});

test('a session whose old socket is still open cannot be resumed', async () => {
  await using stage = await startStage();
  const first = await stage.rawReady();
  const second = await stage.rawReady(resume(newestHandle(first)));
  expect(second.closed).toEqual({ code: 1011, reason: 'Internal error encountered.' });
  expect(stage.rules).toEqual(['old-socket-open']);
  expect(first.closed).toBeNull();
});

test('a handle of null is noted on 3.8 and starts a new session', async () => {
  await using stage = await startStage();
  const client = await stage.rawReady(setupFor('gemini-3.8-live', { sessionResumption: { handle: null } }));
  expect(story(client)).toEqual([]);
  expect(client.closed).toBeNull();
  expect(stage.rules).toEqual(['null-handle']);
});

test('a connection ends after its time, announced a minute before', async () => {
  await using stage = await startStage({ connectionLifetimeMs: 10 * MINUTE_MS, goAwayBeforeMs: MINUTE_MS });
  const client = await stage.rawReady();
  stage.clock.advance(9 * MINUTE_MS - 1);
  await stage.settle();
  expect(count(client, 'goAway')).toBe(0);
  stage.clock.advance(1);
  await stage.settle();
  expect(client.received.at(-1)?.message).toEqual({ goAway: { timeLeft: '60s' } });
  stage.clock.advance(MINUTE_MS - 1);
  await stage.settle();
  expect(client.closed).toBeNull();
  stage.clock.advance(1);
  expect(await stage.closeOf(client)).toEqual({
    code: 1011,
    reason: 'Deadline expired before operation could complete.',
  });
  expect(stage.clock.pending).toBe(0);
});

test('without compression the session itself ends after a quarter of an hour, over all its connections', async () => {
  await using stage = await startStage({ sessionLifetimeMs: 15 * MINUTE_MS, goAwayBeforeMs: MINUTE_MS });
  const first = await stage.rawReady();
  const handle = newestHandle(first);
  stage.clock.advance(14.5 * MINUTE_MS);
  first.close();
  await stage.closeOf(first);
  const second = await stage.rawReady(resume(handle));
  await stage.pass(10);
  expect(count(second, 'goAway')).toBe(1);
  stage.clock.advance(MINUTE_MS);
  expect(await stage.closeOf(second)).toMatchObject({ code: 1011 });
});

test('with compression it does not', async () => {
  await using stage = await startStage({ sessionLifetimeMs: 15 * MINUTE_MS });
  const client = await stage.rawReady(setupFor('gemini-3.8-live', { contextWindowCompression: { slidingWindow: {} } }));
  stage.clock.advance(60 * MINUTE_MS);
  await stage.settle();
  expect(client.closed).toBeNull();
});
