import { expect, test } from 'vitest';
import { jpegOf } from '../../kit/jpeg.ts';
import { setupFor, startStage } from './harness.ts';
import { audio, blob, END, input, START, sayRaw, saySdk, sound, streamSdk } from './speaking.ts';
import { joined, silence } from './speech.ts';
import { audioOf, count, story } from './wire.ts';

const MODEL_2_5 = 'gemini-2.5-flash-native-audio-preview-12-2025';
const pcm = (rate: number, bytes: number) =>
  input({ audio: { data: Buffer.alloc(bytes, 7).toString('base64'), mimeType: `audio/pcm;rate=${rate}` } });

const IMAGE = input({ video: { data: Buffer.from(jpegOf(64, 48)).toString('base64'), mimeType: 'image/jpeg' } });

test.each<[string, readonly object[], readonly string[]]>([
  ['audio between two windows', [START, audio(sound(100)), END, audio(sound(20))], ['audio-outside-window']],
  ['a start within a window', [START, START, audio(sound(100)), END], ['double-activity-start']],
  ['an end without a start', [END], ['activity-end-without-start']],
  ['a second end', [START, audio(sound(100)), END, END], ['activity-end-without-start']],
  ['an empty window', [START, END], ['empty-window']],
  ['the end of a stream in manual mode', [START, input({ audioStreamEnd: true })], ['audio-stream-end-in-manual-mode']],
  ['half a sample', [START, pcm(16_000, 641), END], ['odd-byte-count']],
  ['a foreign rate', [START, pcm(48_000, 1920), END], ['foreign-sample-rate']],
  [
    'two fields in one message',
    [input({ activityStart: {}, audio: blob(sound(100)) })],
    ['several-fields-in-realtime-input'],
  ],
  ['input without a field', [input({})], ['empty-realtime-input']],
  ['an image outside any window', [IMAGE], ['image-outside-window']],
  ['text outside any window', [input({ text: 'hello' })], ['text-outside-window']],
  ['more than one image a second', [START, IMAGE, IMAGE, audio(sound(20)), END], ['video-rate']],
])('%s is noted, and the session goes on', async (_what, messages, rules) => {
  await using stage = await startStage();
  const client = await stage.rawReady();
  for (const message of messages) client.send(message);
  await stage.settle();
  expect(stage.rules).toEqual(rules);
  expect(stage.live.violations[0]).toMatchObject({ session: 'session-1', at: stage.clock.now() });
  expect(stage.events).toContainEqual(expect.objectContaining({ type: 'violation' }));
  expect(client.closed).toBeNull();
});

test('the SDK can break these rules too', async () => {
  await using stage = await startStage();
  const { session, ws } = await stage.sdk();
  session.sendRealtimeInput({ activityEnd: {} });
  session.sendRealtimeInput({ activityStart: {} });
  session.sendRealtimeInput({ activityStart: {} });
  session.sendRealtimeInput({ activityEnd: {} });
  session.sendRealtimeInput({ audioStreamEnd: true });
  session.sendRealtimeInput({});
  await stage.settle();
  expect(stage.rules).toEqual([
    'activity-end-without-start',
    'double-activity-start',
    'empty-window',
    'audio-stream-end-in-manual-mode',
    'empty-realtime-input',
  ]);
  expect(ws.readyState).toBe(ws.OPEN);
});

test('deprecated chunks are noted on 2.5, and of several the first is heard', async () => {
  await using stage = await startStage();
  const client = await stage.rawReady(setupFor(MODEL_2_5));
  client.send(START);
  client.send(input({ mediaChunks: [blob(sound(40)), blob(sound(700))] }));
  client.send(input({ mediaChunks: [{ data: 'AAAA', mimeType: 'image/jpeg' }] }));
  client.send(END);
  await stage.settle();
  expect(stage.live.windows[0]?.audioMs).toBe(40);
  expect(stage.rules).toEqual(['deprecated-field', 'deprecated-field']);
});

test('deprecated options of transcription are noted', async () => {
  await using stage = await startStage();
  await stage.rawReady(setupFor('gemini-3.8-live', { inputAudioTranscription: { adaptationPhrases: ['Parley'] } }));
  expect(stage.rules).toEqual(['deprecated-field']);
});

test('a client that sends its text in binary frames is noted', async () => {
  await using stage = await startStage();
  const client = await stage.raw();
  client.sendFrame(Buffer.from(JSON.stringify(setupFor('gemini-3.8-live'))));
  await stage.passUntil(() => count(client, 'setupComplete') === 1);
  expect(stage.rules).toEqual(['binary-frame']);
});

