import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText, quote } from '../../../src/discord/quote.ts';

/** What Discord's client shows of it: a backslash before whatever is neither letter, digit nor space goes. */
const shown = (text: string): string => text.replace(/\\([^0-9A-Za-z\s])/g, '$1');
/** Everything that formats, links, mentions or names an emoji needs one of these without a backslash before it. */
const ACTIVE = /(?<!\\)(?:\\\\)*[*_~`|>#<@[\]():/-]/;
const DIRECTIONS = '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c';

const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const hostile = fc
  .array(fc.constantFrom('@everyone', '<@1>', '**', '`', '```', '\\', '||', '[a](http://b)', '# ', '\n', '\u202e', 'a'))
  .map((parts) => parts.join(''));

test('what somebody wrote is repeated as it was written', () => {
  expect(quote('  Pück\n  please ')).toBe('Pück please');
  expect(shown(quote('**bold** <@123> @everyone `x`'))).toBe('**bold** <@123> @everyone `x`');
});

test('nothing in it pings, formats, links or turns the line around', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, hostile), (text) => {
      for (const safe of [quote(text), plainText(text)]) {
        expect(safe).not.toMatch(ACTIVE);
        expect(safe).not.toMatch(/(?![\u200c\u200d])\p{Cf}|(?!\n)\p{Cc}|\p{Cs}/u);
        for (const mark of DIRECTIONS) expect(safe).not.toContain(mark);
      }
    }),
  );
});

test('a quote is one line of at most 100 characters, none of them cut in half', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const read = shown(quote(text));
      expect([...read].length).toBeLessThanOrEqual(100);
      expect(read).not.toContain('\n');
      expect(read.isWellFormed()).toBe(true);
    }),
  );
  expect(quote('a'.repeat(6000))).toBe(`${'a'.repeat(99)}…`);
  expect(quote('🙂'.repeat(101))).toBe(`${'🙂'.repeat(99)}…`);
});

test('plain text keeps every visible character and every line', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'ß', '🙂', '*', '\\', '\n', ' ', '-', '1.', '\u200d')), (parts) => {
      const text = parts.join('');
      expect(shown(plainText(text))).toBe(text);
    }),
  );
  expect(plainText('one\r\ntwo\u2028three')).toBe('one\ntwo\nthree');
});
