import { expect, test } from 'vitest';
import { toolDeclaration } from '../../kit/tool-declaration.ts';
import { createLiveHarness, handleMessage } from './harness.ts';

const call = (...ids: string[]): object => ({
  toolCall: { functionCalls: ids.map((id) => ({ id, name: 'roll', args: { sides: 6 } })) },
});
const response = (id: string) => ({ id, name: 'roll', response: { output: 4 } });

test('all calls of one message are answered in one', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.latest().rest();
  live.latest().says(call('a', 'b'));
  live.session.answerTools([response('b')]);
  expect(live.latest().rest()).toEqual([]);
  live.session.answerTools([response('a'), response('stray')]);
  expect(live.latest().expect('toolResponse')).toEqual({ functionResponses: [response('b'), response('a')] });
  expect(live.calls).toEqual(['a', 'b']);
  expect(live.counts.get('live_tool_responses_stray_total')).toBe(1);
});

test('no input goes to the model while a call is open, and then all of it, in order', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.latest().rest();
  live.latest().says(call('a'));
  live.speak();
  live.session.sendText('and now');
  expect(live.latest().rest()).toEqual([]);
  live.session.answerTools([response('a')]);
  expect(live.latest().rest()).toEqual([
    'toolResponse',
    'activityStart',
    'text',
    'audio',
    'activityEnd',
    'clientContent',
  ]);
});

test.each([
  ['gemini-3.8-live-extended-thinking', {}],
  ['gemini-3.8-live', { tools: [toolDeclaration('roll', { blocking: false })] }],
])('a call in the background leaves %s listening', (model, options) => {
  const live = createLiveHarness({ model, ...options });
  live.start();
  live.speak();
  live.latest().rest();
  live.latest().says(call('a'));
  live.speak();
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'activityEnd']);
});

test('a call that is interrupted, cancelled or lost needs no answer any more', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.latest().says(call('a', 'b', 'c'));
  live.latest().says({ toolCallCancellation: { ids: ['a', 'unknown'] } });
  live.latest().says({ serverContent: { interrupted: true } });
  live.latest().says(call('d'));
  live.latest().ends();
  expect(live.told.filter((it) => it.startsWith('cancelled'))).toEqual([
    'cancelled a: announced',
    'cancelled b c: interrupted',
    'cancelled d: dropped',
  ]);
  live.latest().becomesReady();
  live.session.answerTools([response('d')]);
  expect(live.latest().rest()).not.toContain('toolResponse');
});

test('a call that takes its time is no silence of the service', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.latest().says(call('a'));
  live.latest().rest();
  live.clock.advance(120_000);
  expect(live.latest().rest()).toEqual([]);
  expect(live.latest().end).toBe('open');
});

test('silence after a tool response is met with a nudge', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.latest().says(call('a'));
  live.session.answerTools([response('a')]);
  live.latest().rest();
  live.clock.advance(8_000);
  expect(live.latest().rest()).toEqual(['clientContent']);
});

test('a question that has only led to calls is asked again after a drop; one of which something was said is not', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.latest().says(call('a'));
  live.latest().ends();
  live.latest().becomesReady();
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'activityEnd']);
  live.latest().says(call('b'));
  live.session.answerTools([response('b')]);
  live.answers('four');
  live.latest().ends();
  live.latest().becomesReady();
  expect(live.latest().rest()).not.toContain('activityStart');
  expect(live.told.filter((it) => /audio|turnComplete/.test(it))).toEqual(['audio 1', 'turnComplete 1']);
});

test('a response that a drop may have swallowed is told of, one that was followed by an answer is not', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.latest().says(call('a'));
  live.session.answerTools([response('a')]);
  live.latest().ends();
  live.latest().becomesReady();
  live.latest().says(call('b'));
  live.session.answerTools([response('b')]);
  live.answers();
  live.latest().ends();
  expect(live.told.filter((it) => it.startsWith('cancelled'))).toEqual(['cancelled a: dropped']);
});

test('nothing is asked of the model for a result that it is not to speak of', () => {
  const tools = [toolDeclaration('roll', { blocking: false, scheduling: 'SILENT' })];
  const live = createLiveHarness({ tools });
  live.start();
  live.speak();
  live.latest().says(call('a'));
  live.finishes();
  live.latest().rest();
  live.session.answerTools([response('a')]);
  expect(live.latest().expect('toolResponse')).toMatchObject({ functionResponses: [{ scheduling: 'SILENT' }] });
  live.clock.advance(30_000);
  expect(live.latest().rest()).toEqual([]);
  expect(live.latest().end).toBe('open');
});

test('half a character in a result never reaches the service', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.latest().rest();
  live.latest().says(call('a'));
  live.session.answerTools([{ id: 'a', name: 'roll', response: { output: 'cut \ud83d' } }]);
  expect(live.latest().expect('toolResponse')).toMatchObject({
    functionResponses: [{ response: { output: 'cut \ufffd' } }],
  });
});

test('code that the service runs may take its time; what it ran and found is told with the answer that it is for', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.latest().rest();
  const parts = (part: object): object => ({ serverContent: { modelTurn: { role: 'model', parts: [part] } } });
  live.latest().says(parts({ executableCode: { language: 'PYTHON', code: 'print(4)' } }));
  live.clock.advance(40_000);
  expect(live.latest().end).toBe('open');
  live.latest().says(parts({ codeExecutionResult: { outcome: 'OUTCOME_OK', output: '4' } }));
  const web = { uri: 'https://example.org/', title: 'example.org' };
  const grounding = { webSearchQueries: ['four'], groundingChunks: [{ web }] };
  live.answers();
  live.latest().says({ serverContent: { groundingMetadata: grounding, turnComplete: true } });
  expect(live.told.filter((it) => /code|result|grounding|turnComplete/.test(it))).toEqual([
    'code 1',
    'result 1',
    'grounding 1 four https://example.org/',
    'turnComplete 1',
  ]);
  expect(live.latest().rest()).toEqual([]);
});

test('after a drop the model is told which results of the background will not come', () => {
  const live = createLiveHarness({ tools: [toolDeclaration('roll', { blocking: false })] });
  live.start();
  live.latest().says(handleMessage('h1'));
  live.speak();
  live.latest().says(call('a'));
  live.answers('I am looking');
  live.finishes();
  live.latest().ends();
  live.latest().becomesReady();
  live.speak();
  expect(JSON.stringify(live.latest().sent)).toContain('will give no result any more: roll.');
});

test('of calls to a question that is asked again after a drop nothing is said: they will come again too', () => {
  const live = createLiveHarness({ tools: [toolDeclaration('roll', { blocking: false })] });
  live.start();
  live.latest().says(handleMessage('h1'));
  live.speak();
  live.latest().says(call('a'));
  live.latest().ends();
  live.latest().becomesReady();
  expect(live.latest().rest()).toContain('activityStart');
  expect(JSON.stringify(live.latest().sent)).not.toContain('no result');
});
