import { expect, test } from 'vitest';
import { createAnswers, type FinishedAnswer } from '../../../src/room/answers.ts';

function setUp() {
  const finished: FinishedAnswer[] = [];
  return { finished, answers: createAnswers((answer) => finished.push(answer)) };
}

const SECOND = 24_000;

test('an answer is final only when the service ended it and the room heard it, in either order', () => {
  const { answers, finished } = setUp();
  answers.sound(1, SECOND);
  answers.text(1, 'Hello ');
  answers.text(1, 'there.');
  answers.complete(1);
  expect(finished).toEqual([]);
  answers.heard(1);
  expect(finished).toEqual([{ generation: 1, text: 'Hello there.', interrupted: false }]);
  answers.sound(2, SECOND);
  answers.heard(2);
  answers.text(2, 'Late text.');
  answers.complete(2);
  expect(finished[1]).toEqual({ generation: 2, text: 'Late text.', interrupted: false });
});

test('an answer without sound is over with its turn', () => {
  const { answers, finished } = setUp();
  answers.text(1, 'only text');
  answers.complete(1);
  expect(finished).toEqual([{ generation: 1, text: 'only text', interrupted: false }]);
});

test('of an answer that was cut only the heard words are kept, and the model is told so once', () => {
  const { answers, finished } = setUp();
  answers.sound(1, 10 * SECOND);
  answers.text(1, 'One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen.');
  answers.cut(1, 2_000);
  const [note] = answers.takeNotes();
  expect(note).toContain('One two');
  expect(note).not.toContain('sixteen');
  expect(answers.takeNotes()).toEqual([]);
  answers.complete(1);
  expect(finished).toHaveLength(1);
  expect(finished[0]?.interrupted).toBe(true);
  expect(finished[0]?.text.startsWith('One')).toBe(true);
  expect(finished[0]?.text).not.toContain('sixteen');
});

test('an answer that was cut before its first sound is told as unheard', () => {
  const { answers } = setUp();
  answers.sound(1, SECOND);
  answers.cut(1, 0);
  expect(answers.takeNotes()).toEqual(['Your last answer was interrupted before the room heard any of it.']);
});

test('answers that are never completed do not pile up', () => {
  const { answers, finished } = setUp();
  for (let generation = 1; generation <= 50; generation++) answers.text(generation, 'x');
  expect(finished.length).toBeGreaterThanOrEqual(42);
});
