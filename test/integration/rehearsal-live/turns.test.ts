import { expect, test } from 'vitest';
import { defaultLiveOptions } from '../../../src/rehearsal/live/live-options.ts';
import { ramp, setupFor, startStage } from './harness.ts';
import { audio, END, START, sayRaw, saySdk, sound, text } from './speaking.ts';
import { audioOf, count, story, timeOf, type Wire, wordsOf } from './wire.ts';

const play = (ms: number, words = 'a long answer') => ({ kind: 'play', pcm: ramp(ms), words }) as const;

test('an answer comes several times faster than it plays, then its end, then the turn’s when it would be played', async () => {
  await using stage = await startStage({ firstChunkDelayMs: 200 });
  stage.live.control.nextAnswers(play(4000, 'one two three four five six seven eight'));
  const client = await stage.sdk();
  const asked = stage.clock.now();
  saySdk(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  const firstAudio = timeOf(client, 'audio');
  const sending = timeOf(client, 'audio', -1) - firstAudio;
  expect(firstAudio - asked).toBe(200);
  expect(sending).toBeGreaterThan(4000 / 8);
  expect(sending).toBeLessThan(4000 / 3);
  expect(timeOf(client, 'generationComplete') - timeOf(client, 'audio', -1)).toBeLessThanOrEqual(10);
  expect(timeOf(client, 'turnComplete') - firstAudio).toBe(4000);
  expect(story(client)).toEqual(['audio', 'generationComplete', 'turnComplete']);
  expect(Array.from(audioOf(client))).toEqual(Array.from(ramp(4000)));
  expect(wordsOf(client, 'output')).toBe('one two three four five six seven eight');
});

test('every message is pretty-printed JSON in a binary frame', async () => {
  await using stage = await startStage();
  const client = await stage.rawReady();
  sayRaw(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(client.frames.length).toBeGreaterThan(5);
  for (const { text: frame, binary } of client.frames) {
    expect(binary).toBe(true);
    expect(frame).toBe(`${JSON.stringify(JSON.parse(frame), null, 2)}\n`);
  }
});

const partsOf = (wire: Wire): number[] =>
  wire.received.flatMap(({ message }) => message.serverContent?.modelTurn?.parts?.length ?? []);

test('several parts come in one message on 3.x, one on 2.5', async () => {
  await using stage = await startStage({ random: defaultLiveOptions().random });
  stage.live.control.nextAnswers(play(3000), play(3000));
  const newer = await stage.sdk();
  saySdk(newer);
  await stage.passUntil(() => count(newer, 'turnComplete') === 1);
  expect(new Set(partsOf(newer))).toEqual(new Set([1, 2, 3]));
  expect(Array.from(audioOf(newer))).toEqual(Array.from(ramp(3000)));
  const older = await stage.sdk({ model: 'gemini-2.5-flash-native-audio-preview-12-2025' });
  saySdk(older);
  await stage.passUntil(() => count(older, 'turnComplete') === 1);
  expect(new Set(partsOf(older))).toEqual(new Set([1]));
  expect(Array.from(audioOf(older))).toEqual(Array.from(ramp(3000)));
});

test('bare {} frames come in between', async () => {
  await using stage = await startStage({ random: () => 0.01 });
  const client = await stage.rawReady();
  sayRaw(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(client.frames[0]?.text).toContain('setupComplete');
  expect(client.frames.filter(({ text: frame }) => frame === '{}\n').length).toBeGreaterThan(5);
});

test('usage comes with turnComplete, in the same message, and is the whole context again', async () => {
  await using stage = await startStage();
  const client = await stage.sdk({ config: { systemInstruction: 'Be brief, be kind.' } });
  for (let turn = 1; turn <= 2; turn++) {
    client.session.sendClientContent({ turns: 'forty characters of a question, said so' });
    await stage.passUntil(() => count(client, 'turnComplete') === turn);
  }
  const usages = client.received.filter(({ message }) => message.usageMetadata);
  expect(usages.map(({ message }) => message.serverContent?.turnComplete)).toEqual([true, true]);
  const [first, second] = usages.map(({ message }) => message.usageMetadata);
  const [instruction, question, answer] = [5, 10, 10];
  expect(first?.promptTokensDetails).toEqual([{ modality: 'TEXT', tokenCount: instruction + question }]);
  expect(first?.responseTokensDetails).toEqual([{ modality: 'AUDIO', tokenCount: answer }]);
  expect(second?.promptTokensDetails).toEqual([
    { modality: 'TEXT', tokenCount: instruction + 2 * question },
    { modality: 'AUDIO', tokenCount: answer },
  ]);
  for (const usage of [first, second]) {
    const { promptTokenCount = 0, responseTokenCount = 0, totalTokenCount } = usage ?? {};
    expect(totalTokenCount).toBe(promptTokenCount + responseTokenCount);
    const told = usage?.promptTokensDetails?.reduce((sum, { tokenCount = 0 }) => sum + tokenCount, 0) ?? 0;
    expect(promptTokenCount - told).toBeGreaterThanOrEqual(25);
  }
});

test('compression drops the oldest turns from what is billed', async () => {
  await using stage = await startStage();
  const compression = { triggerTokens: '60', slidingWindow: { targetTokens: '20' } };
  const client = await stage.rawReady(setupFor('gemini-3.8-live', { contextWindowCompression: compression }));
  for (let turn = 1; turn <= 6; turn++) {
    client.send(text('forty characters of a question, said so'));
    await stage.passUntil(() => count(client, 'turnComplete') === turn);
  }
  const prompts = client.received.flatMap(({ message }) => message.usageMetadata?.promptTokenCount ?? []);
  expect(prompts).toEqual([42, 62, 82, 62, 82, 62]);
});

test.each([100, 300, 600])(
  'speech over an answer: interrupted %i ms later, then turnComplete, and nothing old',
  async (delay) => {
    await using stage = await startStage();
    stage.live.control.interruptedDelay(delay);
    stage.live.control.nextAnswers(play(8000));
    const client = await stage.sdk();
    saySdk(client);
    await stage.passUntil(() => count(client, 'audio') > 5);
    const from = stage.clock.now();
    client.session.sendRealtimeInput({ activityStart: {} });
    await stage.passUntil(() => count(client, 'interrupted') === 1);
    const stopped = client.received.length;
    expect(timeOf(client, 'interrupted') - from).toBe(delay);
    expect(timeOf(client, 'audio', -1)).toBeGreaterThan(from);
    expect(timeOf(client, 'turnComplete')).toBe(timeOf(client, 'interrupted'));
    await stage.pass(10_000);
    expect(story(client)).toEqual(['audio', 'interrupted', 'turnComplete']);
    expect(client.received.slice(stopped).some(({ message }) => message.serverContent?.modelTurn)).toBe(false);
    expect(audioOf(client).length).toBeLessThan(8000 * 24);
    expect(
      client.received.find(({ message }) => message.serverContent?.turnComplete)?.message.usageMetadata,
    ).toBeDefined();
    expect(stage.live.windows[0]?.answer?.interrupted).toBe(true);
  },
);

test('what interrupted is answered next, on its own', async () => {
  await using stage = await startStage();
  stage.live.control.nextAnswers(play(8000), play(100, 'the second'));
  const client = await stage.sdk();
  saySdk(client);
  await stage.passUntil(() => count(client, 'audio') > 5);
  saySdk(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  expect(story(client).slice(1)).toEqual([
    'interrupted',
    'turnComplete',
    'audio',
    'generationComplete',
    'turnComplete',
  ]);
  expect(Array.from(audioOf(client).slice(-2400))).toEqual(Array.from(ramp(100)));
  expect(wordsOf(client, 'output')).toMatch(/the second$/);
});

test('before its first audio a turn is interrupted all the same', async () => {
  await using stage = await startStage({ firstChunkDelayMs: 1000 });
  const client = await stage.sdk();
  saySdk(client);
  await stage.pass(50);
  client.session.sendRealtimeInput({ activityStart: {} });
  await stage.pass(3000);
  expect(story(client)).toEqual(['interrupted', 'turnComplete']);
});

test('while the client is assumed to play, what was said in full is still interrupted', async () => {
  await using stage = await startStage();
  stage.live.control.nextAnswers(play(4000));
  const client = await stage.sdk();
  saySdk(client);
  await stage.passUntil(() => count(client, 'generationComplete') === 1);
  client.session.sendRealtimeInput({ activityStart: {} });
  await stage.pass(1000);
  expect(story(client)).toEqual(['audio', 'generationComplete', 'interrupted', 'turnComplete']);
});

test('without interruption the answer goes on, and the next follows', async () => {
  await using stage = await startStage();
  stage.live.control.nextAnswers(play(3000), play(100));
  const client = await stage.rawReady(
    setupFor('gemini-3.8-live', {
      realtimeInputConfig: { automaticActivityDetection: { disabled: true }, activityHandling: 'NO_INTERRUPTION' },
    }),
  );
  sayRaw(client);
  await stage.passUntil(() => count(client, 'audio') > 5);
  sayRaw(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  expect(story(client)).toEqual(Array(2).fill(['audio', 'generationComplete', 'turnComplete']).flat());
});

test('content interrupts, and each that waits is interrupted too', async () => {
  await using stage = await startStage();
  stage.live.control.nextAnswers(play(8000));
  const client = await stage.rawReady();
  client.send(text('tell me a story'));
  await stage.passUntil(() => count(client, 'audio') > 5);
  client.send(text('no, another'));
  client.send(text('no, none at all'));
  await stage.passUntil(() => count(client, 'turnComplete') === 3);
  const stopped = ['interrupted', 'turnComplete'];
  expect(story(client)).toEqual(['audio', ...stopped, ...stopped, 'audio', 'generationComplete', 'turnComplete']);
});

test('content without an end stops the answer, and says nothing itself', async () => {
  await using stage = await startStage();
  stage.live.control.nextAnswers(play(8000));
  const client = await stage.sdk();
  saySdk(client);
  await stage.passUntil(() => count(client, 'audio') > 5);
  client.session.sendClientContent({ turnComplete: false });
  await stage.pass(2000);
  expect(story(client)).toEqual(['audio', 'interrupted', 'turnComplete']);
  saySdk(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
});

test('content without an end holds the floor: what follows is answered with it', async () => {
  const heard: { texts: readonly string[]; cause: string }[] = [];
  await using stage = await startStage({
    respond({ texts, cause }) {
      heard.push({ texts, cause });
      return { kind: 'nothing' };
    },
  });
  const client = await stage.sdk();
  client.session.sendClientContent({ turns: 'Anna is speaking.', turnComplete: false });
  saySdk(client);
  await stage.pass(2000);
  expect(story(client)).toEqual([]);
  client.session.sendClientContent({ turnComplete: true });
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(heard).toEqual([{ texts: ['Anna is speaking.'], cause: 'text' }]);
});

test('nothing to answer makes it greet, and typed text interrupts and is answered', async () => {
  const causes: string[] = [];
  await using stage = await startStage({
    respond({ cause }) {
      causes.push(cause);
      return play(3000);
    },
  });
  const client = await stage.rawReady(setupFor('gemini-3.8-live', { realtimeInputConfig: {} }));
  client.send({ clientContent: { turns: [], turnComplete: true } });
  await stage.passUntil(() => count(client, 'audio') > 5);
  client.send({ realtimeInput: { text: 'a question' } });
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  expect(causes).toEqual(['greeting', 'text']);
  expect(story(client)).toContain('interrupted');
});

test('one that asks in the middle of a window is heard from its start', async () => {
  await using stage = await startStage();
  const client = await stage.rawReady();
  client.send(START);
  client.send(audio(sound(100)));
  await stage.pass(5000);
  client.send(audio(sound(100)));
  client.send(END);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  const [window] = stage.live.windows;
  expect(window?.audioMs).toBe(200);
  expect((window?.endedAt ?? 0) - (window?.startedAt ?? 0)).toBe(5000);
});
