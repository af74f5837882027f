/**
 * What the loopback Discord tells while it runs: events with their times (ms of its `now`), and violations: what no bot in good
 * order does. An honest refusal (a permission that is missing, a rate limit) is an event, not a violation.
 */
import type { MessageState } from './world/guild-state.ts';

export type DiscordViolationRule =
  /** A body that Discord refuses with 50035 or the like. */
  | 'invalid-form'
  /** A path or method that Discord does not have. */
  | 'unknown-route'
  /** No first answer within 3 s: the member reads "did not respond". */
  | 'interaction-late'
  /** A deferred answer that was never given, within the 15 minutes of its token. */
  | 'interaction-unanswered'
  /** A second first answer. */
  | 'interaction-double'
  /** A payload for which the gateway closes the connection. */
  | 'gateway-payload'
  /** More than 120 payloads a minute on one connection. */
  | 'gateway-flood'
  /** Commands written although nothing differs. */
  | 'commands-rewritten';

export interface DiscordViolation {
  readonly at: number;
  readonly rule: DiscordViolationRule;
  readonly detail: string;
}

type Happening =
  | { readonly type: 'identified' | 'resumed'; readonly sessionId: string; readonly intents: number }
  | { readonly type: 'gatewayClosed'; readonly code: number; readonly by: 'server' | 'client' }
  | { readonly type: 'request'; readonly method: string; readonly path: string; readonly status: number }
  | { readonly type: 'rateLimited'; readonly method: string; readonly path: string }
  | { readonly type: 'commandsWritten'; readonly guildId: string | null; readonly names: readonly string[] }
  | { readonly type: 'messagePosted' | 'messageEdited' | 'messageDeleted'; readonly message: MessageState }
  | { readonly type: 'typing'; readonly channelId: string }
  | { readonly type: 'voiceStatus'; readonly channelId: string; readonly status: string | null }
  | { readonly type: 'interactionCreated'; readonly id: string; readonly name: string; readonly userId: string }
  | { readonly type: 'interactionAnswered'; readonly id: string; readonly name: string; readonly tookMs: number }
  | {
      readonly type: 'voiceState';
      readonly guildId: string;
      readonly userId: string;
      readonly channelId: string | null;
      readonly before: string | null;
    }
  | { readonly type: 'voiceStateAsked'; readonly guildId: string; readonly channelId: string | null }
  | { readonly type: 'violation'; readonly violation: DiscordViolation };

export type DiscordEvent = Happening & { readonly at: number };
export type DiscordHappening = Happening;
