/**
 * What each model accepts and how it behaves where they differ (live-api.md §2.3, §4, §6, §7).
 */

export type ApiVersion = 'v1beta' | 'v1alpha';
export type Behaviour = 'BLOCKING' | 'NON_BLOCKING';
type ThinkingLevel = 'MINIMAL' | 'LOW' | 'MEDIUM' | 'HIGH';

export interface ModelProfile {
  /** Without `models/`. */
  readonly id: string;
  /** Native audio models answer in audio only and choose their language themselves (§7.1). */
  readonly kind: 'native-audio' | 'half-cascade';
  readonly thinking: 'none' | 'budget' | readonly ThinkingLevel[];
  /** `proactivity` and `enableAffectiveDialog`: where the fields exist at all. */
  readonly proactivity: 'none' | 'v1alpha';
  /** `seed`: only as history before the conversation, announced in `historyConfig`. */
  readonly clientContent: 'always' | 'seed';
  readonly tools: { readonly googleSearch: boolean; readonly codeExecution: boolean; readonly urlContext: boolean };
  readonly behaviours: readonly Behaviour[];
  /** What a function without `behavior` is. */
  readonly defaultBehaviour: Behaviour;
  /** `scheduling` of a tool response. */
  readonly scheduling: boolean;
  /** `mediaChunks`: deprecated everywhere; 3.x closes the socket over it (sokuji#150, mastra#18287). */
  readonly mediaChunks: 'taken' | 'refused';
  /** What input does while a blocking call has no response: close the socket, or cancel the call. */
  readonly inputDuringCall: 'close' | 'cancel';
  /** Tells cancelled calls in `toolCallCancellation`; 3.8 never did (§3.4). */
  readonly announcesCancellation: boolean;
  /** Output transcription and handles that come although nobody asked (§3.2, §3.6). */
  readonly unasked: boolean;
  /** Parts of audio in one message, at most: 3.x packs several, 2.5 sent one (§3.2). */
  readonly partsOfMessage: number;
  /** Sends `interactionStatus` beside `turnComplete`. */
  readonly interactionStatus: boolean;
  /** Input tokens the context holds. */
  readonly contextTokens: number;
}

const NATIVE: ModelProfile = {
  id: '',
  kind: 'native-audio',
  thinking: 'none',
  proactivity: 'none',
  clientContent: 'always',
  tools: { googleSearch: true, codeExecution: false, urlContext: false },
  behaviours: ['BLOCKING', 'NON_BLOCKING'],
  defaultBehaviour: 'BLOCKING',
  scheduling: true,
  mediaChunks: 'taken',
  inputDuringCall: 'close',
  announcesCancellation: true,
  unasked: false,
  partsOfMessage: 1,
  interactionStatus: false,
  contextTokens: 131_072,
};

const LIVE_3_8: ModelProfile = {
  ...NATIVE,
  id: 'gemini-3.8-live',
  defaultBehaviour: 'NON_BLOCKING',
  mediaChunks: 'refused',
  inputDuringCall: 'cancel',
  announcesCancellation: false,
  unasked: true,
  partsOfMessage: 3,
};

/** What the service serves on the Developer API in autumn 2026 (§7); everything else is unknown or retired. */
export const SERVED_MODELS: readonly ModelProfile[] = [
  LIVE_3_8,
  {
    ...LIVE_3_8,
    id: 'gemini-3.8-live-extended-thinking',
    thinking: ['LOW', 'MEDIUM', 'HIGH'],
    behaviours: ['NON_BLOCKING'],
    scheduling: false,
    interactionStatus: true,
  },
  {
    ...NATIVE,
    id: 'gemini-3.1-flash-live-preview',
    thinking: ['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'],
    clientContent: 'seed',
    behaviours: ['BLOCKING'],
    scheduling: false,
    mediaChunks: 'refused',
    partsOfMessage: 3,
  },
  {
    ...NATIVE,
    id: 'gemini-2.5-flash-native-audio-preview-12-2025',
    thinking: 'budget',
    proactivity: 'v1alpha',
  },
];

/**
 * A half-cascade model as they were until 2025-12-09: answers in text when asked to, honours `languageCode`. Not served; a
 * test that wants one puts it into `models`.
 */
export const HALF_CASCADE: ModelProfile = {
  ...NATIVE,
  id: 'gemini-live-2.5-flash-preview',
  kind: 'half-cascade',
  tools: { googleSearch: true, codeExecution: true, urlContext: true },
  contextTokens: 32_768,
};
