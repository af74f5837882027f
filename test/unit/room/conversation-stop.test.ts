import { expect, test } from 'vitest';
import { SECOND, setUp } from './conversation-bench.ts';

test('stop ends the answer, sends nothing, and the next answer is heard', () => {
  const { pass, wire, service, sound, heard, conversation } = setUp();
  service.audio(1, sound(3 * SECOND));
  pass(500);
  expect(conversation.stop()).toBe(true);
  heard();
  service.audio(1, sound(SECOND));
  pass(5000);
  expect(heard()).toBe(0);
  expect(wire).toEqual([]);
  service.turnComplete(1);
  service.audio(2, sound(SECOND / 2));
  service.generationComplete(2);
  pass(1000);
  expect(heard()).toBe(25);
});

test('an answer that is stopped while it is made in spite of a break in it stays stopped', () => {
  const { pass, service, sound, heard, conversation } = setUp();
  service.audio(1, sound(SECOND));
  pass(400);
  expect(conversation.stop()).toBe(true);
  expect(conversation.stop()).toBe(false);
  heard();
  pass(3000);
  service.audio(1, sound(SECOND));
  pass(1000);
  expect(heard()).toBe(0);
});

test('stop right after the question: the answer to it is not spoken, the next one is, and the model is told', () => {
  const { pass, wire, service, sound, heard, conversation, events } = setUp();
  pass(500, 'ada');
  pass(700);
  expect(wire.at(-1)).toBe('end');
  const sent = wire.length;
  expect(conversation.stop()).toBe(true);
  expect(conversation.stop()).toBe(false);
  service.outputTranscript(1, 'Noon.');
  service.audio(1, sound(5 * SECOND));
  pass(6000);
  service.audio(1, sound(SECOND));
  pass(500);
  expect(heard()).toBe(0);
  expect(wire).toHaveLength(sent);
  service.generationComplete(1);
  service.turnComplete(1);
  pass(500, 'ada');
  pass(700);
  expect(wire[sent]).toBe('start ADA | Your last answer was interrupted before the room heard any of it.');
  expect(events).toContainEqual(expect.objectContaining({ role: 'model', text: '', interrupted: true }));
  service.audio(2, sound(SECOND / 2));
  service.generationComplete(2);
  pass(1000);
  expect(heard()).toBe(25);
});

test('stop in the pause after the last word, when nobody has asked for the answer yet', () => {
  const { pass, wire, service, sound, heard, conversation } = setUp();
  pass(500, 'ada');
  pass(200);
  expect(wire.at(-1)).toBe('audio');
  expect(conversation.stop()).toBe(true);
  pass(600);
  expect(wire.at(-1)).toBe('end');
  service.audio(1, sound(SECOND));
  pass(1500);
  expect(heard()).toBe(0);
});

test('a stopped question to which the model says nothing leaves nothing to drop', () => {
  const { pass, service, sound, heard, conversation } = setUp();
  pass(500, 'ada');
  pass(700);
  conversation.stop();
  service.turnComplete(1);
  expect(conversation.stop()).toBe(false);
  pass(500, 'ada');
  pass(700);
  service.audio(2, sound(SECOND / 2));
  service.generationComplete(2);
  pass(1000);
  expect(heard()).toBe(25);
});

test('a question after a stopped one is answered aloud, also when the service drops the first without a word', () => {
  const { pass, service, sound, heard, conversation } = setUp();
  pass(500, 'ada');
  pass(700);
  conversation.stop();
  pass(500, 'ada');
  pass(700);
  service.audio(1, sound(SECOND / 2));
  service.generationComplete(1);
  pass(1000);
  expect(heard()).toBe(25);
});

test('a text that is said after a stop is answered aloud', () => {
  const { pass, service, sound, heard, conversation } = setUp();
  pass(500, 'ada');
  pass(700);
  conversation.stop();
  conversation.say('and now?');
  service.interrupted(1);
  service.turnComplete(1);
  service.audio(2, sound(SECOND / 2));
  service.generationComplete(2);
  pass(1000);
  expect(heard()).toBe(25);
});

test('stop with nothing said, asked or answered has nothing to stop, and costs the next answer nothing', () => {
  const { pass, service, sound, heard, conversation } = setUp();
  expect(conversation.stop()).toBe(false);
  service.audio(1, sound(SECOND / 2));
  service.generationComplete(1);
  service.turnComplete(1);
  pass(1000);
  expect(heard()).toBe(25);
  expect(conversation.stop()).toBe(false);
});

test('a reset silences the answer, closes the window, and nothing of what was said is written down', () => {
  const { pass, wire, service, sound, heard, conversation, events } = setUp();
  service.inputTranscript('a secret');
  service.outputTranscript(1, 'I will keep it.');
  service.audio(1, sound(3 * SECOND));
  pass(500);
  pass(400, 'ada');
  service.inputTranscript('another');
  conversation.reset();
  expect(wire.slice(-2)).toEqual(['end', 'reset']);
  service.turnComplete(1);
  heard();
  const before = events.length;
  pass(1000);
  expect(heard()).toBe(0);
  pass(500, 'ada');
  pass(700);
  expect(wire).toContain('start ADA');
  service.audio(2, sound(SECOND / 2));
  service.generationComplete(2);
  pass(1000);
  expect(heard()).toBe(25);
  expect(events.slice(before).filter(({ type }) => type === 'transcript')).toEqual([]);
});
