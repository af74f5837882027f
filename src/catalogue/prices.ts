/**
 * What Google asks for tokens of the Live models (reference/live-api.md §10): the pricing page of the Gemini API, paid tier, in
 * USD per million tokens. Whatever is computed from it is an estimate: at what rate thoughts are billed is not published, and
 * prices change.
 */
import type { Modality } from '../types/live.ts';

/** The day on which the table was last found to be right, `YYYY-MM-DD`. */
export const PRICES_DATE = '2026-10-04';

/** Tokens of one kind, of one model. */
export interface CountedTokens {
  readonly model: string;
  readonly kind: 'prompt' | 'response' | 'thoughts';
  readonly modality: Modality;
  readonly tokens: number;
}

interface Prices {
  readonly prompt: Readonly<Partial<Record<Modality, number>>>;
  readonly response: Readonly<Partial<Record<Modality, number>>>;
}

const LIVE_3: Prices = {
  prompt: { TEXT: 0.75, AUDIO: 3, IMAGE: 1, VIDEO: 1 },
  response: { TEXT: 4.5, AUDIO: 12 },
};

/** A model that is missing has no known price. */
const PRICES: Readonly<Record<string, Prices>> = {
  'gemini-3.8-live': LIVE_3,
  'gemini-3.1-flash-live-preview': LIVE_3,
};

const PER_TOKENS = 1_000_000;

/**
 * What these tokens cost, USD. Thoughts count as text that was answered.
 *
 * @returns null: some of them have no known price
 */
export function estimateUsd(counts: readonly CountedTokens[]): number | null {
  let usd = 0;
  for (const { tokens, ...what } of counts) {
    const price = tokens === 0 ? 0 : priceOf(what);
    if (price === null) return null;
    usd += (tokens * price) / PER_TOKENS;
  }
  return usd;
}

function priceOf({ model, kind, modality }: Omit<CountedTokens, 'tokens'>): number | null {
  const id = model.replace(/^models\//, '');
  const prices = Object.hasOwn(PRICES, id) ? PRICES[id] : undefined;
  if (prices === undefined) return null;
  if (kind === 'thoughts') return prices.response.TEXT ?? null;
  return prices[kind][modality] ?? null;
}
