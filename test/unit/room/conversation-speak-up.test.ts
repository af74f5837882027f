import { expect, test } from 'vitest';
import { toolDeclaration } from '../../kit/tool-declaration.ts';
import { SECOND, setUp } from './conversation-bench.ts';

const NOTE = '[Reminder for Ada: tea]';
const settled = ({ events }: Pick<ReturnType<typeof setUp>, 'events'>): boolean[] =>
  events.flatMap((event) => (event.type === 'spokeUp' ? [event.said] : []));

test('with nobody speaking it is said after a moment, and its answer is heard', () => {
  const { pass, wire, service, sound, heard, conversation, events } = setUp();
  conversation.speakUp(NOTE);
  pass(900);
  expect(wire).toEqual([]);
  pass(200);
  expect(wire).toEqual([`text ${NOTE}`]);
  expect(settled({ events })).toEqual([true]);
  service.audio(1, sound(SECOND / 2));
  service.generationComplete(1);
  pass(1000);
  expect(heard()).toBe(25);
});

test('it waits for whoever speaks, for the answer to them, and for the end of that', () => {
  const { pass, wire, service, sound, conversation } = setUp();
  pass(400, 'ada');
  conversation.speakUp(NOTE);
  pass(5_000, 'ada');
  pass(3_000);
  expect(wire.at(-1)).toBe('end');
  service.audio(1, sound(2 * SECOND));
  pass(1_500);
  service.generationComplete(1);
  pass(1_500);
  expect(wire.at(-1)).toBe('end');
  service.turnComplete(1);
  pass(900);
  expect(wire.at(-1)).toBe('end');
  pass(300);
  expect(wire.at(-1)).toBe(`text ${NOTE}`);
});

test('two come one after the other: the second waits for the answer to the first', () => {
  const { pass, wire, service, sound, conversation } = setUp();
  conversation.speakUp('[Reminder one]');
  conversation.speakUp('[Reminder two]');
  pass(5_000);
  expect(wire).toEqual(['text [Reminder one]']);
  service.audio(1, sound(SECOND / 2));
  service.generationComplete(1);
  service.turnComplete(1);
  pass(3_000);
  expect(wire).toEqual(['text [Reminder one]', 'text [Reminder two]']);
});

test('while the connection is lost it waits; after a minute it is given back', () => {
  const { pass, wire, conversation, events, connected } = setUp();
  connected(false);
  conversation.speakUp(NOTE);
  pass(20_000);
  expect(wire).toEqual([]);
  connected(true);
  pass(1_100);
  expect(wire).toEqual([`text ${NOTE}`]);
  connected(false);
  conversation.speakUp(NOTE);
  pass(60_100);
  expect(settled({ events })).toEqual([true, false]);
  connected(true);
  pass(5_000);
  expect(wire).toEqual([`text ${NOTE}`]);
});

/** A function is called and returns. */
function useTea({
  service,
  conversation,
  events,
}: Pick<ReturnType<typeof setUp>, 'service' | 'conversation' | 'events'>) {
  const declared = toolDeclaration('tea');
  service.toolCall([{ id: 'f1', name: 'tea', args: {}, declared, blocking: true, actorIds: ['ada'] }]);
  const request = events.flatMap((event) => (event.type === 'toolCall' ? [event.request] : [])).at(-1);
  return () => conversation.toolResult(request?.callId ?? '', { output: 'tea' });
}

test('while a function is called it waits for the result, and for what the model says of that', () => {
  const bench = setUp();
  const { pass, wire, service, conversation, sound } = bench;
  const result = useTea(bench);
  conversation.speakUp(NOTE);
  pass(3_000);
  expect(wire).toEqual([]);
  result();
  pass(3_000);
  service.audio(1, sound(SECOND));
  service.generationComplete(1);
  pass(3_000);
  expect(wire).toEqual([expect.stringMatching(/^respond/)]);
  service.turnComplete(1);
  pass(1_100);
  expect(wire.at(-1)).toBe(`text ${NOTE}`);
});

test('a model that says nothing of a result holds it up for a moment only', () => {
  const bench = setUp();
  useTea(bench)();
  bench.conversation.speakUp(NOTE);
  bench.pass(9_000);
  expect(bench.wire).toHaveLength(1);
  bench.pass(3_000);
  expect(bench.wire.at(-1)).toBe(`text ${NOTE}`);
});
