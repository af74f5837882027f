/**
 * `usageMetadata` as a `TurnUsage` (reference/live-api.md §3.8). Vertex names the response `candidates…`.
 */
import { z } from 'zod';
import type { Modality, TurnUsage } from '../types/live.ts';

const count = z.coerce.number().int().min(0).catch(0);
const details = z.array(z.object({ modality: z.string(), tokenCount: count })).catch([]);

export const usageMetadata = z
  .object({
    promptTokenCount: count.optional(),
    responseTokenCount: count.optional(),
    candidatesTokenCount: count.optional(),
    toolUsePromptTokenCount: count.optional(),
    thoughtsTokenCount: count.optional(),
    totalTokenCount: count.optional(),
    promptTokensDetails: details.optional(),
    responseTokensDetails: details.optional(),
    candidatesTokensDetails: details.optional(),
  })
  .transform((raw): TurnUsage => {
    const promptTokens = (raw.promptTokenCount ?? 0) + (raw.toolUsePromptTokenCount ?? 0);
    const responseTokens = raw.responseTokenCount ?? raw.candidatesTokenCount ?? 0;
    const thoughtsTokens = raw.thoughtsTokenCount ?? 0;
    return {
      promptTokens,
      responseTokens,
      thoughtsTokens,
      totalTokens: raw.totalTokenCount ?? promptTokens + responseTokens + thoughtsTokens,
      prompt: byModality(raw.promptTokensDetails),
      response: byModality(raw.responseTokensDetails ?? raw.candidatesTokensDetails),
    };
  });

const MODALITIES: readonly Modality[] = ['TEXT', 'IMAGE', 'VIDEO', 'AUDIO', 'DOCUMENT'];

/** A modality may come in several rows; one that is not reported stays absent. */
function byModality(
  rows: readonly { modality: string; tokenCount: number }[] = [],
): Readonly<Partial<Record<Modality, number>>> {
  const sums: Partial<Record<Modality, number>> = {};
  for (const { modality, tokenCount } of rows) {
    const known = MODALITIES.find((it) => it === modality);
    if (known) sums[known] = (sums[known] ?? 0) + tokenCount;
  }
  return sums;
}
