/**
 * Resumption handles: which session a handle continues, from which point, and until when (live-api.md §8.5).
 */
import { randomBytes } from 'node:crypto';
import type { Conversation } from './conversation.ts';

interface Issued {
  readonly conversation: Conversation;
  /** How much was said when the handle was issued. */
  readonly entries: number;
}

type Redeemed =
  | { readonly outcome: 'resumed'; readonly conversation: Conversation; readonly entries: number }
  /** Unknown, refused, older than its lifetime, or another model's. */
  | { readonly outcome: 'refused' }
  /** The session's old socket is still open. */
  | { readonly outcome: 'busy'; readonly conversation: Conversation };

export interface Handles {
  issue(conversation: Conversation): string;
  redeem(handle: string, modelId: string, now: number): Redeemed;
}

/** Handles kept over all sessions: hours of one every second. */
const MOST_HANDLES = 20_000;

/** @param lifetimeMs counted from the end of the session's last connection. */
export function createHandles(lifetimeMs: number): Handles {
  const issued = new Map<string, Issued>();
  return {
    issue(conversation) {
      const handle = randomBytes(48).toString('base64url');
      issued.set(handle, { conversation, entries: conversation.entries.length });
      for (const oldest of issued.keys()) {
        if (issued.size <= MOST_HANDLES) break;
        issued.delete(oldest);
      }
      return handle;
    },
    redeem(handle, modelId, now) {
      const found = issued.get(handle);
      if (found === undefined || found.conversation.model.id !== modelId) return { outcome: 'refused' };
      const { conversation, entries } = found;
      if (conversation.socket?.open) return { outcome: 'busy', conversation };
      const age = now - (conversation.endedAt ?? now);
      return age > lifetimeMs ? { outcome: 'refused' } : { outcome: 'resumed', conversation, entries };
    },
  };
}
