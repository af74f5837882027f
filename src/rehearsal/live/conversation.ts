/**
 * What a Live session remembers, which outlives its connections: who said what, how many tokens it was, and what of it
 * context compression has dropped.
 */
import type { ModelProfile } from './models.ts';

type TokenModality = 'TEXT' | 'AUDIO' | 'IMAGE';
export type Tokens = Readonly<Partial<Record<TokenModality, number>>>;

export interface Remembered {
  readonly role: 'user' | 'model';
  readonly text: string;
  readonly tokens: Tokens;
}

export interface Conversation {
  /** `session-1`, `session-2`, … */
  readonly name: string;
  readonly model: ModelProfile;
  readonly startedAt: number;
  /** The socket it is on; null between connections. */
  socket: { readonly open: boolean } | null;
  /** When its last connection ended; null while there is one. */
  endedAt: number | null;
  /** Everything said, oldest first; `dropped` entries at its head are no longer in the context. */
  entries: readonly Remembered[];
  dropped: number;
}

/** Live audio, in and out (live-api.md §10). */
const TOKENS_PER_AUDIO_MS = 25 / 1000;
/** Text (§10). */
const CHARACTERS_PER_TOKEN = 4;

export function createConversation(name: string, model: ModelProfile, startedAt: number): Conversation {
  return { name, model, startedAt, socket: null, endedAt: null, entries: [], dropped: 0 };
}

export function audioTokens(ms: number): number {
  return Math.round(ms * TOKENS_PER_AUDIO_MS);
}

export function textTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

export function remember(conversation: Conversation, entry: Remembered): void {
  conversation.entries = [...conversation.entries, entry];
}

/** Goes back to what was known when a handle was issued. */
export function rewind(conversation: Conversation, entries: number): void {
  conversation.entries = conversation.entries.slice(0, entries);
  conversation.dropped = Math.min(conversation.dropped, entries);
}

/** Tokens of what is still in the context, by modality. */
export function contextTokens({ entries, dropped }: Conversation): Tokens {
  return entries.slice(dropped).reduce<Tokens>((sum, { tokens }) => addTokens(sum, tokens), {});
}

export function addTokens(a: Tokens, b: Tokens): Tokens {
  const sum: Partial<Record<TokenModality, number>> = { ...a };
  for (const modality of ['TEXT', 'AUDIO', 'IMAGE'] as const) {
    const more = b[modality];
    if (more !== undefined) sum[modality] = (sum[modality] ?? 0) + more;
  }
  return sum;
}

export function totalTokens(tokens: Tokens): number {
  return Object.values(tokens).reduce((sum, count) => sum + count, 0);
}

/**
 * Drops the oldest turns down to the target once the context has reached the trigger. It cuts where a user's turn begins, and the newest turn always
 * stays (live-api.md §4).
 */
export function compress(
  conversation: Conversation,
  { triggerTokens, targetTokens }: { readonly triggerTokens: number; readonly targetTokens: number },
): void {
  if (totalTokens(contextTokens(conversation)) < triggerTokens) return;
  const { entries } = conversation;
  for (let cut = conversation.dropped + 1; cut < entries.length; cut++) {
    if (entries[cut]?.role !== 'user') continue;
    conversation.dropped = cut;
    if (totalTokens(contextTokens(conversation)) <= targetTokens) return;
  }
}
