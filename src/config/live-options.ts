/**
 * What `LIVE_OPTIONS` may hold: everything that a Live session's `setup` can say beyond what a guild sets
 * (reference: Live API, BidiGenerateContentSetup). Strict, so that a misspelt name is a problem at start-up and not a setting
 * that silently does nothing. Whether the chosen model takes a field is for `catalogue/fit-tuning.ts` to say.
 */
import { z } from 'zod';
import { LANGUAGE_CODES, SPEECH_LANGUAGE_CODES } from '../catalogue/languages.ts';
import type { LiveTuning } from '../types/live-tuning.ts';

/** What the service reads is a signed number of 32 bits. */
const INT32 = { least: -(2 ** 31), most: 2 ** 31 - 1 };
/** The service lists no limit; more than this is no vocabulary of one's own. */
const MOST_WORDS = 500;

const Sensitivity = z.enum(['low', 'high']);
const Penalty = z.number().min(-2).max(2);
const LANGUAGES: ReadonlySet<string> = new Set([...LANGUAGE_CODES, ...SPEECH_LANGUAGE_CODES]);

const Transcription = z
  .strictObject({
    input: z.boolean(),
    output: z.boolean(),
    languageHints: z
      .array(z.string().refine((code) => LANGUAGES.has(code), { error: 'is no language code that the service lists' }))
      .min(1),
    customVocabulary: z.array(z.string().trim().min(1).max(100)).min(1).max(MOST_WORDS),
  })
  .partial();

const LiveOptionsSchema = z
  .strictObject({
    temperature: z.number().min(0).max(2),
    topP: z.number().min(0).max(1),
    topK: z.int().min(1).max(INT32.most),
    maxOutputTokens: z.int().min(1).max(INT32.most),
    seed: z.int().min(INT32.least).max(INT32.most),
    presencePenalty: Penalty,
    frequencyPenalty: Penalty,
    mediaResolution: z.enum(['low', 'medium', 'high']),
    thinking: z.union([
      z.strictObject({ level: z.enum(['minimal', 'low', 'medium', 'high']) }),
      z.strictObject({ budgetTokens: z.int().min(-1).max(INT32.most) }),
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
    activityHandling: z.enum(['interrupts', 'none']),
    turnCoverage: z.enum(['activity', 'activityAndVideo', 'everything']),
    /** The context is cut from `triggerTokens` down to `targetTokens`. */
    compression: z
      .strictObject({ triggerTokens: z.int().min(1_000), targetTokens: z.int().min(500) })
      .refine(({ triggerTokens, targetTokens }) => targetTokens < triggerTokens, {
        message: 'targetTokens must be less than triggerTokens',
      }),
    transcription: Transcription,
    affectiveDialog: z.boolean(),
    proactiveAudio: z.boolean(),
  })
  .partial();

/** The options of a file's text, or what is wrong with it, one plain sentence a fault. */
export function parseLiveOptions(text: string): { options: LiveTuning } | { problems: readonly string[] } {
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