test('a client that cannot wait for setupComplete is noted, and answered after it', async () => {
  await using stage = await startStage();
  const client = await stage.raw();
  stage.live.control.holdSetup(true);
  client.send(setupFor('gemini-3.8-live'));
  sayRaw(client);
  await stage.pass(3000);
  expect(client.received).toEqual([]);
  stage.live.control.holdSetup(false);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(client.received[0]?.message).toEqual({ setupComplete: {} });
  expect(stage.rules).toEqual(Array(3).fill('input-before-setup-complete'));
  expect(stage.live.windows[0]?.audioMs).toBe(100);
});

test('a window is heard sample by sample, and one after the other', async () => {
  await using stage = await startStage();
  const client = await stage.sdk();
  saySdk(client, sound(330));
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  saySdk(client, sound(50));
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  const [first, second] = stage.live.windows;
  expect(Array.from(first?.pcm ?? [])).toEqual(Array.from(sound(330)));
  expect(second).toMatchObject({
    index: 1,
    session: 'session-1',
    audioMs: 50,
    answer: { words: 'this is what I say' },
  });
  expect(audioOf(client)).toHaveLength(2 * 400 * 24);
  expect(stage.rules).toEqual([]);
});

test('a broken sample costs that sample, a foreign rate is resampled', async () => {
  await using stage = await startStage();
  const client = await stage.rawReady();
  for (const message of [START, pcm(16_000, 641), END, START, pcm(48_000, 1920), END]) client.send(message);
  await stage.settle();
  expect(stage.live.windows.map(({ audioMs }) => audioMs)).toEqual([20, 20]);
});

test('text in a window is part of it, and a window of text alone is not empty', async () => {
  await using stage = await startStage();
  const client = await stage.sdk();
  client.session.sendRealtimeInput({ activityStart: {} });
  client.session.sendRealtimeInput({ text: 'typed' });
  client.session.sendRealtimeInput({ activityEnd: {} });
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(stage.live.windows[0]).toMatchObject({ texts: ['typed'], audioMs: 0 });
  expect(stage.rules).toEqual([]);
});

test('an empty window is answered with an empty turn', async () => {
  await using stage = await startStage({ respond: () => ({ kind: 'nothing' }) });
  const client = await stage.sdk();
  client.session.sendRealtimeInput({ activityStart: {} });
  client.session.sendRealtimeInput({ activityEnd: {} });
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(story(client)).toEqual(['generationComplete', 'turnComplete']);
});

test('a wrong message ends everything it held: nothing of it is taken', async () => {
  await using stage = await startStage();
  const client = await stage.rawReady();
  client.send(START);
  client.send(input({ audio: { data: 'AAAA', mimeType: 'audio/mp3' }, text: 'hello', activityEnd: {} }));
  expect(await stage.closeOf(client)).toMatchObject({ code: 1007 });
  expect(stage.live.windows[0]).toMatchObject({ texts: [], endedAt: null });
  expect(stage.clock.pending).toBe(0);
});

test('more audio than is kept: the oldest windows lose theirs', async () => {
  await using stage = await startStage({ keptAudioMs: 250 });
  const client = await stage.sdk();
  for (let turn = 1; turn <= 3; turn++) {
    saySdk(client, sound(200));
    await stage.passUntil(() => count(client, 'turnComplete') === turn);
  }
  saySdk(client, sound(10));
  await stage.settle();
  expect(stage.live.windows.map(({ pcm: kept }) => kept.length)).toEqual([0, 0, 3200, 160]);
  expect(stage.live.windows.map(({ audioMs }) => audioMs)).toEqual([200, 200, 200, 10]);
});

test.each([
  [800, 'by default', undefined, 1],
  [200, 'where that is asked for', 200, 2],
])('%i ms of silence end what is said %s', async (_ms, _when, silenceDurationMs, windows) => {
  await using stage = await startStage();
  const detection = silenceDurationMs === undefined ? {} : { silenceDurationMs };
  const client = await stage.sdk({ config: { realtimeInputConfig: { automaticActivityDetection: detection } } });
  streamSdk(client, joined(sound(600), silence(500), sound(600), silence(1000)));
  await stage.pass(2000);
  expect(stage.live.windows.map(({ endedAt }) => endedAt)).toEqual(Array(windows).fill(expect.any(Number)));
});
