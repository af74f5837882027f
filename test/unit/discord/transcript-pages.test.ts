import fc from 'fast-check';
import { expect, test } from 'vitest';
import { onOneLine } from '../../../src/discord/quote.ts';
import { type Entry, firstPage, layOut } from '../../../src/discord/transcript/transcript-pages.ts';

const entry = (text: string, change: Partial<Entry> = {}): Entry => ({
  ...{ key: text, names: ['Ada'], text, mark: null, final: true, fresh: false, continued: false },
  ...change,
});
const texts = (entries: readonly Entry[]): string[] => layOut(entries).map(({ text }) => text);
/** What Discord's client shows of it. */
const shown = (text: string): string => text.replace(/\\([^0-9A-Za-z\s])/g, '$1');
/** What was said, without who said it. */
const said = (page: string): string =>
  shown(page)
    .split('\n')
    .map((line) => line.replace(/^\*\*.*?\*\*(?: …)?: /, ''))
    .join(' ');

const sentence = (words: number): string => `Word ${Array.from({ length: words }, (_, i) => `word${i}`).join(' ')}. `;

test('short turns share a message, one line each', () => {
  const turns = [entry('What time is it?'), entry('Noon', { names: ['Parley'], mark: 'interrupted' })];
  expect(texts(turns)).toEqual(['**Ada**: What time is it\\?\n**Parley**: Noon *(interrupted)*']);
});

test('who spoke at once is named together, and a crowd is counted', () => {
  expect(texts([entry('Hi', { names: ['Ada', 'Ben'] })])).toEqual(['**Ada**, **Ben**: Hi']);
  expect(texts([entry('Hi', { names: ['A', 'B', 'C', 'D', 'E', 'F', 'G'] })])[0]).toBe(
    '**A**, **B**, **C**, **D**, **E** +2: Hi',
  );
});

test('nobody can put words into the mouth of another, by name or by what they say', () => {
  const [page = ''] = texts([entry('a\n**Ben**: I pay', { names: ['X**: yes\n**Ben'] }), entry('<@1> @everyone')]);
  expect(page.split('\n')).toEqual([
    '**X\\*\\*\\: yes \\*\\*Ben**: a \\*\\*Ben\\*\\*\\: I pay',
    '**Ada**: \\<\\@1\\> \\@everyone',
  ]);
});

test('a turn that does not fit goes into the next message, a long one is split where a sentence ends', () => {
  const long = sentence(20).repeat(20).trim();
  const pages = texts([entry('Short.'), entry(long), entry('After.')]);
  expect(pages.length).toBeGreaterThan(1);
  expect(pages[0]).toMatch(/\n\*\*Ada\*\*: Word word0 .*word19\\\.$/);
  for (const page of pages.slice(1)) expect(page).toMatch(/^\*\*Ada\*\* …: Word word0 /);
  expect(pages.at(-1)).toMatch(/\n\*\*Ada\*\*: After\\\.$/);
  expect(said(pages.join('\n'))).toBe(`Short. ${long} After.`);
});

test('a turn after a pause begins a message of its own', () => {
  expect(texts([entry('One'), entry('Two', { fresh: true }), entry('Three')])).toEqual([
    '**Ada**: One',
    '**Ada**: Two\n**Ada**: Three',
  ]);
});

test('a message is settled once something follows it and nothing in it can change', () => {
  expect(firstPage([entry('One')]).settled).toBe(false);
  expect(firstPage([entry('One'), entry('Two', { fresh: true, final: false })]).settled).toBe(true);
  expect(firstPage([entry('One', { final: false }), entry('Two', { fresh: true })]).settled).toBe(false);
  expect(firstPage([entry(sentence(900), { final: false })]).settled).toBe(false);
});

const anyEntry = fc.record({
  key: fc.string(),
  names: fc.array(fc.string({ unit: 'binary', maxLength: 120 }), { minLength: 1, maxLength: 8 }),
  text: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3_000 }),
    fc.integer({ min: 1, max: 500 }).map(sentence),
    fc.integer({ min: 1, max: 6_000 }).map((length) => '_'.repeat(length)),
    fc.integer({ min: 1, max: 4_000 }).map((length) => `a${'\u0301'.repeat(length)}`),
    fc.integer({ min: 1, max: 3_000 }).map((length) => '🙂'.repeat(length)),
  ),
  mark: fc.constantFrom(null, 'interrupted'),
  final: fc.boolean(),
  fresh: fc.boolean(),
  continued: fc.constant(false),
});

test('whatever is said, every message fits, none is empty, and no word gets lost or cut inside a character', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { minLength: 1, maxLength: 6 }), (entries) => {
      const pages = layOut(entries);
      for (const { text } of pages) {
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(2_000);
        expect(text.isWellFormed()).toBe(true);
      }
      const words = pages.flatMap(({ text }) =>
        text.split('\n').map((line) => line.replace(/^.*?\*\*(?: \+\d+)?(?: …)?: /, '')),
      );
      const all = shown(words.join('')).replace(/ \*\(interrupted\)\*/g, '');
      const wanted = entries.map(({ text }) => onOneLine(text)).join('');
      expect(all.replace(/\s/g, '')).toBe(wanted.replace(/\s/g, ''));
    }),
    { numRuns: 200 },
  );
}, 20_000);

test('what is laid out later begins where the settled messages end', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { minLength: 1, maxLength: 6 }), anyEntry, (entries, next) => {
      const before = layOut(entries);
      const after = layOut([...entries, next]);
      const settled = before.filter((page) => page.settled).length;
      const steady = before.findIndex((page) => !page.settled);
      expect(after.slice(0, Math.min(settled, steady)).map(({ text }) => text)).toEqual(
        before.slice(0, Math.min(settled, steady)).map(({ text }) => text),
      );
      expect(layOut(before[0]?.rest ?? [])).toEqual(before.slice(1));
    }),
    { numRuns: 100 },
  );
}, 20_000);
