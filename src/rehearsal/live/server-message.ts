/**
 * Messages of the service and how they look on the wire: JSON, pretty-printed, in binary frames (live-api.md §1, §3).
 */
import { addTokens, type Tokens, totalTokens } from './conversation.ts';

export interface ServerPart {
  readonly text?: string;
  readonly inlineData?: { readonly mimeType: string; readonly data: string };
  readonly executableCode?: { readonly language: 'PYTHON'; readonly code: string };
  readonly codeExecutionResult?: { readonly outcome: string; readonly output: string };
}

export interface GroundingMetadata {
  readonly webSearchQueries: readonly string[];
  readonly groundingChunks: readonly {
    readonly web: { readonly uri: string; readonly title: string; readonly domain: string };
  }[];
  readonly groundingSupports: readonly object[];
  readonly searchEntryPoint: { readonly renderedContent: string };
}

export interface ServerContent {
  readonly modelTurn?: { readonly role: 'model'; readonly parts: readonly ServerPart[] };
  readonly inputTranscription?: { readonly text: string };
  readonly outputTranscription?: { readonly text: string };
  readonly groundingMetadata?: GroundingMetadata;
  readonly generationComplete?: true;
  readonly interrupted?: true;
  readonly turnComplete?: true;
  readonly interactionStatus?: 'IDLE';
}

interface ModalityCount {
  readonly modality: string;
  readonly tokenCount: number;
}

export interface UsageMetadata {
  readonly promptTokenCount: number;
  readonly responseTokenCount: number;
  readonly totalTokenCount: number;
  readonly promptTokensDetails: readonly ModalityCount[];
  readonly responseTokensDetails: readonly ModalityCount[];
}

export interface ServerMessage {
  readonly setupComplete?: Record<string, never>;
  readonly serverContent?: ServerContent;
  readonly toolCall?: {
    readonly functionCalls: readonly { readonly id: string; readonly name: string; readonly args?: object }[];
  };
  readonly toolCallCancellation?: { readonly ids: readonly string[] };
  readonly goAway?: { readonly timeLeft: string };
  readonly sessionResumptionUpdate?: { readonly newHandle?: string; readonly resumable?: boolean };
  readonly usageMetadata?: UsageMetadata;
}

/** What a message looks like in a frame. */
export function encodeMessage(message: ServerMessage): Buffer {
  return Buffer.from(`${JSON.stringify(message, null, 2)}\n`);
}

/** Prompt tokens a turn has beside what its details add up to: 25 to 51 were seen on 3.8 (§3.8). */
const UNEXPLAINED_TOKENS = 32;

/** Usage of one turn: the whole context again, and what was said. */
export function usageOf(prompt: Tokens, response: Tokens): UsageMetadata {
  const promptTokenCount = totalTokens(prompt) + UNEXPLAINED_TOKENS;
  return {
    promptTokenCount,
    responseTokenCount: totalTokens(response),
    totalTokenCount: promptTokenCount + totalTokens(response),
    promptTokensDetails: details(prompt),
    responseTokensDetails: details(response),
  };
}

function details(tokens: Tokens): ModalityCount[] {
  return Object.entries(addTokens(tokens, {})).flatMap(([modality, tokenCount]) =>
    tokenCount > 0 ? [{ modality, tokenCount }] : [],
  );
}

/** A protobuf Duration: decimal seconds and `s`. */
export function duration(ms: number): string {
  return `${Number((ms / 1000).toFixed(3))}s`;
}
