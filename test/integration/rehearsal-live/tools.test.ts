import { Behavior, FunctionResponseScheduling, type LiveConnectConfig } from '@google/genai';
import { expect, test } from 'vitest';
import type { Answer, Heard } from '../../../src/rehearsal/live/answer.ts';
import { MANUAL, type SdkClient } from './clients.ts';
import { ramp, startStage } from './harness.ts';
import { blob, saySdk, sound } from './speaking.ts';
import { audioOf, count, story, wordsOf } from './wire.ts';

const MODEL_2_5 = 'gemini-2.5-flash-native-audio-preview-12-2025';
const MODEL_3_1 = 'gemini-3.1-flash-live-preview';
const DONE = ['audio', 'generationComplete', 'turnComplete'];

const withFunctions = (behaviors: Readonly<Record<string, Behavior>>): LiveConnectConfig => ({
  ...MANUAL,
  tools: [{ functionDeclarations: Object.entries(behaviors).map(([name, behavior]) => ({ name, behavior })) }],
});
const BLOCKING = withFunctions({ roll: Behavior.BLOCKING });
const NON_BLOCKING = withFunctions({ roll: Behavior.NON_BLOCKING });
const roll: Answer = { kind: 'call', calls: [{ name: 'roll', args: { sides: 6 }, id: 'call-1' }] };
const say = (words: string): Answer => ({ kind: 'play', pcm: ramp(200), words });

function answer({ session }: SdkClient, id: string, more: object = {}, name = 'roll'): void {
  session.sendToolResponse({ functionResponses: [{ id, name, response: { output: 4 }, ...more }] });
}

/** Says what it was told by tools. */
function tellResults({ cause, toolResponses }: Heard): Answer {
  if (cause !== 'toolResponse') return say('something else');
  return say(toolResponses.map(({ name, response }) => `${name} says ${JSON.stringify(response)}`).join(' and '));
}

test('a call that blocks: nothing is said until it is answered, then its result in the same turn', async () => {
  await using stage = await startStage({ respond: tellResults });
  stage.live.control.nextAnswers(roll);
  const client = await stage.sdk({ config: BLOCKING });
  saySdk(client);
  await stage.pass(5000);
  expect(story(client)).toEqual(['toolCall']);
  expect(client.received.flatMap(({ message }) => message.toolCall?.functionCalls ?? [])).toEqual([
    { id: 'call-1', name: 'roll', args: { sides: 6 } },
  ]);
  answer(client, 'call-1');
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(story(client)).toEqual(['toolCall', ...DONE]);
  expect(wordsOf(client, 'output')).toBe('roll says {"output":4}');
  expect(stage.rules).toEqual([]);
});

