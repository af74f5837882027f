import { expect, test } from 'vitest';
import type { RoomEvent } from '../../../src/room/protocol.ts';
import type { TypedTurn } from '../../../src/types/typed-turn.ts';
import { jpegOf } from '../../kit/jpeg.ts';
import { SECOND, setUp } from './conversation-bench.ts';

const typed = (turnId: string, more: Partial<TypedTurn> = {}): TypedTurn => ({
  ...{ turnId, text: turnId, authorIds: ['ada'], images: [], context: [], speech: null, wantsSound: false },
  ...more,
});

/** Of each typed turn what was told of it, in order. */
const told = (events: readonly RoomEvent[]): string[] =>
  events.flatMap((event) =>
    event.type === 'typedAnswer'
      ? [`${event.turnId} ${event.answer.status}${'text' in event.answer ? `: ${event.answer.text}` : ''}`]
      : [],
  );

const ended = (events: readonly RoomEvent[]): string[] => told(events).filter((it) => !it.includes('growing'));

const transcript = (events: readonly RoomEvent[]): string[] =>
  events.flatMap((event) =>
    event.type === 'transcript' && event.final
      ? [`${event.role}${event.speakerIds.map((id) => ` ${id}`).join()}: ${event.text}${event.interrupted ? ' …' : ''}`]
      : [],
  );

type Room = ReturnType<typeof setUp>;

/** The model answers with that much sound, as fast as it does. */
function answer({ service, sound }: Room, generation: number, text: string, seconds = 1, part = 1): void {
  service.audio(generation, sound(seconds * SECOND));
  service.outputTranscript(generation, text.slice(0, Math.ceil(text.length * part)));
}

function finish({ service }: Room, generation: number): void {
  service.generationComplete(generation);
  service.turnComplete(generation);
}

test('what is typed is asked at once in a quiet room, told as far as it was heard, and done when it was heard whole', () => {
  const room = setUp();
  const { conversation, wire, events, pass } = room;
  conversation.typed(typed('t1'));
  pass(40);
  expect(wire).toEqual(['turn t1']);
  const text = 'It is eight thousand metres high, and nobody lives on the top of it.';
  answer(room, 1, text, 4);
  pass(2_000);
  const growing = told(events);
  expect(growing.length).toBeGreaterThan(1);
  expect(growing.length).toBeLessThan(4);
  for (const line of growing) expect(`t1 growing: ${text}`.startsWith(line)).toBe(true);
  finish(room, 1);
  pass(1_500);
  expect(ended(events)).toEqual([]);
  pass(1_000);
  expect(ended(events)).toEqual([`t1 done: ${text}`]);
});

test('it waits for the open window, its answer and the end of playout; several wait in their order', () => {
  const room = setUp();
  const { conversation, wire, events, pass } = room;
  pass(600, 'ada');
  conversation.typed(typed('t1'));
  conversation.typed(typed('t2'));
  pass(1_000);
  expect(wire.at(-1)).toBe('end');
  answer(room, 1, 'Hello.', 1);
  finish(room, 1);
  pass(900);
  expect(wire.at(-1)).toBe('end');
  pass(400);
  expect(wire.at(-1)).toBe('turn t1');
  answer(room, 2, 'One.', 1);
  pass(600);
  expect(wire.at(-1)).toBe('turn t1');
  finish(room, 2);
  pass(800);
  expect(wire.at(-1)).toBe('turn t2');
  answer(room, 3, 'Two.', 1);
  finish(room, 3);
  pass(1_500);
  expect(ended(events)).toEqual(['t1 done: One.', 't2 done: Two.']);
  expect(transcript(events)).toEqual(['model: Hello.', 'user ada: t1', 'model: One.', 'user ada: t2', 'model: Two.']);
});

test('a barge-in cuts it to what was heard, and the model is told so', () => {
  const room = setUp();
  const { conversation, service, wire, events, pass } = room;
  conversation.typed(typed('t1'));
  pass(40);
  const text = 'one two three four five six seven eight nine ten';
  answer(room, 1, text, 5);
  pass(2_000);
  pass(600, 'ada');
  const [end = ''] = ended(events);
  expect(end).toMatch(/^t1 cut: one two/);
  const heard = end.slice('t1 cut: '.length);
  expect(heard.length).toBeLessThan(text.length / 1.5);
  expect(wire.find((line) => line.startsWith('start'))).toContain(`only up to: "${heard}"`);
  service.interrupted(1);
  service.turnComplete(1, 'cut');
  expect(transcript(events)).toEqual(['user ada: t1', `model: ${heard} …`]);
});

test('who speaks before its answer has begun is answered first; then it is asked again, and nothing is written down twice', () => {
  const room = setUp();
  const { conversation, wire, events, pass } = room;
  conversation.typed(typed('t1'));
  pass(40);
  pass(600, 'ben');
  pass(700);
  answer(room, 1, 'Yes, Ben.', 1);
  finish(room, 1);
  pass(1_500);
  expect(wire.filter((line) => line.startsWith('turn'))).toEqual([
    'turn t1',
    expect.stringMatching(/^turn This was typed before.* \| t1$/),
  ]);
  answer(room, 2, 'And yes.', 1);
  finish(room, 2);
  pass(1_500);
  expect(ended(events)).toEqual(['t1 done: And yes.']);
  expect(transcript(events).filter((it) => it.includes('t1'))).toHaveLength(1);
});

