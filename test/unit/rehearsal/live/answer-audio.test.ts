import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIVE_VOICES } from '../../../../src/catalogue/voices.ts';
import type { SpokenAnswer } from '../../../../src/rehearsal/live/answer.ts';
import { answerAudio, type SpeakLine, sentencesOf } from '../../../../src/rehearsal/live/answer-audio.ts';
import { standInFor } from '../../../../src/rehearsal/live/live-voices.ts';
import { inWords } from '../../../../src/rehearsal/live/number-words.ts';
import { stalled } from '../../../../src/rehearsal/live/stalled.ts';
import { isVoice, MAX_TEXT_LENGTH, SpeechError } from '../../../../src/rehearsal/speech/voices.ts';
import { createFakeClock } from '../../../kit/fake-clock.ts';

/** A second of audio for every word; what has no letters cannot be spoken. */
const speak: SpeakLine = async (text) => {
  if (!/[a-z0-9]/i.test(text)) throw new SpeechError('nothing to pronounce');
  return new Int16Array(text.split(' ').length * 24_000);
};

async function wordsOf(answer: SpokenAnswer, line = speak): Promise<string[]> {
  const words: string[] = [];
  for await (const piece of answerAudio(answer, 'rms', line)) words.push(piece.words);
  return words;
}

test('an answer is spoken sentence by sentence, and a number is no end of one', async () => {
  const text = 'It is 2.5 degrees. Really? Yes!  So it is';
  expect(await wordsOf({ kind: 'say', text })).toEqual(['It is 2.5 degrees.', 'Really?', 'Yes!', 'So it is']);
});

test('sentences are the text again, none too long to be spoken', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 3000 }), (text) => {
      const sentences = sentencesOf(text);
      expect(sentences.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      for (const sentence of sentences) expect(sentence.length).toBeLessThanOrEqual(MAX_TEXT_LENGTH);
    }),
  );
  expect(sentencesOf('word '.repeat(900)).every(({ length }) => length <= MAX_TEXT_LENGTH)).toBe(true);
});

test('what cannot be pronounced is left out, and what is nothing else is said to be so', async () => {
  expect(await wordsOf({ kind: 'say', text: '你好! Hello. 再见' })).toEqual(['Hello.']);
  expect(await wordsOf({ kind: 'say', text: '你好' })).toEqual(['I have an answer that I cannot pronounce.']);
  const broken: SpeakLine = () => Promise.reject(new Error('the thread has died'));
  await expect(wordsOf({ kind: 'say', text: 'Hello.' }, broken)).rejects.toThrow('the thread has died');
});

test('a long answer goes on as long as it is to, numbered', async () => {
  const parts = await wordsOf({ kind: 'long', seconds: 60 });
  expect(parts.map((words) => words.split(':')[0])).toEqual(parts.map((_, index) => `Part ${inWords(index + 1)}`));
  expect(parts.join(' ').split(' ').length).toBeGreaterThanOrEqual(60);
});

test('what is to be played is played as it is', async () => {
  expect(await wordsOf({ kind: 'play', pcm: new Int16Array(10), words: 'as it is' })).toEqual(['as it is']);
});

test('a stall comes where it is to, lasts as long, and loses nothing', async () => {
  const clock = createFakeClock();
  const pieces = stalled(
    answerAudio({ kind: 'say', text: 'One two. Three four five six. Seven.' }, 'rms', speak),
    { afterMs: 4000, forMs: 9000 },
    clock,
  );
  expect((await pieces.next()).value).toMatchObject({ words: 'One two.' });
  const before = await pieces.next();
  expect(before.value).toMatchObject({ words: 'Three four' });
  expect(before.value?.pcm).toHaveLength(2 * 24_000);
  let stands = true;
  const after = pieces.next().finally(() => {
    stands = false;
  });
  await Promise.resolve();
  clock.advance(8999);
  await Promise.resolve();
  expect(stands).toBe(true);
  clock.advance(1);
  expect((await after).value).toMatchObject({ words: 'five six.' });
  expect((await pieces.next()).value).toMatchObject({ words: 'Seven.' });
  expect((await pieces.next()).done).toBe(true);
});

test('every voice that the bot offers has a stand-in that exists, in whatever case it is named', () => {
  expect(LIVE_VOICES).toHaveLength(30);
  for (const { name } of LIVE_VOICES) {
    const voice = standInFor(name.toUpperCase());
    expect(voice !== null && isVoice(voice), name).toBe(true);
  }
  expect(standInFor('Nobody')).toBeNull();
  expect(new Set(['Kore', 'Puck', 'Charon', 'Fenrir', 'Aoede', 'Leda', 'Orus', 'Zephyr'].map(standInFor)).size).toBe(8);
});

test.each([
  [0, 'zero'],
  [-0.04, 'zero'],
  [2.75, 'two point eight'],
  [-12, 'minus twelve'],
  [40, 'forty'],
  [99.9, 'ninety nine point nine'],
  [105, 'one hundred and five'],
  [100, 'one hundred'],
  [1250, 'one thousand two hundred and fifty'],
  [3004, 'three thousand and four'],
])('%d is said "%s"', (value, words) => {
  expect(inWords(value)).toBe(words);
});