test('a call that does not block: the turn ends, and the result is a turn of its own', async () => {
  await using stage = await startStage({ respond: tellResults });
  stage.live.control.nextAnswers({ ...roll, meanwhile: { kind: 'play', pcm: ramp(200), words: 'one moment:' } });
  const client = await stage.sdk({ config: NON_BLOCKING });
  saySdk(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  answer(client, 'call-1', { scheduling: FunctionResponseScheduling.WHEN_IDLE });
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  expect(story(client)).toEqual(['toolCall', ...DONE, ...DONE]);
  expect(wordsOf(client, 'output')).toBe('one moment:roll says {"output":4}');
  expect(stage.rules).toEqual([]);
});

test('a result that may interrupt does, one that may not waits, a silent one is only remembered', async () => {
  await using stage = await startStage({ respond: tellResults });
  const calls = ['a', 'b', 'c'].map((id) => ({ name: 'roll', id }));
  const meanwhile = { kind: 'play', pcm: ramp(8000), words: 'a long story' } as const;
  stage.live.control.nextAnswers({ kind: 'call', calls, meanwhile });
  const client = await stage.sdk({ config: NON_BLOCKING });
  saySdk(client);
  await stage.passUntil(() => count(client, 'audio') > 5);
  answer(client, 'a', { scheduling: FunctionResponseScheduling.SILENT });
  answer(client, 'b', { scheduling: FunctionResponseScheduling.WHEN_IDLE });
  await stage.pass(1000);
  expect(story(client)).toEqual(['toolCall', 'audio']);
  answer(client, 'c', { scheduling: FunctionResponseScheduling.INTERRUPT });
  await stage.passUntil(() => count(client, 'turnComplete') === 3);
  await stage.pass(5000);
  expect(story(client)).toEqual(['toolCall', 'audio', 'interrupted', 'turnComplete', ...DONE, ...DONE]);
});

test('a result waits while somebody speaks, even one that may interrupt', async () => {
  await using stage = await startStage({ respond: tellResults });
  stage.live.control.nextAnswers(roll);
  const client = await stage.sdk({ config: NON_BLOCKING });
  saySdk(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  client.session.sendRealtimeInput({ activityStart: {} });
  client.session.sendRealtimeInput({ audio: blob(sound(100)) });
  answer(client, 'call-1', { scheduling: FunctionResponseScheduling.INTERRUPT });
  await stage.pass(3000);
  expect(count(client, 'audio')).toBe(0);
  client.session.sendRealtimeInput({ activityEnd: {} });
  await stage.passUntil(() => count(client, 'turnComplete') === 3);
  expect(wordsOf(client, 'output')).toBe('roll says {"output":4}something else');
});

test('a result that comes in parts is told part by part', async () => {
  await using stage = await startStage({ respond: tellResults });
  stage.live.control.nextAnswers(roll);
  const client = await stage.sdk({ config: NON_BLOCKING });
  saySdk(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  answer(client, 'call-1', { willContinue: true });
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  answer(client, 'call-1');
  await stage.passUntil(() => count(client, 'turnComplete') === 3);
  expect(stage.rules).toEqual([]);
  answer(client, 'call-1');
  await stage.settle();
  expect(stage.rules).toEqual(['duplicate-tool-response']);
});

test.each([MODEL_2_5, MODEL_3_1])('%s closes the socket over input while a call has no answer', async (model) => {
  await using stage = await startStage();
  stage.live.control.nextAnswers(roll);
  const client = await stage.sdk({ model, config: BLOCKING });
  saySdk(client);
  await stage.passUntil(() => count(client, 'toolCall') === 1);
  client.session.sendRealtimeInput({ activityEnd: {} });
  await stage.settle();
  expect(client.closed).toBeNull();
  client.session.sendRealtimeInput({ activityStart: {} });
  expect(await stage.closeOf(client)).toEqual({
    code: 1008,
    reason: 'Operation is not implemented, or supported, or enabled.',
  });
});

test('3.8 cancels the call instead, says nothing of it, and ignores what comes of it', async () => {
  await using stage = await startStage();
  stage.live.control.nextAnswers({ ...roll, reissued: true });
  const client = await stage.sdk({ config: BLOCKING });
  saySdk(client);
  await stage.passUntil(() => count(client, 'toolCall') === 1);
  saySdk(client);
  answer(client, 'call-1');
  await stage.passUntil(() => count(client, 'toolCall') === 2);
  expect(story(client)).toEqual(['toolCall', 'interrupted', 'turnComplete', 'toolCall']);
  expect(stage.rules).toEqual(['input-during-call']);
  expect(stage.events).toContainEqual(
    expect.objectContaining({ type: 'toolResponse', id: 'call-1', ignored: true, response: { output: 4 } }),
  );
  const [, again] = client.received.flatMap(({ message }) => message.toolCall?.functionCalls ?? []);
  expect(again).toMatchObject({ name: 'roll', args: { sides: 6 } });
  expect(again?.id).not.toBe('call-1');
  answer(client, again?.id ?? '');
  await stage.passUntil(() => count(client, 'generationComplete') === 1);
  expect(audioOf(client)).toHaveLength(400 * 24);
});

test('audio alone overtakes a call on 3.8 too', async () => {
  await using stage = await startStage();
  stage.live.control.nextAnswers(roll);
  const client = await stage.sdk({ config: BLOCKING });
  saySdk(client);
  await stage.passUntil(() => count(client, 'toolCall') === 1);
  client.session.sendRealtimeInput({ audio: blob(sound(20)) });
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(stage.rules).toEqual(['input-during-call', 'audio-outside-window']);
});

test('where it is announced, a cancelled call is told before the turn ends', async () => {
  await using stage = await startStage();
  stage.live.control.nextAnswers(roll);
  stage.live.control.announceCancellation(true);
  const client = await stage.sdk({ config: BLOCKING });
  saySdk(client);
  await stage.passUntil(() => count(client, 'toolCall') === 1);
  client.session.sendClientContent({ turns: 'never mind' });
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  expect(story(client)).toEqual(['toolCall', 'toolCallCancellation', 'interrupted', 'turnComplete', ...DONE]);
  expect(client.received.flatMap(({ message }) => message.toolCallCancellation?.ids ?? [])).toEqual(['call-1']);
});

test('several calls of one message are answered in one message', async () => {
  await using stage = await startStage({ respond: tellResults });
  const calls = [
    { name: 'roll', id: 'a' },
    { name: 'roll', id: 'b' },
  ];
  stage.live.control.nextAnswers({ kind: 'call', calls }, { kind: 'call', calls: calls.map(({ name }) => ({ name })) });
  const client = await stage.sdk({ config: BLOCKING });
  saySdk(client);
  await stage.passUntil(() => count(client, 'toolCall') === 1);
  const responses = ['a', 'b'].map((id) => ({ id, name: 'roll', response: { output: id } }));
  client.session.sendToolResponse({ functionResponses: responses });
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(wordsOf(client, 'output')).toBe('roll says {"output":"a"} and roll says {"output":"b"}');
  expect(stage.rules).toEqual([]);
  saySdk(client);
  await stage.passUntil(() => count(client, 'toolCall') === 2);
  const ids = client.received.flatMap(({ message }) => message.toolCall?.functionCalls ?? []).slice(2);
  for (const { id = '' } of ids) answer(client, id);
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  expect(new Set(ids.map(({ id }) => id)).size).toBe(2);
  expect(stage.rules).toEqual(['incomplete-tool-response']);
});

test('calls of both kinds in one message: both are answered, and the next question is answered as asked', async () => {
  await using stage = await startStage({ respond: tellResults });
  const calls = [
    { name: 'roll', id: 'a' },
    { name: 'look', id: 'b' },
  ];
  stage.live.control.nextAnswers({ kind: 'call', calls });
  const config = withFunctions({ roll: Behavior.BLOCKING, look: Behavior.NON_BLOCKING });
  const client = await stage.sdk({ config });
  saySdk(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  answer(client, 'a');
  answer(client, 'b', {}, 'look');
  await stage.passUntil(() => count(client, 'turnComplete') === 3);
  saySdk(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 4);
  expect(wordsOf(client, 'output')).toBe('roll says {"output":4}look says {"output":4}something else');
});

test('scheduling where there is none is noted', async () => {
  await using stage = await startStage();
  stage.live.control.nextAnswers(roll, { ...roll, calls: [{ name: 'roll', id: 'call-2' }] });
  const client = await stage.sdk({ config: BLOCKING });
  saySdk(client);
  await stage.passUntil(() => count(client, 'toolCall') === 1);
  answer(client, 'call-1', { scheduling: FunctionResponseScheduling.WHEN_IDLE });
  const thinking = await stage.sdk({ model: 'gemini-3.8-live-extended-thinking', config: NON_BLOCKING });
  saySdk(thinking);
  await stage.passUntil(() => count(thinking, 'toolCall') === 1);
  answer(thinking, 'call-2', { scheduling: FunctionResponseScheduling.SILENT });
  await stage.settle();
  expect(stage.rules).toEqual(['scheduling-unavailable', 'scheduling-unavailable']);
});

test('what is answered to a result can be scripted, another call for instance', async () => {
  await using stage = await startStage();
  const again: Answer = { kind: 'call', calls: [{ name: 'roll', id: 'call-2' }], followUp: say('eight in all') };
  stage.live.control.nextAnswers({ kind: 'call', calls: [{ name: 'roll', id: 'call-1' }], followUp: again });
  const client = await stage.sdk({ config: BLOCKING });
  saySdk(client);
  await stage.passUntil(() => count(client, 'toolCall') === 1);
  answer(client, 'call-1');
  await stage.passUntil(() => count(client, 'toolCall') === 2);
  answer(client, 'call-2');
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(wordsOf(client, 'output')).toBe('eight in all');
});
