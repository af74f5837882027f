import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ToolFailure } from '../../../src/tools/define-tool.ts';
import { createRedact } from '../../../src/tools/redact.ts';
import { failureOf, MOST_RESULT_BYTES, resultOf } from '../../../src/tools/tool-result.ts';

const TOKEN = 'a-token-of-the-test';
const redact = createRedact([TOKEN, 'short']);
const outputOf = (value: unknown): unknown => {
  const { outcome } = resultOf(value, redact);
  return 'output' in outcome ? outcome.output : outcome;
};

test.each([
  [
    { a: [1, null, 'x'], b: true },
    { a: [1, null, 'x'], b: true },
  ],
  ['plain words', 'plain words'],
  [undefined, { status: 'done' }],
  [null, { status: 'done' }],
  [() => 1, { status: 'done' }],
  [
    { at: new Date(0), big: 7n, none: undefined, not: Number.NaN },
    { at: '1970-01-01T00:00:00.000Z', big: '7', not: null },
  ],
  [new Map([[1, 2]]), {}],
])('a handler may answer anything, the model gets plain JSON: %o', (value, expected) => {
  expect(outputOf(value)).toEqual(expected);
});

test('what cannot be written as JSON is said, and nothing is thrown', () => {
  const circle: unknown[] = [];
  circle.push(circle);
  const trap = {
    get now() {
      throw new Error('no');
    },
  };
  for (const value of [circle, trap]) expect(outputOf(value)).toEqual({ error: 'the result cannot be read' });
});

test('half a character does not leave: the service takes none', () => {
  expect(outputOf({ '\ud83d': ['a\udc00', '\\ud83d', '😀'] })).toEqual({ '\ufffd': ['a\ufffd', '\\ud83d', '😀'] });
});

test('a megabyte is cut to what a model can read, and that is said', () => {
  const rows = Array.from({ length: 20_000 }, (_, row) => ({ row, name: `"ünï" ${row} 😀` }));
  const { outcome, truncated } = resultOf(rows, redact);
  expect(truncated).toBe(true);
  expect(outcome).toMatchObject({ output: { truncated: true, note: expect.stringContaining('Only its beginning') } });
  const { output } = outcome as { output: { beginning: string } };
  expect(output.beginning.startsWith('[{"row":0,"name":"\\"ünï\\" 0 😀"}')).toBe(true);
  const bytes = Buffer.byteLength(JSON.stringify(output));
  expect(bytes).toBeLessThanOrEqual(MOST_RESULT_BYTES);
  expect(bytes).toBeGreaterThan(MOST_RESULT_BYTES - 10);
});

test('long text is cut as text', () => {
  const { outcome } = resultOf('ab'.repeat(20_000), redact);
  expect(outcome).toMatchObject({ output: { beginning: expect.stringMatching(/^(ab)+a?$/) } });
});

test('whatever it is, what leaves is small, well-formed JSON without the token', () => {
  const value = fc.oneof(
    fc.anything(),
    fc.string({ maxLength: 40_000, unit: 'binary' }),
    fc.constant({ t: `x${TOKEN}y` }),
  );
  fc.assert(
    fc.property(value, (answer) => {
      const text = JSON.stringify(resultOf(answer, redact).outcome);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_RESULT_BYTES + 100);
      expect(text).not.toContain(TOKEN);
      expect(text).not.toMatch(/(?<!\\)(\\\\)*\\ud[89a-f]/);
    }),
    { numRuns: 40 },
  );
});

describe('secrets', () => {
  test.each([
    ['the token of the bot', `Bot ${TOKEN}!`, 'Bot [redacted]!'],
    ['a word that happens to be a short key', 'a short word', 'a short word'],
    ['what looks like a key of Google', `key AIza${'x'.repeat(35)}.`, 'key [redacted].'],
    ['what looks like a token of Discord', `${'M'.repeat(26)}.Gabcde.${'x'.repeat(38)}`, '[redacted]'],
  ])('%s', (_, text, expected) => {
    expect(outputOf({ text, [text]: 1 })).toEqual({ text: expected, [expected]: 1 });
    expect(failureOf(new ToolFailure(text), redact)).toEqual({ error: expected });
  });
});

test('what a handler throws is told in words: its own if it meant them for the model, without a stack in any case', () => {
  expect(failureOf(new ToolFailure('Ada is not\n  in the channel.'), redact)).toEqual({
    error: 'Ada is not in the channel.',
  });
  expect(failureOf(new ToolFailure('x'.repeat(5_000)), redact)).toEqual({ error: 'x'.repeat(500) });
  for (const thrown of [new Error('ENOENT /home/parley/.env'), 'a string', null])
    expect(failureOf(thrown, redact)).toEqual({ error: 'it failed, for a reason that it did not give' });
});
