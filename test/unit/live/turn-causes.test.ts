import { expect, test } from 'vitest';
import { createTurnCauses } from '../../../src/live/turn-causes.ts';

test('an answer is its askers’, and nobody’s when one of them is not known', () => {
  const causes = createTurnCauses();
  expect(causes.actorIds).toEqual([]);
  causes.began([['ada', 'ben'], ['ada']]);
  expect(causes.actorIds).toEqual(['ada', 'ben']);
  causes.over(false);
  causes.began([['ada'], []]);
  expect(causes.actorIds).toEqual([]);
  causes.over(false);
  causes.began([]);
  expect(causes.actorIds).toEqual([]);
});

test('an answer about a result is its callers’, together with whoever has asked meanwhile', () => {
  const causes = createTurnCauses();
  causes.began([['guest']]);
  causes.over(false);
  causes.responded([['guest']]);
  causes.began([['moderator']]);
  expect(causes.actorIds).toEqual(['moderator', 'guest']);
  causes.over(false);
  causes.began([['moderator']]);
  expect(causes.actorIds).toEqual(['moderator']);
});

test('a result that goes out during an answer is a cause of the next', () => {
  const causes = createTurnCauses();
  causes.began([['ada']]);
  causes.responded([['guest']]);
  causes.over(false);
  causes.began([['ada']]);
  expect(causes.actorIds).toEqual(['ada', 'guest']);
});

test('what the model does of itself after it was cut off is still for whoever asked, until somebody asks something else', () => {
  const causes = createTurnCauses();
  causes.began([['ada']]);
  causes.interrupted();
  causes.began([]);
  expect(causes.actorIds).toEqual(['ada']);
  causes.interrupted();
  causes.began([['ben']]);
  expect(causes.actorIds).toEqual(['ben']);
  causes.over(false);
  causes.began([]);
  expect(causes.actorIds).toEqual([]);
});

test('a model that goes on after a turn goes on for whoever asked', () => {
  const causes = createTurnCauses();
  causes.began([['ada']]);
  causes.over(true);
  causes.began([]);
  expect(causes.actorIds).toEqual(['ada']);
});

test('a connection that is gone leaves no cause behind', () => {
  const causes = createTurnCauses();
  causes.began([['ada']]);
  causes.responded([['ada']]);
  causes.interrupted();
  causes.lost();
  causes.began([]);
  expect(causes.actorIds).toEqual([]);
});
