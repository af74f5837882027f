import { expect, test } from 'vitest';
import { answerInTime } from '../../../src/discord/answer-in-time.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';

function setUp(reply?: (text: string) => Promise<void>) {
  const clock = createFakeClock();
  const said: string[] = [];
  const work = Promise.withResolvers<string>();
  let signal: AbortSignal | undefined;
  const done = answerInTime({
    clock,
    reply: async (text) => {
      await reply?.(text);
      said.push(text);
    },
    interim: 'still at it',
    work: (given) => {
      signal = given;
      return work.promise;
    },
  });
  const outcome = done.then(
    () => 'answered',
    (error: unknown) => error,
  );
  return { clock, said, work, outcome, aborted: () => signal?.aborted };
}

test('a quick outcome is the only answer', async () => {
  const { clock, said, work, outcome } = setUp();
  work.resolve('done');
  expect(await outcome).toBe('answered');
  expect(said).toEqual(['done']);
  expect(clock.pending).toBe(0);
});

test('a slow one is announced within 3 s and then replaced', async () => {
  const { clock, said, work, outcome } = setUp();
  clock.advance(3000);
  await Promise.resolve();
  expect(said).toEqual(['still at it']);
  work.resolve('done');
  await outcome;
  expect(said).toEqual(['still at it', 'done']);
});

test('the outcome never overtakes the announcement', async () => {
  const slow = Promise.withResolvers<void>();
  const { clock, said, work, outcome } = setUp((text) => (text === 'still at it' ? slow.promise : Promise.resolve()));
  clock.advance(3000);
  work.resolve('done');
  slow.resolve();
  await outcome;
  expect(said).toEqual(['still at it', 'done']);
});

test('at 15 s the work is told to stop, and the member that it took too long', async () => {
  const { clock, outcome, aborted } = setUp();
  clock.advance(14_999);
  expect(aborted()).toBe(false);
  clock.advance(1);
  expect(aborted()).toBe(true);
  clock.advance(250);
  expect(await outcome).toMatchObject({ code: 'VOICE_JOIN_TIMEOUT' });
  expect(clock.pending).toBe(0);
});

test('work that has something to say when it is told to stop is heard', async () => {
  const { clock, said, work, outcome } = setUp();
  clock.advance(15_000);
  work.resolve('ready after all');
  expect(await outcome).toBe('answered');
  expect(said.at(-1)).toBe('ready after all');
});

test('failing ends the waiting', async () => {
  const { clock, said, work, outcome } = setUp();
  work.reject(new Error('no'));
  expect(await outcome).toMatchObject({ message: 'no' });
  expect(said).toEqual([]);
  expect(clock.pending).toBe(0);
});
