/**
 * What each Live model takes and how it behaves where they differ: what is valid on one closes the socket on another.
 * From reference/live-api.md §2.3, §4, §6, §7, §8.3.
 */

import type { TurnCoverage } from '../types/live-tuning.ts';

export type ThinkingLevel = 'MINIMAL' | 'LOW' | 'MEDIUM' | 'HIGH';

export interface ModelProfile {
  /** Without `models/`. */
  readonly id: string;
  /** Native audio answers in audio only and chooses its language itself; half-cascade can answer in text. */
  readonly kind: 'native-audio' | 'half-cascade';
  /** Whether `speechConfig.languageCode` may be set. */
  readonly languageCode: boolean;
  /** Whether transcription takes and heeds hints: `languageCodes` (2.5 ignores them), and the younger `customVocabulary`. */
  readonly languageHints: boolean;
  /** What `generationConfig.thinkingConfig` may hold; `none`: it must be absent. */
  readonly thinking: 'none' | 'budget' | readonly ThinkingLevel[];
  /** Text turns and nudges as `clientContent` at any time; elsewhere typed text is a window with text in it. */
  readonly clientContentMidSession: boolean;
  /** History goes in through `historyConfig`; elsewhere into the system instruction. */
  readonly historyConfig: boolean;
  /** `realtimeInput.text` inside a window of activity. */
  readonly textInWindow: boolean;
  /** Functions whose results the conversation does not wait for, and functions for which it does. */
  readonly asyncTools: boolean;
  readonly blockingTools: boolean;
  /** Whether a result that nobody waits for may say when it is to be spoken of. */
  readonly toolScheduling: boolean;
  readonly googleSearch: boolean;
  readonly codeExecution: boolean;
  /** Input while a call is unanswered closes the socket or cancels the call, so it is held back. */
  readonly gateInputDuringTool: boolean;
  /** What a turn may cover. One is always sent, since the default differs between models; the kind that knows images came with 3.x. */
  readonly turnCoverages: readonly TurnCoverage[];
  /** The API version on which affective dialog and proactive audio can be asked for; null: neither can, nowhere. */
  readonly dialogVersion: 'v1alpha' | null;
  /** `turnComplete` does not mean that it is done: idle only at `interactionStatus: IDLE`. */
  readonly goesOnAfterTurn: boolean;
  /** How old a connection may become before it is replaced between two turns, ms. */
  readonly connectionMs: number;
}

const MINUTE_MS = 60_000;

/** 3.8 was closed at exactly 58:00, without goAway. */
const LIVE_3_8: ModelProfile = {
  id: 'gemini-3.8-live',
  kind: 'native-audio',
  languageCode: false,
  languageHints: true,
  thinking: 'none',
  clientContentMidSession: true,
  historyConfig: true,
  textInWindow: true,
  asyncTools: true,
  blockingTools: true,
  toolScheduling: true,
  googleSearch: true,
  codeExecution: false,
  gateInputDuringTool: true,
  turnCoverages: ['activity', 'activityAndVideo', 'everything'],
  dialogVersion: null,
  goesOnAfterTurn: false,
  connectionMs: 55 * MINUTE_MS,
};

/** The 10 minutes of older models end at 523 to 540 s, often without goAway: 8 minutes leave a long answer's room. */
const OLDER_CONNECTION_MS = 8 * MINUTE_MS;

const LIVE_2_5: ModelProfile = {
  ...LIVE_3_8,
  id: 'gemini-2.5-flash-native-audio-preview-12-2025',
  languageHints: false,
  thinking: 'budget',
  historyConfig: false,
  turnCoverages: ['activity', 'everything'],
  dialogVersion: 'v1alpha',
  connectionMs: OLDER_CONNECTION_MS,
};

/**
 * The model family of the first Live API, shut down by Google on 2025-12-09, for services that still offer it. Nothing is known
 * of text inside its windows, so none is sent.
 */
const HALF_CASCADE: ModelProfile = {
  ...LIVE_2_5,
  id: 'gemini-live-2.5-flash-preview',
  kind: 'half-cascade',
  languageCode: true,
  thinking: 'none',
  dialogVersion: null,
  textInWindow: false,
  codeExecution: true,
};

export const MODEL_PROFILES: readonly ModelProfile[] = [
  LIVE_3_8,
  {
    ...LIVE_3_8,
    id: 'gemini-3.8-live-extended-thinking',
    thinking: ['LOW', 'MEDIUM', 'HIGH'],
    blockingTools: false,
    toolScheduling: false,
    gateInputDuringTool: false,
    goesOnAfterTurn: true,
  },
  {
    ...LIVE_3_8,
    id: 'gemini-3.1-flash-live-preview',
    thinking: ['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'],
    clientContentMidSession: false,
    asyncTools: false,
    toolScheduling: false,
    connectionMs: OLDER_CONNECTION_MS,
  },
  LIVE_2_5,
  HALF_CASCADE,
  { ...HALF_CASCADE, id: 'gemini-2.0-flash-live-001' },
];

export interface FoundProfile {
  readonly profile: ModelProfile;
  /** False: the id is in no table, and what is true of 3.8 is assumed. */
  readonly known: boolean;
}

/** @param id model id, with or without `models/` */
export function profileOf(id: string): FoundProfile {
  const bare = id.replace(/^models\//, '');
  const found = MODEL_PROFILES.find((profile) => profile.id === bare);
  return found ? { profile: found, known: true } : { profile: { ...LIVE_3_8, id: bare }, known: false };
}
