import { expect, test } from 'vitest';
import { setUp } from './bench.ts';

const refused = { guild: { post: lacking, postPoll: lacking } };
async function lacking() {
  return { posted: false, channel: 'Lounge', missing: ['Create Polls'] } as const;
}

test('a note is posted as it is, code and all', async () => {
  const text = 'Here:\n```ts\nconst a = 1;\n```';
  const bench = setUp();
  expect(await bench.call('post_note', { text })).toEqual({ posted: true, channel: 'Lounge', characters: text.length });
  expect(bench.posts).toEqual([text]);
});

test.each(['', ' \n ', 'x'.repeat(2001)])('a note of nothing, or of too much, is not posted', async (text) => {
  const bench = setUp();
  await expect(bench.call('post_note', { text })).rejects.toThrow(TypeError);
  expect(bench.posts).toEqual([]);
});

test('a poll takes a day and one answer unless told', async () => {
  const bench = setUp();
  const poll = { question: 'Tea?', answers: ['Yes', 'No'] };
  expect(await bench.call('create_poll', poll)).toMatchObject({ posted: true, ...poll, openForHours: 24 });
  await bench.call('create_poll', { ...poll, hours: 768, several_answers: true });
  expect(bench.posts).toEqual([
    { ...poll, hours: 24, severalAnswers: false },
    { ...poll, hours: 768, severalAnswers: true },
  ]);
});

test.each([
  { question: 'x'.repeat(301), answers: ['a', 'b'] },
  { question: ' ', answers: ['a', 'b'] },
  { question: 'Tea?', answers: ['a'] },
  { question: 'Tea?', answers: Array.from({ length: 11 }, String) },
  { question: 'Tea?', answers: ['a', 'x'.repeat(56)] },
  { question: 'Tea?', answers: ['a', 'b'], hours: 769 },
  { question: 'Tea?', answers: ['a', 'b'], hours: 0 },
])('a poll that Discord would not take is not posted', async (poll) => {
  const bench = setUp();
  await expect(bench.call('create_poll', poll)).rejects.toThrow(TypeError);
  expect(bench.posts).toEqual([]);
});

test('what is missing is named', async () => {
  const poll = { question: 'Tea?', answers: ['Yes', 'No'] };
  await expect(setUp(refused).call('create_poll', poll)).rejects.toThrow(/lack.*Create Polls.*Lounge/);
  await expect(setUp(refused).call('post_note', { text: 'hello' })).rejects.toThrow(/Create Polls/);
});
