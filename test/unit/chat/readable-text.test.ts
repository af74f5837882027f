import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText, readableText } from '../../../src/chat/readable-text.ts';

const OWN = new Set(['1', '2']);
const names = {
  member: (id: string) => (id === '1' ? 'Parley' : id === '7' ? 'Ada' : null),
  role: (id: string) => (id === '2' ? 'Parley' : id === '8' ? 'crew' : null),
  channel: (id: string) => (id === '9' ? 'general' : null),
};
const read = (content: string): string => readableText(content, OWN, names);

test('the call at the beginning or the end is left out, a mention in the middle is not', () => {
  expect(read('<@1> what time is it?')).toBe('what time is it?');
  expect(read('<@!1>, what time is it?')).toBe('what time is it?');
  expect(read('what time is it <@&2>')).toBe('what time is it');
  expect(read('tell <@1> about it')).toBe('tell @Parley about it');
  expect(read('<@1>')).toBe('');
});

test('ids become names, and what nobody knows is spoken of in general', () => {
  expect(read('ask <@7> of <@&8> in <#9>')).toBe('ask @Ada of @crew in #general');
  expect(read('ask <@70> of <@&80> in <#90>')).toBe('ask @somebody of @a role in #a channel');
  expect(read('<:wave:123456> <a:dance:99> </chat here:55> <t:0:R>')).toBe(
    ':wave: :dance: /chat here 1970-01-01T00:00:00.000Z',
  );
});

test('markdown and line breaks stay as they are', () => {
  const text = '**bold** `code`\n```ts\nconst a = 1;\n```';
  expect(read(text)).toBe(text);
});

test('two thousand mentions make a text of bounded length, quickly', () => {
  const text = read('<@7> '.repeat(2_000));
  expect(text.length).toBeLessThanOrEqual(8_000);
  expect(text.startsWith('@Ada @Ada')).toBe(true);
});

test('whatever is written: well-formed, bounded, without controls', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(fc.constantFrom('<@7>', '<@1>', '\ud800', '\u0000')),
      (some, more) => {
        const text = read([some, ...more].join(''));
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/(?![\n\t])\p{Cc}/u);
        expect(text.length).toBeLessThanOrEqual(8_000);
      },
    ),
  );
});

test('a text that is cut says so and halves no character', () => {
  expect(cutText('short', 10)).toBe('short');
  expect(cutText('abcdefgh', 5)).toBe('abcd…');
  expect(cutText('abc😀defgh', 5)).toBe('abc…');
});
