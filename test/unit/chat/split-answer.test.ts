import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitAnswer } from '../../../src/chat/split-answer.ts';

const sentence = 'This is a sentence of some length that says nothing much. ';
const isBalanced = (page: string): boolean => [...page.matchAll(/```/g)].length % 2 === 0;
/** What is read, whatever the messages: without fences and white space. */
const read = (text: string): string => text.replace(/```[\w+#.-]*/g, '').replace(/\s/g, '');

test('a short answer is one message, as it is', () => {
  expect(splitAnswer('Yes, **of course**.\n')).toEqual(['Yes, **of course**.']);
});

test('a long answer is split where a sentence ends', () => {
  const pages = splitAnswer(sentence.repeat(100));
  expect(pages.length).toBe(3);
  for (const page of pages) expect(page).toMatch(/^This is a .* nothing much\.$/s);
  expect(read(pages.join(''))).toBe(read(sentence.repeat(100)));
});

test('one endless word, and one of many-part characters, is cut between characters', () => {
  const family = '👨‍👩‍👧‍👦';
  const pages = splitAnswer(family.repeat(400));
  expect(pages.join('')).toBe(family.repeat(400));
  for (const page of pages) expect(page.length % family.length).toBe(0);
});

test('a code block that fits into a message is not torn: the message before it ends early', () => {
  const code = `\`\`\`ts\n${'const a = 1;\n'.repeat(60)}\`\`\``;
  const pages = splitAnswer(`${sentence.repeat(25)}\n${code}\nThat is all.`);
  expect(pages).toHaveLength(2);
  expect(pages[0]).toMatch(/nothing much\.$/);
  expect(pages[1]).toBe(`${code}\nThat is all.`);
});

test('a code block longer than a message is closed and opened again, in its language, between lines', () => {
  const lines = Array.from({ length: 300 }, (_, i) => `const value${i} = ${i};`);
  const pages = splitAnswer(`Here:\n\`\`\`ts\n${lines.join('\n')}\n\`\`\`\nDone.`);
  expect(pages[0]).toBe('Here:');
  for (const page of pages.slice(1)) {
    expect(page).toMatch(/^```ts\nconst value/);
    expect(isBalanced(page)).toBe(true);
  }
  expect(pages.at(-1)).toMatch(/;\n```\nDone\.$/);
  const shown = pages.flatMap((page) => page.split('\n').filter((line) => line.startsWith('const')));
  expect(shown).toEqual(lines);
});

test('a block that is still being written is closed for now', () => {
  expect(splitAnswer('So:\n```py\nprint(1)')).toEqual(['So:\n```py\nprint(1)\n```']);
  const pages = splitAnswer(`\`\`\`py\n${'print(1)\n'.repeat(400)}`);
  for (const page of pages) expect([page.length <= 2000, isBalanced(page)]).toEqual([true, true]);
});

test('a heading leaves less room in the first message', () => {
  const [first = ''] = splitAnswer(sentence.repeat(40), 300);
  expect(first.length).toBeLessThanOrEqual(300);
});

/** Whether all characters are there in that order; what was added to open a block again may stand between them. */
function holdsInOrder(text: string, wanted: string): boolean {
  let at = 0;
  for (const unit of text) if (unit === wanted.slice(at, at + unit.length)) at += unit.length;
  return at === wanted.length;
}

const part = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.constantFrom(
    '```',
    '```ts\n',
    '\n```\n',
    '\n',
    '    ',
    sentence,
    sentence.repeat(30),
    'x'.repeat(2100),
    '👩‍👩‍👦',
    ' '.repeat(2500),
  ),
);
const answers = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));

test('whatever the answer: no message is too long, none leaves a block open, and nothing is lost', () => {
  fc.assert(
    fc.property(answers, fc.integer({ min: 200, max: 2000 }), (answer, firstLength) => {
      const pages = splitAnswer(answer, firstLength);
      expect(pages.length).toBeGreaterThan(0);
      expect(pages[0]?.length).toBeLessThanOrEqual(firstLength);
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(2000);
      for (const page of pages) expect(isBalanced(page)).toBe(true);
      if (pages.length > 1) for (const page of pages) expect(page.trim()).not.toBe('');
      expect(holdsInOrder(pages.join('\n'), answer.replace(/[\s`]/g, ''))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
