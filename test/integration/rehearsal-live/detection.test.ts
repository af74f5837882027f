import type { LiveConnectConfig } from '@google/genai';
import { expect, test } from 'vitest';
import type { SdkClient } from './clients.ts';
import { startStage } from './harness.ts';
import { streamSdk } from './speaking.ts';
import { joined, shareSpeech, silence } from './speech.ts';
import { count, story, wordsOf } from './wire.ts';

const speech = shareSpeech();
const AUTOMATIC: LiveConnectConfig = { inputAudioTranscription: {} };
const ANSWERED = ['audio', 'generationComplete', 'turnComplete'];

test('left to the service, speech is found in the stream and answered when it is quiet again', async () => {
  await using stage = await startStage(speech.options);
  const client = await stage.sdk({ config: AUTOMATIC });
  const words = await speech.load('goforward');
  streamSdk(client, joined(silence(1000), words, silence(1000)));
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(wordsOf(client, 'input')).toBe('Go forward ten meters.');
  expect(story(client)).toEqual(ANSWERED);
  const [window] = stage.live.windows;
  expect(window?.audioMs).toBeLessThan(words.length / 16 + 1200);
  expect(stage.rules).toEqual([]);
});

test('a stream that stops short of silence leaves the turn open, until it says that it has ended', async () => {
  await using stage = await startStage(speech.options);
  const client: SdkClient = await stage.sdk({ config: AUTOMATIC });
  const words = await speech.load('barge-in');
  streamSdk(client, words.slice(0, words.findLastIndex((sample) => Math.abs(sample) > 600)));
  await stage.pass(5000);
  expect(stage.live.windows).toMatchObject([{ endedAt: null }]);
  expect(story(client)).toEqual([]);
  client.session.sendRealtimeInput({ audioStreamEnd: true });
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(wordsOf(client, 'input')).toBe('Wait, stop, one more thing.');
});

test('speech over the answer interrupts it', async () => {
  await using stage = await startStage(speech.options);
  const client = await stage.sdk({ config: AUTOMATIC });
  streamSdk(client, joined(await speech.load('meeting'), silence(1000)));
  await stage.passUntil(() => count(client, 'audio') > 3);
  streamSdk(client, joined(await speech.load('barge-in'), silence(1000)));
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  expect(story(client)).toEqual(['audio', 'interrupted', 'turnComplete', ...ANSWERED]);
  expect(stage.live.windows.map(({ recognition }) => recognition?.best?.id)).toEqual(['meeting', 'barge-in']);
});

test.each([
  [undefined, 1],
  [200, 2],
])('a pause of half a second within what is said, when silence of %s ms ends a turn', async (silenceDurationMs, windows) => {
  await using stage = await startStage(speech.options);
  const detection = silenceDurationMs === undefined ? {} : { silenceDurationMs };
  const client = await stage.sdk({ config: { realtimeInputConfig: { automaticActivityDetection: detection } } });
  const words = await speech.load('barge-in');
  streamSdk(client, joined(words, silence(400), words, silence(1000)));
  await stage.passUntil(() => stage.events.filter(({ type }) => type === 'turnComplete').length === windows);
  expect(stage.live.windows).toHaveLength(windows);
});
