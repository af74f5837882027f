/**
 * What `LIVE_OPTIONS` may hold: everything that a Live session's `setup` can say beyond what a guild sets
 * (reference: Live API, BidiGenerateContentSetup). Strict, so that a misspelt name is a problem at start-up and not a setting
 * that silently does nothing. Whether the chosen model takes a field is for its capability table to say.
 */
import { z } from 'zod';

const Sensitivity = z.enum(['low', 'high']);

const LiveOptionsSchema = z
  .strictObject({
    temperature: z.number().min(0).max(2),
    topP: z.number().min(0).max(1),
    topK: z.int().min(1),
    maxOutputTokens: z.int().min(1),
    seed: z.int(),
    thinking: z.union([
      z.strictObject({ level: z.enum(['minimal', 'low', 'medium', 'high']) }),
      z.strictObject({ budgetTokens: z.int().min(-1) }),
    ]),
    /** Only with `TURN_DETECTION=automatic`. */
    automaticDetection: z
      .strictObject({
        startSensitivity: Sensitivity,
        endSensitivity: Sensitivity,
        prefixPaddingMs: z.int().min(0).max(5_000),
        silenceDurationMs: z.int().min(0).max(10_000),
      })
      .partial(),
    /** The context is cut from `triggerTokens` down to `targetTokens`. */
    compression: z
      .strictObject({ triggerTokens: z.int().min(1_000), targetTokens: z.int().min(500) })
      .refine(({ triggerTokens, targetTokens }) => targetTokens < triggerTokens, {
        message: 'targetTokens must be less than triggerTokens',
      }),
  })
  .partial();

export type LiveOptions = z.infer<typeof LiveOptionsSchema>;

/** The options of a file's text, or what is wrong with it, one plain sentence a fault. */
export function parseLiveOptions(text: string): { options: LiveOptions } | { problems: readonly string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problems: ['is not valid JSON'] };
  }
  const result = LiveOptionsSchema.safeParse(json);
  if (result.success) return { options: result.data };
  return {
    problems: result.error.issues.map(({ path, message }) =>
      path.length === 0 ? `does not fit: ${message}` : `does not fit at ${path.join('.')}: ${message}`,
    ),
  };
}
