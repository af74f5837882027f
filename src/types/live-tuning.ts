/**
 * What an operator may tell a Live session beyond what a guild sets (`LIVE_OPTIONS`). Everything may be left out: then the
 * model's own default holds, or ours. Whether the model takes it: `catalogue/fit-tuning.ts`.
 */

/** Who decides that somebody has begun and finished speaking: our own turn-taking, or the service. */
export type TurnDetection = 'manual' | 'automatic';

export type Sensitivity = 'low' | 'high';

/** What of the input a turn covers: speech alone; speech, and images of any time; whatever was sent. */
export type TurnCoverage = 'activity' | 'activityAndVideo' | 'everything';

/** Heeded with `TURN_DETECTION=automatic` alone. */
export interface AutomaticDetection {
  readonly startSensitivity?: Sensitivity | undefined;
  readonly endSensitivity?: Sensitivity | undefined;
  readonly prefixPaddingMs?: number | undefined;
  /** In place of the pause that a guild sets with `/turns`. */
  readonly silenceDurationMs?: number | undefined;
}

export interface TranscriptionTuning {
  /** What people say, in words. Without it there are no transcripts of them, and a fresh session is not told what they said. */
  readonly input?: boolean | undefined;
  /** What the model says; where it cannot be switched off it comes all the same. */
  readonly output?: boolean | undefined;
  /** BCP-47 codes of what people may speak, for guilds whose language is `auto`. */
  readonly languageHints?: readonly string[] | undefined;
  /** Words that are hard to guess: names, products. */
  readonly customVocabulary?: readonly string[] | undefined;
}

export interface LiveTuning {
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
  readonly seed?: number | undefined;
  readonly presencePenalty?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly mediaResolution?: 'low' | 'medium' | 'high' | undefined;
  readonly thinking?:
    | { readonly level: 'minimal' | 'low' | 'medium' | 'high' }
    | { readonly budgetTokens: number }
    | undefined;
  readonly automaticDetection?: AutomaticDetection | undefined;
  /** `none`: speech never stops an answer, whatever a guild sets with `/turns`. */
  readonly activityHandling?: 'interrupts' | 'none' | undefined;
  readonly turnCoverage?: TurnCoverage | undefined;
  /** The context is cut from `triggerTokens` down to `targetTokens`. */
  readonly compression?: { readonly triggerTokens: number; readonly targetTokens: number } | undefined;
  readonly transcription?: TranscriptionTuning | undefined;
  /** The answer heeds how something was said. */
  readonly affectiveDialog?: boolean | undefined;
  /** The model may leave unanswered what was not meant for it. */
  readonly proactiveAudio?: boolean | undefined;
}
