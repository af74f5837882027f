import { expect, test } from 'vitest';
import { profileOf } from '../../../src/catalogue/models.ts';
import { createOpenCalls } from '../../../src/live/open-calls.ts';
import { toolDeclaration } from '../../kit/tool-declaration.ts';

const tools = [
  toolDeclaration('roll'),
  toolDeclaration('look_up', { blocking: false, scheduling: 'INTERRUPT' }),
  toolDeclaration('note', { blocking: false, scheduling: 'SILENT' }),
];

function setUp(model = 'gemini-3.8-live') {
  let latest = 1;
  const calls = createOpenCalls({
    profile: profileOf(model).profile,
    declared: (name) => tools.find((tool) => tool.name === name) ?? null,
    latest: () => latest,
  });
  const call = (...named: string[]) =>
    calls.called(
      named.map((it) => ({ id: it, name: it.replace(/\d$/, ''), args: {} })),
      ['ada'],
    );
  const answer = (...ids: string[]) =>
    calls
      .answered(ids.map((id) => ({ id, name: id.replace(/\d$/, ''), response: { output: 1 } })))
      .messages.map(({ responses }) => responses.map(({ id, scheduling }) => `${id} ${scheduling ?? ''}`.trim()));
  const say = (generation: number): void => {
    latest = generation;
    calls.heard(generation);
  };
  return { calls, call, answer, say };
}

test('all that the model waits for is answered in one message, also if it called in several', () => {
  const { calls, call, answer } = setUp();
  call('roll1', 'roll2');
  call('roll3');
  expect(answer('roll2', 'roll3')).toEqual([]);
  expect(calls.blocked).toBe(true);
  expect(answer('roll1')).toEqual([['roll2', 'roll3', 'roll1']]);
  expect(calls.open).toBe(false);
});

test('results of the background go out one by one, with their scheduling, but not while the model waits', () => {
  const { calls, call, answer } = setUp();
  call('look_up1', 'note1');
  expect(calls.blocked).toBe(false);
  expect(answer('look_up1')).toEqual([['look_up1 INTERRUPT']]);
  call('roll1');
  expect(answer('note1')).toEqual([]);
  expect(answer('roll1')).toEqual([['roll1'], ['note1 SILENT']]);
});

test('what a model does not have is not said: neither a background nor a scheduling', () => {
  const sync = setUp('gemini-3.1-flash-live-preview');
  expect(sync.call('look_up1')).toMatchObject([{ blocking: true, declared: { name: 'look_up' }, actorIds: ['ada'] }]);
  expect(sync.answer('look_up1')).toEqual([['look_up1']]);
  const async = setUp('gemini-3.8-live-extended-thinking');
  expect(async.call('roll1')).toMatchObject([{ blocking: false }]);
  expect(async.answer('roll1')).toEqual([['roll1']]);
});

test('a function that was never declared is one that the model waits for', () => {
  const { call, answer } = setUp();
  expect(call('dream1')).toMatchObject([{ blocking: true, declared: null }]);
  expect(answer('dream1')).toEqual([['dream1']]);
});

test('a response that the model need not speak of says so where it can', () => {
  const { calls, call } = setUp();
  call('look_up1', 'roll1');
  const { messages } = calls.answered([
    { id: 'roll1', name: 'roll', response: {}, quiet: true },
    { id: 'look_up1', name: 'look_up', response: {}, quiet: true },
  ]);
  expect(messages).toMatchObject([
    { silent: false, responses: [{ id: 'roll1' }] },
    { silent: true, responses: [{ id: 'look_up1', scheduling: 'SILENT' }] },
  ]);
  expect(JSON.stringify(messages)).not.toContain('quiet');
});

test('a call that is cancelled makes the others whole, and a response to one that is not open is a stray', () => {
  const { calls, call, answer } = setUp();
  call('roll1', 'roll2');
  expect(answer('roll1')).toEqual([]);
  expect(calls.cancel(['roll2', 'unknown'])).toEqual(['roll2']);
  expect(answer()).toEqual([['roll1']]);
  expect(calls.answered([{ id: 'roll1', name: 'roll', response: {} }])).toEqual({ messages: [], strays: 1 });
});

test('an interruption kills what the model waited for, also what has its response and had not arrived; the background lives on', () => {
  const { calls, call, answer } = setUp();
  call('look_up1', 'roll1', 'roll2');
  expect(answer('roll1')).toEqual([]);
  expect([...calls.interrupted()].toSorted()).toEqual(['roll1', 'roll2']);
  expect(answer('look_up1')).toEqual([['look_up1 INTERRUPT']]);
  call('roll3');
  answer('roll3');
  expect(calls.interrupted()).toEqual(['roll3']);
});

test('a response has arrived when something comes after it, one of the background when an answer begins after it', () => {
  const { calls, call, answer, say } = setUp();
  call('roll1', 'look_up1');
  answer('roll1', 'look_up1');
  say(1);
  expect(calls.interrupted()).toEqual([]);
  call('look_up2');
  answer('look_up2');
  say(2);
  expect(calls.clear()).toEqual([]);
  call('look_up3', 'roll3');
  answer('look_up3');
  expect([...calls.clear()].toSorted()).toEqual(['look_up3', 'roll3']);
});
