import { expect, test } from 'vitest';
import type { FinishedAnswer } from '../../../src/room/answers.ts';
import { createSpokenTurns, type SpokenTurn } from '../../../src/room/spoken-turns.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';

/** The test plays people and the service; 20 ms a tick. */
function setUp() {
  const clock = createFakeClock();
  const told: SpokenTurn[] = [];
  const spoken = createSpokenTurns(clock, (turn) => told.push(turn));
  let soFar: FinishedAnswer | null = null;
  const pass = (ms: number): void => {
    for (let left = ms; left > 0; left -= 20) {
      clock.advance(20);
      spoken.tick(clock.now(), () => soFar);
    }
  };
  const hears = (generation: number, text: string, interrupted = false): void => {
    soFar = { generation, text, interrupted };
  };
  const finish = (generation: number, text: string, interrupted = false): void => {
    soFar = null;
    spoken.finished({ generation, text, interrupted });
  };
  const finals = () => told.filter(({ final }) => final).map(({ role, text }) => `${role}: ${text}`);
  return { clock, spoken, told, pass, hears, finish, finals };
}

test('what is asked is one turn, whole, though its words come late and in pieces', () => {
  const { spoken, pass, finish, finals, told } = setUp();
  spoken.windowOpened(['ada'], 0);
  spoken.input('What ');
  pass(300);
  spoken.joined('ben');
  spoken.joined('ben');
  pass(300);
  spoken.input('time ');
  pass(500);
  spoken.input('is it?');
  spoken.answered(1, false);
  finish(1, 'Noon.');
  expect(finals()).toEqual(['user: What time is it?', 'model: Noon.']);
  expect(told.find(({ final }) => final)).toMatchObject({ speakerIds: ['ada', 'ben'], interrupted: false });
});

test('a turn that grows is told at once and then once a second, always as the same turn, and not without news', () => {
  const { spoken, pass, told, hears } = setUp();
  spoken.windowOpened(['ada'], 0);
  for (let word = 0; word < 30; word++) {
    spoken.input(`w${word} `);
    pass(100);
  }
  const asking = told.length;
  expect(asking).toBe(3);
  pass(5_000);
  expect(told.length).toBe(asking + 1);
  expect(told.every(({ role, final }) => role === 'user' && !final)).toBe(true);
  expect(new Set(told.map(({ turn }) => turn)).size).toBe(1);
  hears(1, 'It is');
  pass(1_000);
  hears(1, 'It is noon');
  pass(3_000);
  const answering = told.filter(({ role }) => role === 'model');
  expect(answering.map(({ text }) => text)).toEqual(['It is', 'It is noon']);
});

test('an answer that is cut off is told as far as it was heard, and that it was', () => {
  const { pass, told, hears, finish } = setUp();
  hears(1, 'It is noon and');
  pass(1_000);
  hears(1, 'It is', true);
  pass(1_000);
  finish(1, 'It is', true);
  expect(told.map(({ text, interrupted, final }) => [text, interrupted, final])).toEqual([
    ['It is noon and', false, false],
    ['It is', true, false],
    ['It is', true, true],
  ]);
  expect(new Set(told.map(({ turn }) => turn)).size).toBe(1);
});

test('the end of an answer that was interrupted does not close the turn that interrupts it', () => {
  const { spoken, finals } = setUp();
  spoken.windowOpened(['ada'], 0);
  spoken.input('First?');
  spoken.windowOpened(['ben'], 1);
  spoken.input('No, ');
  spoken.answered(1, true);
  spoken.input('wait.');
  spoken.answered(1, false);
  spoken.answered(2, false);
  expect(finals()).toEqual(['user: First?', 'user: No, wait.']);
});

test('words that come after their turn was over are not lost', () => {
  const { spoken, finals, told } = setUp();
  spoken.windowOpened(['ada'], 0);
  spoken.input('What time');
  spoken.answered(1, false);
  spoken.input(' is it?');
  spoken.windowOpened(['ben'], 1);
  expect(finals()).toEqual(['user: What time', 'user: is it?']);
  expect(new Set(told.map(({ turn }) => turn)).size).toBe(2);
});

test('a question that is asked again after the connection broke is written down once', () => {
  const { spoken, pass, finals, told } = setUp();
  spoken.windowOpened(['ada'], 0);
  spoken.input('What time is');
  pass(1_000);
  spoken.askedAgain();
  spoken.input('What time is it?');
  spoken.answered(1, false);
  spoken.askedAgain();
  expect(finals()).toEqual(['user: What time is it?']);
  expect(new Set(told.map(({ turn }) => turn)).size).toBe(1);
});

test('what is to be forgotten is not told any more', () => {
  const { spoken, pass, told } = setUp();
  spoken.windowOpened(['ada'], 0);
  spoken.input('A secret');
  spoken.forget();
  pass(2_000);
  spoken.windowOpened(['ada'], 0);
  expect(told).toEqual([]);
});

test('turns of a room that came back in another thread are never taken for those of before', () => {
  const first = setUp();
  first.spoken.windowOpened(['ada'], 0);
  first.spoken.input('One');
  first.spoken.answered(1, false);
  first.pass(20);
  const told: SpokenTurn[] = [];
  const second = createSpokenTurns(first.clock, (turn) => told.push(turn));
  second.windowOpened(['ada'], 0);
  second.input('Two');
  second.answered(1, false);
  expect(told[0]?.turn).toBeGreaterThan(first.told[0]?.turn ?? Number.POSITIVE_INFINITY);
});
