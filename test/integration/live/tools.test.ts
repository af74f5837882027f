import { expect, test } from 'vitest';
import type { Answer, Heard } from '../../../src/rehearsal/live/answer.ts';
import { HALF_CASCADE } from '../../../src/rehearsal/live/models.ts';
import { toolDeclaration } from '../../kit/tool-declaration.ts';
import { answerSound } from './harness.ts';
import { MODELS, startToolRoom } from './tools-stage.ts';

const roll = toolDeclaration('roll', { parameters: { type: 'OBJECT', properties: { sides: { type: 'INTEGER' } } } });
const lookUp = toolDeclaration('look_up', { blocking: false });
const note = toolDeclaration('note', { blocking: false, scheduling: 'SILENT' });
const call = (...names: string[]): Answer => ({ kind: 'call', calls: names.map((name) => ({ name, args: { n: 1 } })) });
const words = (text: string): Answer => ({ kind: 'play', pcm: answerSound(60), words: text });

/** Says what it was told. */
const tellResults = ({ cause, toolResponses, texts }: Heard): Answer =>
  words(cause === 'toolResponse' ? toolResponses.map(({ response }) => JSON.stringify(response)).join() : texts.join());

test.each(MODELS.map(({ id }) => id))(
  '%s: calls of all kinds, in one message, are each answered once and as the model wants it',
  async (model) => {
    const room = await startToolRoom({ model, tools: [roll, lookUp, note], live: { respond: tellResults } });
    room.live.control.nextAnswers(call('roll', 'look_up', 'note', 'roll'));
    room.say('do it');
    const calls = await room.calls(4);
    expect(calls.map(({ name, args }) => [name, args])).toEqual(
      ['roll', 'look_up', 'note', 'roll'].map((name) => [name, { n: 1 }]),
    );
    for (const [at, each] of calls.toReversed().entries()) room.answer(each, { output: at });
    await room.untilSeen('toolResponse', 4);
    expect(room.responses()).toHaveLength(4);
    room.say('and now?');
    await room.untilSaid('and now?');
    expect(room.rejected()).toEqual([]);
    expect(room.live.violations).toEqual([]);
    expect(room.told('problem')).toEqual([]);
    expect(room.live.setups).toHaveLength(1);
  },
);

test('an executor that hangs costs an error and not the room: the model speaks of it, and what comes late is dropped', async () => {
  const room = await startToolRoom({ tools: [roll], live: { respond: tellResults } });
  room.live.control.nextAnswers(call('roll'));
  room.say('roll');
  const [request] = await room.calls();
  room.clock.skip(11_001);
  await room.untilSeen('toolResponse');
  expect(room.responses()).toEqual([{ error: 'the function gave no result in time' }]);
  expect(room.told('toolCancelled')).toMatchObject([{ callId: request?.callId }]);
  if (request) room.answer(request, { output: 4 });
  room.say('and now?');
  await room.untilSaid('and now?');
  expect(room.responses()).toHaveLength(1);
  expect(room.live.violations).toEqual([]);
});

test('typed text waits for the result that the model waits for', async () => {
  const room = await startToolRoom({ tools: [roll], live: { respond: tellResults } });
  room.live.control.nextAnswers(call('roll'));
  room.say('roll');
  const [request] = await room.calls();
  room.say('hurry');
  if (request) room.answer(request, { output: 4 });
  await room.untilSeen('clientContent', 2);
  expect(room.responses()).toEqual([{ output: 4 }]);
  expect(room.live.violations).toEqual([]);
});

test('a call of the background leaves the conversation going, and its result is spoken of when it comes', async () => {
  const room = await startToolRoom({ tools: [lookUp], live: { respond: tellResults } });
  room.live.control.nextAnswers(call('look_up'));
  room.say('look it up');
  const [request] = await room.calls();
  room.say('how are you?');
  await room.untilSaid('how are you?');
  expect(room.responses()).toEqual([]);
  if (request) room.answer(request, { output: 'found' });
  await room.untilSaid('found');
  expect(room.live.violations).toEqual([]);
});

