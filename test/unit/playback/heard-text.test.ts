import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heardText } from '../../../src/playback/heard-text.ts';

const fragments = ['The capital of ', 'Albania is Tirana, ', 'and it has half a million people.'];
const text = fragments.join('');

test('an answer heard half is cut after a whole word near its middle', () => {
  const { heard, unheard } = heardText({ fragments, audioMs: 4000, complete: true }, 2000);
  expect(heard).toBe('The capital of Albania is Tirana,');
  expect(heard + unheard).toBe(text);
});

test('an answer heard whole leaves nothing unheard', () => {
  expect(heardText({ fragments, audioMs: 4000, complete: true }, 4000)).toEqual({ heard: text, unheard: '' });
});

test('an answer cut before its first sound was not heard at all', () => {
  expect(heardText({ fragments, audioMs: 500, complete: false }, 0)).toEqual({ heard: '', unheard: text });
  expect(heardText({ fragments, audioMs: 0, complete: false }, 0)).toEqual({ heard: '', unheard: text });
});

test('text far ahead of its audio is not taken for heard', () => {
  const { heard } = heardText({ fragments: [text.repeat(10)], audioMs: 500, complete: false }, 500);
  expect(heard.length).toBeLessThanOrEqual(11);
});

test('a script without spaces is cut between words too', () => {
  const answer = { fragments: ['地拉那是阿尔巴尼亚的首都'], audioMs: 2400, complete: true };
  const { heard } = heardText(answer, 1200);
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.length).toBeLessThanOrEqual(6);
});

test('more heard audio never means less heard text, and no character is lost or made up', () => {
  const answers = fc.record({
    fragments: fc.array(fc.string({ maxLength: 30 }), { maxLength: 6 }),
    audioMs: fc.integer({ min: 0, max: 60_000 }),
    complete: fc.boolean(),
  });
  fc.assert(
    fc.property(answers, fc.nat(60_000), fc.nat(60_000), (answer, a, b) => {
      const [less, more] = a < b ? [a, b] : [b, a];
      const first = heardText(answer, less);
      expect(first.heard + first.unheard).toBe(answer.fragments.join(''));
      expect(heardText(answer, more).heard.length).toBeGreaterThanOrEqual(first.heard.length);
    }),
  );
});
