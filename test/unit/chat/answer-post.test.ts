import { expect, test } from 'vitest';
import { createAnswerPost } from '../../../src/chat/answer-post.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { createTestPlace, settled } from './questions.ts';

const sentence = 'This is a sentence of some length that says nothing much. ';

function setUp(heading: string | null = null) {
  const clock = createFakeClock();
  const place = createTestPlace();
  const log = createRecordingLog();
  const stop = { customId: 'chat:stop:1', label: 'Stop' };
  const post = createAnswerPost({ place, heading, stop, clock, log });
  let written = false;
  void post.written.then(() => {
    written = true;
  });
  const pass = async (seconds: number): Promise<void> => {
    await settled();
    for (let tenth = 0; tenth < seconds * 10; tenth++) {
      clock.advance(100);
      await settled();
    }
  };
  return { clock, place, post, log, pass, isWritten: () => written };
}

test('the first words are posted at once, what follows at most once a second, the end with everything', async () => {
  const { post, place, pass, isWritten } = setUp();
  post.grow('One');
  await settled();
  expect(place.read).toEqual(['One']);
  for (const text of ['One two', 'One two three', 'One two three four']) {
    post.grow(text);
    await pass(0.3);
  }
  expect(place.calls).toEqual(['post']);
  post.finish('One two three four five.', null);
  await pass(0.5);
  expect(place.read).toEqual(['One two three four five.']);
  expect(place.calls).toEqual(['post', 'edit 0']);
  expect(isWritten()).toBe(true);
});

test('nothing is posted while there is nothing to read', async () => {
  const { post, place, pass, isWritten, clock } = setUp('> Why?');
  post.grow(' \n');
  await pass(5);
  expect(place.calls).toEqual([]);
  post.finish('', null);
  await settled();
  expect([place.calls, isWritten(), clock.pending]).toEqual([[], true, 0]);
});

test('a heading stands above the answer, and above the mark of one that was stopped before it began', async () => {
  const { post, place } = setUp('> Why?');
  post.finish('', 'Stopped here.');
  await settled();
  expect(place.read).toEqual(['> Why?\n-# Stopped here.']);
});

test('after three seconds, or five hundred characters, there is a button on the last message, until the answer is over', async () => {
  const { post, place, pass } = setUp();
  post.grow('Short');
  await pass(2.5);
  expect(place.buttons).toEqual([false]);
  await pass(1);
  expect(place.buttons).toEqual([true]);
  post.grow(sentence.repeat(40));
  await pass(3);
  expect(place.buttons).toEqual([false, true]);
  post.finish(sentence.repeat(40), null);
  await pass(2);
  expect(place.buttons).toEqual([false, false]);
  const long = setUp();
  long.post.grow(sentence.repeat(10));
  await settled();
  expect(long.place.buttons).toEqual([true]);
});

test('an answer that is cut to less than is posted is made as short as it was heard', async () => {
  const { post, place, pass } = setUp();
  post.grow(sentence.repeat(60));
  await pass(2);
  expect(place.read).toHaveLength(2);
  post.finish('This is a sentence', 'Cut off here.');
  await pass(4);
  expect(place.read).toEqual(['This is a sentence\n-# Cut off here.']);
});

test('a message that somebody has deleted stays deleted, the rest goes on', async () => {
  const { post, place, pass, isWritten } = setUp();
  post.grow('One');
  await settled();
  place.lose(0);
  post.grow(sentence.repeat(40));
  post.finish(sentence.repeat(40), null);
  await pass(4);
  expect(place.read).toHaveLength(1);
  expect(isWritten()).toBe(true);
});

test('while Discord is away it is tried again, later and later; then it is given up', async () => {
  const { post, place, pass, isWritten, log } = setUp();
  place.fail('passing');
  post.grow('One');
  await pass(10);
  const tries = place.calls.length;
  expect(tries).toBeGreaterThan(1);
  expect(tries).toBeLessThan(6);
  place.fail(null);
  await pass(20);
  expect(place.read).toEqual(['One']);
  place.fail('passing');
  post.finish('One two', null);
  await pass(60);
  expect(isWritten()).toBe(true);
  expect(log.lines.some(({ message }) => message === 'the rest of an answer could not be written')).toBe(true);
});

test('where nothing can be posted nothing more is tried', async () => {
  const { post, place, pass, isWritten, clock } = setUp();
  place.fail('refused');
  post.grow('One');
  await pass(1);
  post.finish('One two', null);
  await pass(5);
  expect([place.calls, isWritten(), clock.pending]).toEqual([['post'], true, 0]);
});

test('sources stand below, also when they come after the end', async () => {
  const { post, place, pass } = setUp();
  post.finish('An answer.', null);
  await settled();
  post.footnote('Sources: a');
  await pass(1.5);
  expect(place.read).toEqual(['An answer.\nSources: a']);
  post.footnote('x'.repeat(1_990));
  await pass(1.5);
  expect(place.read).toEqual(['An answer.\nSources: a', 'x'.repeat(1_990)]);
});

test('at the end of the process nothing waits for its second', async () => {
  const { post, place, clock } = setUp();
  post.grow('One');
  await settled();
  post.finish('One two', 'Cut off here.');
  post.hurry();
  await settled();
  expect(place.read).toEqual(['One two\n-# Cut off here.']);
  expect(clock.pending).toBe(0);
});

test('an endless answer ends after eight messages', async () => {
  const { post, place } = setUp();
  post.finish(sentence.repeat(1_000), null);
  await settled();
  await settled();
  await settled();
  expect(place.read).toHaveLength(8);
  expect(place.read.at(-1)).toMatch(/\n…$/);
});
