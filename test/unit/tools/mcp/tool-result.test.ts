import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { redactValues } from '../../../../src/tools/mcp/redaction.ts';
import { readResult } from '../../../../src/tools/mcp/tool-result.ts';

const SECRET = 'sk-very-secret';

function read(result: CallToolResult): unknown {
  return readResult(result, redactValues([SECRET]));
}

const text = (words: string) => ({ type: 'text', text: words }) as const;

test('texts are one text', () => {
  expect(read({ content: [text('It rains.'), text('It pours.')] })).toBe('It rains.\nIt pours.');
});

test('a structure is preferred to the text that repeats it', () => {
  expect(read({ content: [text('{"degrees":3}')], structuredContent: { degrees: 3 } })).toEqual({ degrees: 3 });
});

test('what cannot be heard or read is named, the rest is told', () => {
  const result = read({
    content: [
      text('Here it is.'),
      { type: 'image', data: 'AAAA', mimeType: 'image/png' },
      { type: 'audio', data: 'AAAA', mimeType: 'audio/wav' },
      { type: 'resource_link', name: 'report', uri: 'file:///report.pdf' },
      { type: 'resource', resource: { uri: 'file:///a.bin', blob: 'AAAA' } },
      { type: 'resource', resource: { uri: 'file:///a.txt', text: 'What the file says.' } },
    ],
  });
  expect(result).toEqual({
    result: 'Here it is.\nWhat the file says.',
    omitted: ['image (image/png)', 'audio (audio/wav)', 'link to report: file:///report.pdf', 'file file:///a.bin'],
  });
});

test('a result without a word says that it is done, so that the model does not call again', () => {
  expect(read({ content: [] })).toEqual({ status: 'done', message: expect.any(String) });
  expect(read({ content: [text('  \n')] })).toEqual({ status: 'done', message: expect.any(String) });
});

test('a failure is told in the words of the server, cut, or as one without words', () => {
  expect(() => read({ content: [text('No such city.')], isError: true })).toThrow('No such city.');
  expect(() => read({ content: [], isError: true })).toThrow('it failed and did not say why');
  expect(() => read({ content: [text('x'.repeat(5_000))], isError: true })).toThrow(/^x{999}…$/);
});

test('what a server was given in secret is in nothing that it says', () => {
  expect(read({ content: [text(`key: ${SECRET}`)] })).toBe('key: [redacted]');
  expect(read({ content: [], structuredContent: { deep: [{ [SECRET]: SECRET, n: 1 }] } })).toEqual({
    deep: [{ '[redacted]': '[redacted]', n: 1 }],
  });
  expect(() => read({ content: [text(SECRET)], isError: true })).toThrow('[redacted]');
});

test('control characters, reversed writing, letters nobody sees and broken characters do not come through', () => {
  const said = 'a\u0000\u001b[31mb\u202ec\u{e0041}d\r\ne\tf\ud800';
  expect(read({ content: [text(said)] })).toBe('a[31mbcd\ne\tf\ufffd');
});
