import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceMessages } from '../../../src/discord/sources/source-links.ts';
import { translator } from '../../../src/i18n/translate.ts';

const t = translator('en');
const source = (name: string) => ({ uri: `https://${name}.example/page`, title: `${name}.example` });

test('sources are links without a preview, at most five and none twice; every query is a link to its search', () => {
  const sources = ['a', 'a', 'b', 'c', 'd', 'e', 'f'].map(source);
  expect(sourceMessages(t, ['how high?', 'peaks & co'], sources)).toEqual([
    [
      '🔎 **Sources**',
      '- [a\\.example](<https://a.example/page>)',
      '- [b\\.example](<https://b.example/page>)',
      '- [c\\.example](<https://c.example/page>)',
      '- [d\\.example](<https://d.example/page>)',
      '- [e\\.example](<https://e.example/page>)',
      '-# Google’s suggestions for a search of your own: [how high\\?](<https://www.google.com/search?q=how+high%3F>) · ' +
        '[peaks \\& co](<https://www.google.com/search?q=peaks+%26+co>)',
    ].join('\n'),
  ]);
});

test('nothing found is nothing posted; queries alone are posted without a heading', () => {
  expect(sourceMessages(t, [], [])).toEqual([]);
  expect(sourceMessages(t, ['x'], [])).toEqual([expect.not.stringContaining('Sources')]);
});

test('a title cannot end its link, ping, format, break the line or pass for another address', () => {
  const title = 'x](<https://evil.example>) **@everyone**\n# `big` https://evil.example';
  const [message = ''] = sourceMessages(t, [], [{ uri: 'https://a.example/', title }]);
  const line = message.split('\n')[1];
  expect(line).toBe(
    '- [x\\]\\(\\< evil\\.example\\>\\) \\*\\*\\@everyone\\*\\* \\# \\`big\\` evil\\.example](<https://a.example/>)',
  );
});

test('a source without a title is named by its host', () => {
  expect(sourceMessages(t, [], [{ uri: 'https://a.example/x', title: ' \u202e ' }])[0]).toContain(
    '- [a.example](<https://a.example/x>)',
  );
});

test('whatever is found, no message is too long, and every link is whole', () => {
  const uri = fc.webUrl({ size: 'large', withQueryParameters: true });
  const sources = fc.array(fc.record({ uri, title: fc.string({ maxLength: 200, unit: 'grapheme' }) }), {
    maxLength: 8,
  });
  const queries = fc.array(fc.string({ maxLength: 200, unit: 'grapheme' }), { maxLength: 10 });
  fc.assert(
    fc.property(queries, sources, (asked, found) => {
      for (const message of sourceMessages(t, asked, found)) {
        expect(message.length).toBeLessThanOrEqual(2_000);
        for (const line of message.split('\n').slice(1)) expect(line).toMatch(/^-#? .*\(<https?:\/\/[^<>\s]+>\)$/);
      }
    }),
  );
});

test('long suggestions in a script of three bytes a character fit', () => {
  const messages = sourceMessages(t, ['山'.repeat(200), '川'.repeat(200)], []);
  expect(messages.length).toBeGreaterThan(1);
  for (const message of messages) expect(message.length).toBeLessThanOrEqual(2_000);
});
