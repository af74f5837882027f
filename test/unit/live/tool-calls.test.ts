import { expect, test } from 'vitest';
import { createLiveHarness } from './harness.ts';

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

test('a model that calls in the background goes on listening', () => {
  const live = createLiveHarness({ model: 'gemini-3.8-live-extended-thinking' });
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
  expect(live.told.filter((it) => it.startsWith('cancelled'))).toEqual(['cancelled a', 'cancelled b c', 'cancelled d']);
  live.latest().becomesReady();
  live.session.answerTools([response('d')]);
  expect(live.latest().rest()).toEqual([]);
});

test('a call that nobody answers is failed after 45 s, so that the room is not deaf for ever', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.latest().rest();
  live.latest().says(call('a'));
  live.clock.advance(45_000);
  expect(live.latest().expect('toolResponse')).toMatchObject({ functionResponses: [{ id: 'a', response: {} }] });
  live.speak();
  expect(live.latest().rest()).toContain('activityStart');
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
