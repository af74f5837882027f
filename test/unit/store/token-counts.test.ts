import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tokenCounts } from '../../../src/store/token-counts.ts';

test('what is not broken down joins the text that is, and what is nothing is not told', () => {
  const usage = {
    promptTokens: 100,
    responseTokens: 30,
    thoughtsTokens: 0,
    totalTokens: 130,
    prompt: { TEXT: 20, AUDIO: 70, VIDEO: 0 },
    response: {},
  };
  expect(tokenCounts('m', usage)).toEqual([
    { model: 'm', kind: 'prompt', modality: 'TEXT', tokens: 30 },
    { model: 'm', kind: 'prompt', modality: 'AUDIO', tokens: 70 },
    { model: 'm', kind: 'response', modality: 'TEXT', tokens: 30 },
  ]);
});

test('the counts of a kind add up to its total, or to the details where the service says more in them', () => {
  const tokens = fc.nat(100_000);
  const details = fc.record({ TEXT: tokens, AUDIO: tokens, IMAGE: tokens }, { requiredKeys: [] });
  const turn = fc.record({
    promptTokens: tokens,
    responseTokens: tokens,
    thoughtsTokens: tokens,
    totalTokens: tokens,
    prompt: details,
    response: details,
  });
  const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
  fc.assert(
    fc.property(turn, (usage) => {
      const counts = tokenCounts('m', usage);
      const of = (kind: string): number => sum(counts.filter((it) => it.kind === kind).map((it) => it.tokens));
      expect(of('prompt')).toBe(Math.max(usage.promptTokens, sum(Object.values(usage.prompt))));
      expect(of('response')).toBe(Math.max(usage.responseTokens, sum(Object.values(usage.response))));
      expect(of('thoughts')).toBe(usage.thoughtsTokens);
      expect(new Set(counts.map((it) => `${it.kind} ${it.modality}`)).size).toBe(counts.length);
    }),
  );
});
