import { expect, test } from 'vitest';
import {
  abandoned,
  contentArrived,
  type Generations,
  generationCompleted,
  interruptedBy,
  NO_GENERATIONS,
  turnCompleted,
} from '../../../src/live/generations.ts';

const content = (generations: Generations): Generations => contentArrived(generations).generations;

test('interrupted with nothing running is the playing of the last answer, or a turn that never began', () => {
  const over = turnCompleted(content(NO_GENERATIONS)).generations;
  expect(interruptedBy(over, false)).toEqual({ generations: over, id: 1 });
  const cut = interruptedBy(over, true);
  expect(cut.id).toBe(2);
  expect(turnCompleted(cut.generations)).toMatchObject({ ended: [2], natural: false });
  expect(interruptedBy(NO_GENERATIONS, false).id).toBeNull();
});

test('the end of an interrupted answer that never came does not keep the next one open', () => {
  const cut = interruptedBy(content(NO_GENERATIONS), false).generations;
  const next = generationCompleted(content(cut)).generations;
  expect(turnCompleted(next)).toEqual({
    generations: { last: 2, current: null, owed: null },
    ended: [1, 2],
    natural: true,
  });
});

test('an answer completes once, and a lost connection ends what was not over', () => {
  const complete = generationCompleted(content(NO_GENERATIONS));
  expect(complete.id).toBe(1);
  expect(generationCompleted(complete.generations).id).toBeNull();
  const cut = content(interruptedBy(content(NO_GENERATIONS), false).generations);
  expect(abandoned(cut, true)).toMatchObject({ ended: [1, 2], natural: false });
  expect(abandoned(NO_GENERATIONS, false).ended).toEqual([]);
});

test('an answer of which nothing was said before the connection was lost has not begun: its number goes to the next', () => {
  const { generations, ended } = abandoned(content(NO_GENERATIONS), false);
  expect(ended).toEqual([]);
  expect(content(generations).current?.id).toBe(1);
});
