import { expect, test } from 'vitest';
import type { FunctionCall } from '../../../src/live/live-session.ts';
import type { RoomEvent } from '../../../src/room/protocol.ts';
import { GRACE_MS, REPEAT_MS } from '../../../src/room/tool-calls-state.ts';
import { MOST_CUES } from '../../../src/room/working-cue.ts';
import { toolDeclaration } from '../../kit/tool-declaration.ts';
import { SECOND, setUp } from './conversation-bench.ts';

const DEADLINE_MS = 10_000;

function call(id: string, traits: Partial<FunctionCall> & { scheduling?: 'SILENT' } = {}): FunctionCall {
  const { blocking = true, scheduling, ...others } = traits;
  const declared = toolDeclaration('roll', { blocking, deadlineMs: DEADLINE_MS, ...(scheduling && { scheduling }) });
  return { id, name: 'roll', args: { sides: 6 }, declared, blocking, actorIds: ['ada'], ...others };
}

const toolEvents = (events: readonly RoomEvent[]): string[] =>
  events.flatMap((it) => {
    if (it.type === 'toolCall') return [`call ${it.request.callId}`];
    return it.type === 'toolCancelled' ? [`cancelled ${it.callId}`] : [];
  });

test('a call is handed over with who asked and until when, and its result goes back to the model', () => {
  const { service, conversation, events, wire, clock } = setUp();
  service.toolCall([call('f1')]);
  const deadlineAt = clock.now() + DEADLINE_MS + GRACE_MS;
  expect(events).toEqual([
    {
      type: 'toolCall',
      roomId: 'r',
      request: { callId: 'call-1', name: 'roll', args: { sides: 6 }, actorIds: ['ada'], deadlineAt },
    },
  ]);
  conversation.toolResult('call-1', { output: { rolled: 4 } });
  conversation.toolResult('call-1', { output: 'again' });
  expect(wire).toEqual(['respond f1 {"output":{"rolled":4}}']);
});

test('speech stops what the model waits for: the call is cancelled and answered before people are heard', () => {
  const { service, conversation, events, wire, pass, counts } = setUp();
  service.toolCall([call('f1'), call('f2')]);
  conversation.toolResult('call-1', { output: 1 });
  pass(400, 'ada');
  expect(wire.slice(0, 3)).toEqual(['respond f1 {"output":1}', 'respond f2 {"error":"cancelled"}', 'start ADA']);
  expect(toolEvents(events)).toEqual(['call call-1', 'call call-2', 'cancelled call-2']);
  conversation.toolResult('call-2', { output: 2 });
  expect(wire.filter((line) => line.startsWith('respond'))).toHaveLength(2);
  expect(counts.get('tool_results_late_total')).toBe(1);
});

test('a cough is no speech: the call goes on', () => {
  const { service, wire, pass } = setUp();
  service.toolCall([call('f1')]);
  pass(40, 'ada');
  pass(1_000);
  expect(wire).toEqual([]);
});

test('speech leaves a call of the background alone, and its result comes when it comes', () => {
  const { service, conversation, events, wire, pass } = setUp();
  service.toolCall([call('f1', { blocking: false })]);
  pass(400, 'ada');
  conversation.toolResult('call-1', { output: 4 });
  expect(wire).toEqual(['start ADA', 'audio', 'respond f1 {"output":4}']);
  expect(toolEvents(events)).toEqual(['call call-1']);
});

test('a call that crosses with speech is not begun at all', () => {
  const { service, events, wire, pass } = setUp();
  pass(400, 'ada');
  service.toolCall([call('f1'), call('f2', { blocking: false })]);
  expect(wire.at(-1)).toBe('respond f1 {"error":"cancelled"}');
  expect(toolEvents(events)).toEqual(['call call-1']);
});

test('whoever executes may hang: the room answers at the deadline, and what comes late is dropped', () => {
  const { service, conversation, events, wire, clock, counts } = setUp();
  service.toolCall([call('f1')]);
  clock.advance(DEADLINE_MS + GRACE_MS - 1);
  expect(wire).toEqual([]);
  clock.advance(1);
  expect(wire).toEqual([expect.stringMatching(/^respond f1 {"error":"the function gave no result in time"}/)]);
  expect(toolEvents(events)).toEqual(['call call-1', 'cancelled call-1']);
  conversation.toolResult('call-1', { output: 4 });
  expect(wire).toHaveLength(1);
  expect(counts.get('tool_results_late_total')).toBe(1);
});

