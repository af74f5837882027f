import { expect, test } from 'vitest';
import { SECOND, setUp } from './conversation-bench.ts';

test('a question goes out as one window and its answer is heard', () => {
  const { pass, wire, service, sound, heard, events } = setUp();
  pass(500, 'ada');
  pass(1000);
  expect(wire).toEqual(['start ADA', 'audio', 'end']);
  service.inputTranscript('What time is it?');
  service.outputTranscript(1, 'Noon.');
  service.audio(1, sound(SECOND / 2));
  service.generationComplete(1);
  pass(1000);
  service.turnComplete(1);
  expect(heard()).toBe(25);
  const said = events.filter((e) => e.type === 'transcript' && e.final);
  expect(said).toMatchObject([
    { role: 'user', text: 'What time is it?', speakerIds: ['ada'] },
    { role: 'model', text: 'Noon.', interrupted: false },
  ]);
  expect(events.filter((e) => e.type === 'turn')).toHaveLength(1);
});

test('a barge-in silences the bot before anything is sent, and the rest of the old answer is never heard', () => {
  const { pass, wire, service, sound, heard } = setUp();
  service.audio(1, sound(5 * SECOND));
  pass(1000);
  expect(heard()).toBeGreaterThan(40);
  pass(260, 'ada');
  heard();
  service.audio(1, sound(SECOND));
  pass(400, 'ada');
  expect(heard()).toBe(0);
  service.interrupted(1);
  service.turnComplete(1);
  pass(1000);
  expect(wire[0]).toMatch(/^start ADA \| Your last answer was interrupted/);
  service.audio(2, sound(SECOND / 2));
  service.generationComplete(2);
  pass(1000);
  expect(heard()).toBe(25);
});

test('the answer to a question that goes on after a pause is not spoken over the speaker', () => {
  const { pass, wire, service, sound, heard } = setUp();
  pass(500, 'ada');
  pass(700);
  pass(200, 'ada');
  service.audio(1, sound(SECOND));
  pass(300, 'ada');
  expect(heard()).toBe(0);
  pass(700);
  service.audio(1, sound(SECOND));
  pass(200);
  expect(heard()).toBe(0);
  service.interrupted(1);
  service.turnComplete(1);
  service.audio(2, sound(SECOND / 2));
  service.generationComplete(2);
  pass(1000);
  expect(heard()).toBe(25);
  expect(wire.filter((line) => line === 'end')).toHaveLength(2);
});

test('an interruption of the service alone stops the answer and frees the floor', () => {
  const { pass, service, sound, heard, wire } = setUp();
  service.audio(1, sound(3 * SECOND));
  pass(500);
  service.interrupted(1);
  heard();
  pass(500);
  expect(heard()).toBe(0);
  pass(200, 'ada');
  expect(wire[0]).toMatch(/^start ADA/);
});

test('a second speaker joins the window under their own name', () => {
  const { pass, wire } = setUp();
  pass(300, 'ada');
  pass(300, 'bob');
  expect(wire).toContain('join BOB');
});

test('a connection lost in mid-answer: what came is played to its end and the floor is free again', () => {
  const { pass, service, sound, heard, conversation, wire } = setUp();
  service.audio(1, sound(SECOND / 2));
  pass(200);
  conversation.connectionLost();
  pass(1500);
  expect(heard()).toBe(25);
  pass(200, 'ada');
  expect(wire[0]).toBe('start ADA');
});

test('release closes an open window', () => {
  const { pass, conversation, wire } = setUp();
  pass(300, 'ada');
  conversation.release();
  expect(wire.at(-1)).toBe('end');
});
