import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeExcerpt, codeMessage } from '../../../src/discord/sources/code-message.ts';
import { TABLES } from '../../../src/i18n/locales.ts';
import { translator } from '../../../src/i18n/translate.ts';
import type { CodeRun } from '../../../src/types/tools.ts';

const t = translator('en');
const run = (traits: Partial<CodeRun> = {}): CodeRun => ({
  language: 'python',
  code: 'print(11311)\n',
  outcome: 'ok',
  output: '11311\n',
  ...traits,
});
const contentOf = (traits: Partial<CodeRun>): string => codeMessage(t, run(traits)).content;

test('code and what it printed are two blocks', () => {
  expect(codeMessage(t, run())).toEqual({
    content: '🧮 **I have run this code:**\n```python\nprint(11311)\n```\n**It printed:**\n```\n11311\n```',
    files: [],
  });
});

test('every outcome has its words, with and without output', () => {
  expect(contentOf({ output: ' \n' })).toContain('printed nothing');
  expect(contentOf({ outcome: 'failed' })).toContain('**It failed with this error:**\n```\n11311');
  expect(contentOf({ outcome: 'failed', output: '' })).toMatch(/```\n\*\*It failed\.\*\*$/);
  expect(contentOf({ outcome: 'timedOut', output: '' })).toMatch(/stopped\.\*\*$/);
  expect(contentOf({ outcome: 'timedOut' })).toMatch(/stopped\.\*\*\n\*\*It printed:\*\*\n```\n11311\n```$/);
  expect(contentOf({ outcome: null, output: '' })).toMatch(/not told\.\*\*$/);
});

test.each(['```', '````', '`````\n```', '``'])('a fence in the text (%s) ends no block', (fence) => {
  const content = contentOf({ code: `a ${fence} @everyone`, output: fence });
  expect(content.match(/```/g)).toHaveLength(4);
  expect(content.replaceAll('\u200b', '')).toContain(`a ${fence} @everyone`);
});

test('what is too long for a block is a file, whole; what is short stays a block', async () => {
  const code = 'print("x")\n'.repeat(300);
  const { content, files } = codeMessage(t, run({ code }));
  expect(content).toBe('🧮 **I have run this code:**\n`code.py`\n**It printed:**\n```\n11311\n```');
  expect(files.map(({ name, attachment }) => [name, String(attachment)])).toEqual([['code.py', code]]);
  const both = codeMessage(t, run({ language: '', code, output: 'y'.repeat(5_000) }));
  expect(both.files.map(({ name }) => name)).toEqual(['code.txt', 'output.txt']);
});

test('in every language, no message is too long, and an excerpt is an excerpt', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 4_000, size: 'max' }),
    fc.nat(3_000).map((n) => '`'.repeat(n)),
    fc.nat(900).map((n) => 'line\n'.repeat(n)),
  );
  const outcome = fc.constantFrom<CodeRun['outcome']>('ok', 'failed', 'timedOut', null);
  fc.assert(
    fc.property(text, text, outcome, (code, output, how) => {
      for (const locale of Object.keys(TABLES) as (keyof typeof TABLES)[]) {
        const it = run({ code, output, outcome: how });
        const whole = codeMessage(translator(locale), it);
        expect(whole.content.length).toBeLessThanOrEqual(2_000);
        expect(codeExcerpt(translator(locale), it).length).toBeLessThanOrEqual(2_000);
      }
    }),
  );
  const lines = Array.from({ length: 400 }, (_, i) => `line ${i}`).join('\n');
  expect(codeExcerpt(t, run({ code: lines }))).toMatch(
    /```python\nline 0\n[\s\S]*\nline \d+\n…\n```\n[\s\S]*may not attach files/,
  );
});
