import { expect, test } from 'vitest';
import type { AnswerPart } from '../../../src/room/answers.ts';
import { createTypedTurns, type TypedFacts } from '../../../src/room/typed-turns.ts';
import type { TypedTurn } from '../../../src/types/typed-turn.ts';

const FREE: TypedFacts = { mayAsk: true, settled: true };
const BUSY: TypedFacts = { mayAsk: false, settled: false };
const turnOf = (turnId: string): TypedTurn => ({
  ...{ turnId, text: turnId, authorIds: [], images: [], context: [], speech: null, wantsSound: false },
});

function setUp() {
  const log: string[] = [];
  let parts: AnswerPart[] = [];
  const turns = createTypedTurns({
    ask: ({ turnId }, again) => log.push(`ask ${turnId}${again ? ' again' : ''}`),
    tell: ({ turnId }, answer) => log.push(`${answer.status} ${turnId}${'text' in answer ? ` ${answer.text}` : ''}`),
    latest: () => 4,
    since: (generation) => parts.filter((part) => part.generation > generation),
    separator: ' / ',
  });
  const heard = (text: string, more: Partial<AnswerPart> = {}): void => {
    parts = [{ generation: 5, text, interrupted: false, over: false, ...more }];
  };
  const wrote = (...turnIds: readonly string[]): void => turnIds.map(turnOf).forEach((turn) => void turns.wait(turn));
  const read = (): string[] => log.splice(0);
  return { turns, heard, wrote, read };
}

test('an answer that grows is told at once, and then once a second', () => {
  const { turns, heard, wrote, read } = setUp();
  wrote('a');
  turns.tick(0, FREE);
  turns.tick(20, BUSY);
  heard('It');
  turns.tick(40, BUSY);
  heard('It is');
  turns.tick(1_020, BUSY);
  expect(read()).toEqual(['ask a', 'growing a It']);
  turns.tick(1_040, BUSY);
  turns.tick(2_060, BUSY);
  expect(read()).toEqual(['growing a It is']);
});

test('what is said before and after a function was called is one answer', () => {
  const { turns, heard, wrote, read } = setUp();
  wrote('a');
  turns.tick(0, FREE);
  turns.finished({ generation: 5, text: 'One moment.', interrupted: false });
  heard('It rains.', { generation: 6 });
  turns.tick(20, BUSY);
  turns.finished({ generation: 6, text: 'It rains.', interrupted: false });
  heard('', { generation: 4 });
  turns.tick(40, FREE);
  expect(read()).toEqual(['ask a', 'growing a One moment. / It rains.', 'done a One moment. / It rains.']);
});

test('the late end of an answer before is none of its own', () => {
  const { turns, wrote, read } = setUp();
  wrote('a');
  turns.tick(0, FREE);
  turns.finished({ generation: 4, text: 'old', interrupted: true });
  turns.tick(20, FREE);
  expect(read()).toEqual(['ask a', 'silent a']);
});

test('an answer that was interrupted by the question, before it had begun, is none to it', () => {
  const { turns, heard, wrote, read } = setUp();
  wrote('a');
  turns.tick(0, FREE);
  heard('the old', { interrupted: true, over: true });
  turns.passOver(5);
  heard('the new', { generation: 6, over: true });
  turns.tick(20, FREE);
  expect(read()).toEqual(['ask a', 'done a the new']);
});

test('who speaks up before an answer has begun has it asked again in its turn, twice; then it is given up', () => {
  const { turns, wrote, read } = setUp();
  wrote('a', 'b');
  for (let time = 0; time < 3; time++) {
    turns.tick(0, FREE);
    turns.overtaken();
    turns.tick(0, BUSY);
  }
  turns.tick(0, FREE);
  expect(read()).toEqual(['ask a', 'ask a again', 'ask a again', 'cut a ', 'ask b']);
});

test('who speaks up in an answer cuts it; who speaks up just behind it does not', () => {
  const { turns, heard, wrote, read } = setUp();
  wrote('a', 'b');
  turns.tick(0, FREE);
  heard('It is', { interrupted: true, over: true });
  turns.overtaken();
  turns.tick(20, FREE);
  heard('It is.', { over: true });
  turns.overtaken();
  expect(read()).toEqual(['ask a', 'cut a It is', 'ask b', 'done b It is.']);
});

test('a lost connection cuts an answer; nothing more of it comes', () => {
  const { turns, heard, wrote, read } = setUp();
  wrote('a');
  turns.tick(0, FREE);
  heard('It', { over: true });
  turns.lost();
  turns.tick(20, FREE);
  expect(read()).toEqual(['ask a', 'cut a It']);
});

test('one that waits can be dropped, one that is asked only be stopped', () => {
  const { turns, wrote, read } = setUp();
  wrote('a', 'b', 'c');
  turns.tick(0, FREE);
  expect([turns.drop('a'), turns.drop('b'), turns.drop('x')]).toEqual(['answering', 'dropped', 'unknown']);
  turns.stopped();
  turns.tick(20, FREE);
  expect(read()).toEqual(['ask a', 'dropped b', 'cut a ', 'ask c']);
});

test('the end tells what was heard of the one that is asked, and that the others never were', () => {
  const { turns, heard, wrote, read } = setUp();
  wrote('a', 'b');
  turns.tick(0, FREE);
  heard('It');
  turns.end();
  expect(read()).toEqual(['ask a', 'cut a It', 'dropped b']);
  expect(turns.idle).toBe(true);
});