test('a connection that is lost during a call: the question is asked again, and the same call gets the first result', async () => {
  const room = await startToolRoom({ tools: [roll], live: { respond: tellResults } });
  room.live.control.nextAnswers(call('roll'), call('roll'));
  room.say('roll');
  const [request] = await room.calls();
  room.live.control.terminate();
  await room.untilSeen('toolCall', 2);
  if (request) room.answer(request, { output: 4 });
  await room.untilSaid('{"output":4}');
  expect(await room.calls()).toHaveLength(1);
  expect(room.told('toolCancelled')).toEqual([]);
  expect(room.live.violations).toEqual([]);
});

test('a connection that is lost before the result was heard of: nothing is done twice', async () => {
  const room = await startToolRoom({ tools: [roll], live: { respond: tellResults, firstChunkDelayMs: 500 } });
  room.live.control.nextAnswers(call('roll'), call('roll'));
  room.say('roll');
  const [request] = await room.calls();
  if (request) room.answer(request, { output: 4 });
  await room.untilSeen('toolResponse');
  room.live.control.terminate();
  await room.untilSaid('{"output":4}');
  expect(await room.calls()).toHaveLength(1);
  expect(room.responses()).toEqual([{ output: 4 }, { output: 4 }]);
  expect(room.live.violations).toEqual([]);
});

test('stopping ends a call: the model is told, and says nothing that is heard', async () => {
  const room = await startToolRoom({ tools: [lookUp], live: { respond: tellResults } });
  room.live.control.nextAnswers(call('look_up'));
  room.say('look it up');
  await room.calls();
  await room.untilSeen('turnComplete');
  room.order({ type: 'stop', roomId: 'r1' });
  expect(await room.until('stopped')).toMatchObject([{ had: true }]);
  await room.untilSeen('toolResponse');
  expect(room.responses()).toEqual([{ error: 'cancelled' }]);
  expect(await room.until('toolCancelled')).toHaveLength(1);
  expect(room.live.violations).toEqual([]);
});

test('functions that come and go are in force between two turns, in the same conversation', async () => {
  const room = await startToolRoom({ tools: [roll], live: { respond: tellResults } });
  await room.until('handle');
  room.say('hello');
  const { settings } = room;
  room.order({ type: 'settings', roomId: 'r1', settings, revision: 1, tools: [roll, lookUp] });
  await room.until('session', 2);
  room.live.control.nextAnswers(call('look_up'));
  room.say('look it up');
  expect(await room.calls()).toMatchObject([{ name: 'look_up' }]);
  expect(room.told('session')).toMatchObject([{ resumed: false }, { resumed: true }]);
  const names = room.live.setups.map((setup) => JSON.stringify(setup).match(/look_up|roll/g));
  expect(names).toEqual([
    ['roll', 'roll'],
    ['roll', 'roll', 'look_up', 'look_up'],
  ]);
  expect(room.live.violations).toEqual([]);
});

test('search and code are told of with what they brought', async () => {
  const room = await startToolRoom({
    model: HALF_CASCADE.id,
    switches: { code_execution: true },
    live: { respond: tellResults },
  });
  const source = { uri: 'https://a.example/', title: 'a.example' };
  room.live.control.nextAnswers({
    kind: 'play',
    pcm: answerSound(60),
    words: 'one, and it is high',
    runs: [{ code: 'print(1)', output: '1' }],
    search: { queries: ['peaks'], sources: [source, source] },
  });
  room.say('compute and search');
  expect(await room.until('sources')).toMatchObject([{ queries: ['peaks'], sources: [source] }]);
  expect(room.told('code')).toMatchObject([{ language: 'python', code: 'print(1)', outcome: 'ok', output: '1' }]);
  expect(room.live.violations).toEqual([]);
});
