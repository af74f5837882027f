import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startLoopbackLive } from '../../../src/rehearsal/live/loopback-live.ts';
import { measure } from '../../../src/rehearsal/speech/loudness.ts';
import { ramp, setupFor, startStage } from './harness.ts';
import { sayRaw, saySdk } from './speaking.ts';
import { audioOf, count, story, timeOf } from './wire.ts';

const play = (ms: number) => ({ kind: 'play', pcm: ramp(ms), words: 'a long answer' }) as const;

test('garbage goes out as it is, and the session goes on', async () => {
  await using stage = await startStage();
  const client = await stage.rawReady();
  await stage.settle();
  const before = client.frames.length;
  for (const kind of ['invalid-json', 'empty', 'unknown-field', 'array', 'bad-audio'] as const) {
    stage.live.control.sendGarbage(kind);
  }
  stage.live.control.sendRaw('not even JSON');
  stage.live.control.send({ serverContent: { interrupted: true } });
  await stage.settle();
  const sent = client.frames.slice(before).map(({ text }) => text.trim());
  expect(sent).toEqual([
    '{"serverContent":',
    '{}',
    '{"weather":{"sunny":true},"serverContent":{"mood":"fine"}}',
    '[1,2,3]',
    expect.stringContaining('"data":"%%%"'),
    'not even JSON',
    JSON.stringify({ serverContent: { interrupted: true } }, null, 2),
  ]);
  sayRaw(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
});

test('garbage that Google’s SDK survives reaches its user untouched', async () => {
  await using stage = await startStage();
  const client = await stage.sdk();
  stage.live.control.sendGarbage('unknown-field');
  await stage.settle();
  expect(client.received.at(-1)?.message).toMatchObject({ weather: { sunny: true }, serverContent: { mood: 'fine' } });
});

test('one socket of several can be meant', async () => {
  await using stage = await startStage();
  const [first, second] = [await stage.rawReady(), await stage.rawReady()];
  stage.live.control.close(1011, 'The service is currently unavailable.', 2);
  expect(await stage.closeOf(second)).toEqual({ code: 1011, reason: 'The service is currently unavailable.' });
  expect(first.closed).toBeNull();
  stage.live.control.terminate();
  expect(await stage.closeOf(first)).toEqual({ code: 1006, reason: '' });
  await stage.passUntil(() => stage.events.filter(({ type }) => type === 'closed').length === 2);
  expect(stage.events.filter(({ type }) => type === 'closed')).toMatchObject([
    { connection: 2, code: 1011, by: 'server' },
    { connection: 1, code: 1006, by: 'server' },
  ]);
  expect(stage.live.openSockets).toBe(0);
});

test('a service that is deaf for a turn, then late, then stands still in the middle', async () => {
  await using stage = await startStage({ firstChunkDelayMs: 100 });
  const { control } = stage.live;
  const client = await stage.sdk();
  control.stayDeaf();
  saySdk(client);
  stage.clock.advance(20_000);
  await stage.settle();
  expect(story(client)).toEqual([]);
  control.delayNext(5000);
  const asked = stage.clock.now();
  saySdk(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(timeOf(client, 'audio') - asked).toBe(5100);
  control.stallNext({ afterMs: 1000, forMs: 8000 });
  control.nextAnswers(play(3000));
  const before = audioOf(client).length;
  saySdk(client);
  await stage.pass(6000);
  const stoodSince = timeOf(client, 'audio', -1);
  const half = audioOf(client).length - before;
  expect(half).toBeGreaterThan(800 * 24);
  expect(half).toBeLessThanOrEqual(1000 * 24);
  await stage.passUntil(() => audioOf(client).length - before > half);
  expect(stage.clock.now() - stoodSince).toBeGreaterThanOrEqual(8000);
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  expect(Array.from(audioOf(client).subarray(before))).toEqual(Array.from(ramp(3000)));
});

test('a socket that ends while an answer stands still leaves no timer behind', async () => {
  await using stage = await startStage({ handleIntervalMs: 500 });
  stage.live.control.stallNext({ afterMs: 100, forMs: 50_000 });
  stage.live.control.nextAnswers(play(3000));
  const client = await stage.rawReady();
  sayRaw(client);
  await stage.pass(1000);
  expect(stage.clock.pending).toBeGreaterThan(0);
  client.close();
  await stage.closeOf(client);
  await stage.passUntil(() => stage.live.openSockets === 0);
  expect(stage.clock.pending).toBe(0);
});

test('setup can be held back, or refused once with anything', async () => {
  await using stage = await startStage();
  stage.live.control.rejectNextSetup({ code: 1011, reason: 'You exceeded your current quota.' });
  const refused = await stage.rawReady();
  expect(refused.closed).toEqual({ code: 1011, reason: 'You exceeded your current quota.' });
  stage.live.control.holdSetup(true);
  const held = await stage.raw();
  held.send(setupFor('gemini-3.8-live'));
  stage.clock.advance(60_000);
  await stage.settle();
  expect(held.received).toEqual([]);
  stage.live.control.holdSetup(false);
  await stage.settle();
  expect(count(held, 'setupComplete')).toBe(1);
});

test('something of its own that fails closes the socket, and is told', async () => {
  await using stage = await startStage({
    respond() {
      throw new Error('no idea');
    },
  });
  const client = await stage.rawReady();
  sayRaw(client);
  expect(await stage.closeOf(client)).toEqual({ code: 1011, reason: 'Internal error encountered.' });
  expect(stage.events).toContainEqual(expect.objectContaining({ type: 'fault', error: new Error('no idea') }));
});

test('speech that fails in the middle of an answer is such a failure too', async () => {
  await using stage = await startStage({
    speech: {
      async speak(line) {
        if (line.startsWith('And')) throw new Error('the speech thread has died');
        return ramp(200);
      },
      recognise: async () => ({ best: null, others: [], loudness: measure(new Int16Array()) }),
    },
    respond: () => ({ kind: 'say', text: 'One sentence. And another.' }),
  });
  const client = await stage.rawReady();
  sayRaw(client);
  expect(await stage.closeOf(client)).toMatchObject({ code: 1011 });
  expect(stage.events).toContainEqual(
    expect.objectContaining({ type: 'fault', error: new Error('the speech thread has died') }),
  );
});

test('sockets can be refused in the handshake', async () => {
  await using stage = await startStage();
  stage.live.control.refuseSockets(429);
  await expect(stage.raw()).rejects.toThrow('Unexpected server response: 429');
  await expect(stage.sdk()).rejects.toThrow('Live connection failed before setup completed');
  stage.live.control.refuseSockets(null);
  await stage.raw();
});

test('a refused client that keeps its line open does not keep the server', async () => {
  const live = await startLoopbackLive();
  const line = connect({ port: Number(new URL(live.url).port), host: '127.0.0.1', allowHalfOpen: true });
  line.on('error', () => {});
  line.write('GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  const answer = await new Promise<string>((resolve) => line.once('data', (data) => resolve(data.toString())));
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  await live.close();
  line.destroy();
});

test('a message larger than any is not taken', async () => {
  await using stage = await startStage();
  const client = await stage.rawReady();
  client.sendFrame('x'.repeat(11 * 2 ** 20));
  expect(await stage.closeOf(client)).toMatchObject({ code: 1009 });
});

test('a client that reads nothing is cut off before its answers fill the memory', async () => {
  await using stage = await startStage();
  const client = await stage.rawReady();
  client.ws.pause();
  const frame = 'x'.repeat(8 * 2 ** 20);
  const closed = new Promise<void>((resolve) => stage.live.on(({ type }) => type === 'closed' && resolve()));
  for (let sent = 0; sent < 20; sent++) stage.live.control.sendRaw(frame);
  await closed;
  expect(stage.live.openSockets).toBe(0);
});

test('what is no socket is not found', async () => {
  await using stage = await startStage();
  expect((await fetch(stage.live.url)).status).toBe(404);
});

test('closing it twice, in the middle of an answer, ends every socket and every timer, and is no fault', async () => {
  const stage = await startStage();
  stage.live.control.nextAnswers(play(5000));
  const client = await stage.rawReady();
  sayRaw(client);
  await stage.passUntil(() => count(client, 'audio') > 1);
  await Promise.all([stage.live.close(), stage.live.close()]);
  expect(stage.live.openSockets).toBe(0);
  expect(stage.clock.pending).toBe(0);
  expect(stage.events.filter(({ type }) => type === 'fault')).toEqual([]);
  client.ws.terminate();
});
