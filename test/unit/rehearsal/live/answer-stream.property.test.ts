import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAnswerStream } from '../../../../src/rehearsal/live/answer-stream.ts';
import { fragmentsOf } from '../../../../src/rehearsal/live/fragments.ts';
import { defaultLiveOptions } from '../../../../src/rehearsal/live/live-options.ts';

const arbitraryRandom = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
const from = (stream: Iterator<number>) => () => stream.next().value ?? 0;
const arbitraryPieces = fc.array(
  fc.record({ words: fc.lorem({ maxCount: 6 }), pcm: fc.int16Array({ minLength: 1, maxLength: 60 }) }),
  { minLength: 1, maxLength: 5 },
);

test('fragments put together are the text, each a few words further', () => {
  fc.assert(
    fc.property(fc.string(), arbitraryRandom, (text, random) => {
      const fragments = fragmentsOf(text, from(random));
      expect(fragments.map((each) => each.text).join('')).toBe(text.trimEnd());
      for (const { text: words } of fragments) expect(words.trim().split(/\s+/).length).toBeLessThanOrEqual(3);
      const places = fragments.map(({ at }) => at);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places.every((at) => at >= 0 && at < 1)).toBe(true);
    }),
  );
});

test('an answer is handed out whole and once, however it is taken, words with the audio they belong to', () => {
  fc.assert(
    fc.property(arbitraryPieces, arbitraryRandom, fc.array(fc.integer({ min: 1, max: 50 })), (pieces, random, cuts) => {
      const stream = createAnswerStream(from(random));
      for (const piece of pieces) stream.add(piece);
      const total = pieces.reduce((sum, { pcm }) => sum + pcm.length, 0);
      expect(stream.available).toBe(total);
      const bytes: Buffer[] = [];
      let words = '';
      let at = 0;
      for (const cut of [...cuts, total]) {
        const to = Math.min(total, at + cut);
        for (const part of stream.take(at, to, 16)) {
          const buffer = Buffer.from(part.inlineData?.data ?? '', 'base64');
          expect(buffer.length).toBeLessThanOrEqual(32);
          bytes.push(buffer);
        }
        words += stream.wordsUntil(to);
        at = to;
      }
      expect(Buffer.concat(bytes)).toEqual(
        Buffer.concat(pieces.map(({ pcm }) => Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength))),
      );
      expect(words).toBe(pieces.map((piece) => piece.words).join(' '));
    }),
  );
});

test('the irregularity is the same in every run', () => {
  const [first, second] = [defaultLiveOptions().random, defaultLiveOptions().random];
  const drawn = Array.from({ length: 1000 }, first);
  expect(Array.from({ length: 1000 }, second)).toEqual(drawn);
  expect(drawn.every((each) => each >= 0 && each < 1)).toBe(true);
  expect(drawn.reduce((sum, each) => sum + each) / 1000).toBeCloseTo(0.5, 1);
});
