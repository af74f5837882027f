/**
 * The tokens of one turn, by what they are billed as.
 */
import type { Modality, TurnUsage } from '../types/live.ts';
import type { TokenCount, TokenKind } from './store.ts';

/** What the service did not break down into modalities counts as text; so do thoughts. Nothing is counted as zero. */
export function tokenCounts(model: string, usage: TurnUsage): readonly TokenCount[] {
  const of = (kind: TokenKind, total: number, details: TurnUsage['prompt']): readonly TokenCount[] => {
    const rows = Object.entries(details) as readonly [Modality, number][];
    const rest = total - rows.reduce((sum, [, tokens]) => sum + tokens, 0);
    const byModality = new Map(rows);
    if (rest > 0) byModality.set('TEXT', (byModality.get('TEXT') ?? 0) + rest);
    return [...byModality].map(([modality, tokens]) => ({ model, kind, modality, tokens }));
  };
  return [
    ...of('prompt', usage.promptTokens, usage.prompt),
    ...of('response', usage.responseTokens, usage.response),
    ...of('thoughts', usage.thoughtsTokens, {}),
  ].filter(({ tokens }) => tokens > 0);
}