test('stop cuts it and lets the next through at once, whatever still comes of the old answer', () => {
  const room = setUp();
  const { conversation, service, wire, events, pass, heard } = room;
  conversation.typed(typed('t1'));
  conversation.typed(typed('t2'));
  pass(40);
  answer(room, 1, 'one two three four five six', 10);
  pass(2_000);
  expect(conversation.stop()).toBe(true);
  pass(140);
  expect(wire.at(-1)).toMatch(/^turn Your last answer was interrupted.* \| t2$/);
  expect(ended(events)).toEqual([expect.stringMatching(/^t1 cut: one two/)]);
  heard();
  answer(room, 1, ' seven', 3);
  pass(200);
  expect(heard()).toBe(0);
  service.interrupted(1);
  service.turnComplete(1, 'cut');
  answer(room, 2, 'Two.', 1);
  finish(room, 2);
  pass(1_500);
  expect(ended(events).at(-1)).toBe('t2 done: Two.');
  expect(transcript(events)).toEqual([
    'user ada: t1',
    expect.stringMatching(/^model: one two.* …$/),
    'user ada: t2',
    'model: Two.',
  ]);
});

test('dropped before it is asked it never is; dropped while it is answered it stops', () => {
  const room = setUp();
  const { conversation, wire, events, pass } = room;
  conversation.typed(typed('t1'));
  conversation.typed(typed('t2'));
  pass(40);
  conversation.dropTyped('t2');
  answer(room, 1, 'one two three four', 4);
  pass(1_000);
  conversation.dropTyped('t1');
  pass(100);
  expect(wire.filter((line) => line.includes('t2'))).toEqual([]);
  expect(ended(events)).toEqual(['t2 dropped', expect.stringMatching(/^t1 cut: one/)]);
  expect(conversation.playback.state.status).not.toBe('playing');
});

test('an answer without words is told as silence, one that broke off with its connection as cut', () => {
  const room = setUp();
  const { conversation, service, events, pass, connected } = room;
  conversation.typed(typed('t1'));
  pass(40);
  service.turnComplete(1);
  pass(40);
  conversation.typed(typed('t2'));
  pass(40);
  answer(room, 2, 'It is', 1);
  connected(false);
  service.turnComplete(2, 'lost');
  conversation.connectionLost();
  pass(1_500);
  expect(ended(events)).toEqual(['t1 silent', 't2 cut: It is']);
});

test('without a connection nothing is asked; it waits for the next', () => {
  const { conversation, wire, pass, connected } = setUp();
  connected(false);
  conversation.typed(typed('t1'));
  pass(1_000);
  expect(wire).toEqual([]);
  connected(true);
  pass(20);
  expect(wire).toEqual(['turn t1']);
});

test('a reset, and the end, leave nothing without a last event', () => {
  const { conversation, events, pass } = setUp();
  for (const turnId of ['t1', 't2']) conversation.typed(typed(turnId));
  pass(40);
  conversation.reset();
  conversation.typed(typed('t3'));
  conversation.release();
  conversation.end();
  expect(ended(events)).toEqual(['t1 dropped', 't2 dropped', 't3 dropped']);
});

test('an image is seen with what is being said, else with what is said or typed next', () => {
  const room = setUp();
  const { conversation, wire, pass } = room;
  conversation.image(jpegOf(2, 2));
  pass(200);
  expect(wire).toEqual([]);
  pass(600, 'ada');
  expect(wire.filter((line) => line === 'image')).toHaveLength(1);
  conversation.image(jpegOf(2, 2));
  conversation.image(jpegOf(2, 2));
  pass(200, 'ada');
  expect(wire.filter((line) => line === 'image')).toHaveLength(1);
  pass(400, 'ada');
  expect(wire.filter((line) => line === 'image')).toHaveLength(2);
  pass(700);
  answer(room, 1, 'A boat.', 1);
  finish(room, 1);
  conversation.typed(typed('and this?', { images: [{ jpeg: jpegOf(3, 3) }] }));
  pass(1_500);
  expect(wire.at(-1)).toBe('turn and this? +image +image');
});

test('a voice message is asked as sound, and what it says is written down as its author said it', () => {
  const room = setUp();
  const { conversation, service, wire, events, pass } = room;
  conversation.typed(typed('t1', { text: '', authorIds: ['ben'], speech: new Int16Array(16_000) }));
  pass(40);
  expect(wire).toEqual(['turn  +16000 samples']);
  service.inputTranscript('how are you?');
  answer(room, 1, 'Fine.', 1);
  finish(room, 1);
  pass(1_500);
  expect(transcript(events)).toEqual(['user ben: how are you?', 'model: Fine.']);
  expect(ended(events)).toEqual(['t1 done: Fine.']);
});

test('typed words go before what the bot has to say by itself', () => {
  const room = setUp();
  const { conversation, wire, pass } = room;
  pass(1_000);
  conversation.speakUp('Reminder: tea');
  conversation.typed(typed('t1'));
  pass(40);
  expect(wire).toEqual(['turn t1']);
});