test('a call that was lost in mid-execution and comes again joins the execution; nothing is done twice', () => {
  const { service, conversation, events, wire } = setUp();
  service.toolCall([call('f1')]);
  service.toolCallCancellation(['f1'], 'interrupted');
  service.toolCall([call('f2', { args: { sides: 6 } })]);
  conversation.toolResult('call-1', { output: 4 });
  expect(wire).toEqual(['respond f2 {"output":4}']);
  expect(toolEvents(events)).toEqual(['call call-1']);
});

test('a call whose response was lost gets the first result, in whatever order its arguments come', () => {
  const { service, conversation, events, wire } = setUp();
  service.toolCall([call('f1', { args: { a: 1, b: { c: 2, d: [3] } } })]);
  conversation.toolResult('call-1', { output: 4 });
  service.toolCallCancellation(['f1'], 'dropped');
  service.toolCall([call('f2', { args: { b: { d: [3], c: 2 }, a: 1 } })]);
  expect(wire).toEqual(['respond f1 {"output":4}', 'respond f2 {"output":4}']);
  expect(toolEvents(events)).toEqual(['call call-1']);
});

test('what is not the same call runs anew: other arguments, other members, the same twice, or a result that has arrived', () => {
  const { service, conversation, events } = setUp();
  service.toolCall([call('f1')]);
  conversation.toolResult('call-1', { output: 4 });
  service.toolCall([call('f2')]);
  service.toolCallCancellation(['f2'], 'interrupted');
  service.toolCall([call('f3', { args: { sides: 8 } }), call('f4', { actorIds: ['ben'] }), call('f5'), call('f6')]);
  expect(toolEvents(events)).toEqual(['call call-1', 'call call-2', 'call call-3', 'call call-4', 'call call-5']);
});

test('after a new turn of people everything runs anew, and what was still running for nobody is stopped', () => {
  const { service, conversation, events, pass } = setUp();
  service.toolCall([call('f1')]);
  service.toolCallCancellation(['f1'], 'interrupted');
  pass(400, 'ada');
  pass(1_000);
  service.toolCall([call('f2')]);
  conversation.toolResult('call-2', { output: 4 });
  service.toolCallCancellation(['f2'], 'interrupted');
  conversation.say('roll again');
  service.toolCall([call('f3')]);
  expect(toolEvents(events)).toEqual(['call call-1', 'cancelled call-1', 'call call-2', 'call call-3']);
});

test('a call that does not come again is stopped after a while', () => {
  const { service, events, clock } = setUp();
  service.toolCall([call('f1')]);
  service.toolCallCancellation(['f1'], 'interrupted');
  clock.advance(REPEAT_MS);
  expect(toolEvents(events)).toEqual(['call call-1', 'cancelled call-1']);
  service.toolCall([call('f2')]);
  expect(toolEvents(events)).toContain('call call-2');
});

test('a call that the model takes back is stopped at once', () => {
  const { service, events, wire } = setUp();
  service.toolCall([call('f1')]);
  service.toolCallCancellation(['f1'], 'announced');
  expect(toolEvents(events)).toEqual(['call call-1', 'cancelled call-1']);
  expect(wire).toEqual([]);
});

test('stop ends every call, answered so that nothing is said of it', () => {
  const { service, conversation, events, wire } = setUp();
  service.toolCall([call('f1'), call('f2', { blocking: false })]);
  expect(conversation.stop()).toBe(true);
  expect(wire).toEqual(['respond f1 {"error":"cancelled"} quietly', 'respond f2 {"error":"cancelled"} quietly']);
  expect(toolEvents(events).slice(2)).toEqual(['cancelled call-1', 'cancelled call-2']);
  expect(conversation.stop()).toBe(false);
});

test('what a model says of a call that was stopped is not heard, what it answers next is', () => {
  const { service, conversation, pass, sound, heard } = setUp();
  service.toolCall([call('f1', { blocking: false })]);
  service.turnComplete(1);
  conversation.stop();
  service.audio(2, sound(SECOND));
  service.turnComplete(2);
  pass(1_200);
  expect(heard()).toBe(0);
  conversation.say('and now?');
  service.audio(3, sound(SECOND));
  pass(1_200);
  expect(heard()).toBeGreaterThan(40);
});

