import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CountedTokens, estimateUsd, PRICES_DATE } from '../../../src/catalogue/prices.ts';

const MODEL = 'gemini-3.8-live';
const count = (change: Partial<CountedTokens>): CountedTokens => ({
  model: MODEL,
  kind: 'prompt',
  modality: 'AUDIO',
  tokens: 1_000_000,
  ...change,
});

test('a minute of audio costs what the price list says: half a cent to hear, 1.8 cents to answer', () => {
  expect(estimateUsd([count({ tokens: 1500 })])).toBeCloseTo(0.0045, 6);
  expect(estimateUsd([count({ kind: 'response', tokens: 1500 })])).toBeCloseTo(0.018, 6);
});

test('each kind and modality has its own price, and thoughts cost what written answers cost', () => {
  expect(estimateUsd([count({ modality: 'TEXT' })])).toBe(0.75);
  expect(estimateUsd([count({ modality: 'IMAGE' })])).toBe(1);
  expect(estimateUsd([count({ kind: 'response', modality: 'TEXT' })])).toBe(4.5);
  expect(estimateUsd([count({ kind: 'thoughts', modality: 'TEXT' })])).toBe(4.5);
  expect(estimateUsd([count({}), count({ model: 'models/gemini-3.1-flash-live-preview' })])).toBe(6);
});

test('what has no known price makes no estimate, unless there is none of it', () => {
  for (const unknown of [
    count({ model: 'gemini-live-2.5-flash-preview' }),
    count({ model: 'constructor' }),
    count({ kind: 'response', modality: 'VIDEO' }),
  ]) {
    expect(estimateUsd([count({}), unknown])).toBeNull();
    expect(estimateUsd([count({}), { ...unknown, tokens: 0 }])).toBe(3);
  }
  expect(estimateUsd([])).toBe(0);
});

test('the price of two lists is the sum of their prices', () => {
  const counted = fc.record({
    model: fc.constant(MODEL),
    kind: fc.constantFrom('prompt' as const, 'response' as const, 'thoughts' as const),
    modality: fc.constantFrom('TEXT' as const, 'AUDIO' as const),
    tokens: fc.nat(10_000_000),
  });
  const list = fc.array(counted);
  fc.assert(
    fc.property(list, list, (one, other) => {
      expect(estimateUsd([...one, ...other])).toBeCloseTo((estimateUsd(one) ?? -1) + (estimateUsd(other) ?? -1), 6);
    }),
  );
});

test('the table says how old it is', () => {
  expect(new Date(PRICES_DATE).toISOString().slice(0, 10)).toBe(PRICES_DATE);
});