test('a reset and the end of the room stop every call without a word to the model', () => {
  for (const end of ['reset', 'release'] as const) {
    const { service, conversation, events, wire } = setUp();
    service.toolCall([call('f1'), call('f2', { blocking: false })]);
    conversation[end]();
    expect(toolEvents(events).slice(2)).toEqual(['cancelled call-1', 'cancelled call-2']);
    expect(wire.filter((line) => line.startsWith('respond'))).toEqual([]);
  }
});

test('a function that does not exist, and arguments without end, are refused without being carried out', () => {
  const { service, events, wire } = setUp();
  let deep: Record<string, unknown> = {};
  for (let i = 0; i < 10_000; i++) deep = { deep };
  service.toolCall([call('f1', { name: 'dream', declared: null }), call('f2', { args: deep })]);
  expect(wire).toEqual([
    'respond f1 {"error":"there is no function called dream"}',
    'respond f2 {"error":"the arguments are nested too deeply"}',
  ]);
  expect(events).toEqual([]);
});

test('a model that calls without end is told that it is too much', () => {
  const { service, events, wire } = setUp();
  service.toolCall(Array.from({ length: 20 }, (_, i) => call(`f${i}`, { args: { i } })));
  expect(toolEvents(events)).toHaveLength(16);
  expect(wire).toHaveLength(4);
});

test('a call that takes long is heard as a soft tone, a few times, over nobody', () => {
  const { service, sound, pass, heard } = setUp();
  service.toolCall([call('f1', { blocking: false })]);
  pass(1_900);
  expect(heard()).toBe(0);
  pass(500);
  expect(heard()).toBeGreaterThan(0);
  pass(2_300, 'ada');
  heard();
  pass(600, 'ada');
  expect(heard()).toBe(0);
  pass(700);
  expect(heard()).toBeGreaterThan(0);
  service.audio(1, sound(3 * SECOND));
  service.generationComplete(1);
  pass(3_500);
  // The answer, and a tone after it at most.
  expect(heard()).toBeLessThanOrEqual(150 + 8);
  pass(60_000);
  expect(heard()).toBeLessThanOrEqual(MOST_CUES * 8);
});

test.each([
  ['that is over', (id: string) => call(id, { blocking: false }), true],
  ['of which nothing will be said', (id: string) => call(id, { blocking: false, scheduling: 'SILENT' }), false],
] as const)('nobody waits for a call %s, and no tone says so', (_what, make, answered) => {
  const { service, conversation, pass, heard } = setUp();
  service.toolCall([make('f1')]);
  if (answered) conversation.toolResult('call-1', { output: 1 });
  pass(10_000);
  expect(heard()).toBe(0);
});

test('sources are told once, when their answer is over; late ones after it; code when its outcome is known', () => {
  const { service, events } = setUp();
  const source = (name: string) => ({ uri: `https://${name}.example/`, title: name });
  service.grounding(1, { queries: ['peaks'], sources: [source('a')] });
  service.code(1, { type: 'code', language: 'python', code: 'print(1)' });
  expect(events).toEqual([]);
  service.code(1, { type: 'result', outcome: 'ok', output: '1' });
  service.code(1, { type: 'code', language: 'python', code: 'while 1: pass' });
  service.grounding(1, { queries: ['peaks', 'alps'], sources: [source('b'), source('a')] });
  service.turnComplete(1);
  service.grounding(1, { queries: ['alps'], sources: [source('c')] });
  service.turnComplete(2);
  expect(events.filter(({ type }) => type === 'sources' || type === 'code')).toEqual([
    { type: 'code', roomId: 'r', language: 'python', code: 'print(1)', outcome: 'ok', output: '1' },
    { type: 'code', roomId: 'r', language: 'python', code: 'while 1: pass', outcome: null, output: '' },
    { type: 'sources', roomId: 'r', queries: ['peaks', 'alps'], sources: [source('a'), source('b')] },
    { type: 'sources', roomId: 'r', queries: [], sources: [source('c')] },
  ]);
});

test('what was found for a conversation that is forgotten is told to nobody', () => {
  const { service, conversation, events } = setUp();
  service.grounding(1, { queries: ['peaks'], sources: [] });
  conversation.reset();
  service.turnComplete(1);
  expect(events.filter(({ type }) => type === 'sources')).toEqual([]);
});
