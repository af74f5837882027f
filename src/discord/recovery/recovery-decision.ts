/**
 * What becomes of a room that was open when the process was killed, from the facts. Pure: looking the facts up and acting on the
 * outcome are `recovery.ts`'s.
 *
 * However often the process was killed lately is no fact of it: a host that kills it twenty times gets it back twenty times.
 */
import type { Problem } from '../../errors.ts';
import type { PermissionName } from '../permissions.ts';

/**
 * As long as the Live service keeps a conversation (reference/live-api.md §8.3). Whoever sits in the channel after that has not
 * called the bot, and would not expect it to come and listen.
 */
export const MOST_ABSENT_MS = 2 * 60 * 60_000;

export interface PastChannelFacts {
  readonly channelId: string;
  /** In the channel now, the bot not counted; those who are not heard are company too. */
  readonly people: number;
  readonly botLacks: readonly PermissionName[];
  readonly full: boolean;
}

export interface RecoveryFacts {
  /** Since the process was last known to be alive, ms. */
  readonly absentMs: number;
  /** `unavailable`: in an outage of Discord's. */
  readonly guild: 'here' | 'unavailable' | 'gone';
  /** Whether this process may be used on the server. */
  readonly allowed: boolean;
  /** Somebody has called the bot again meanwhile. */
  readonly roomOpen: boolean;
  /** Null when the channel is gone, or no voice channel any more. */
  readonly channel: PastChannelFacts | null;
}

export type RecoveryDecision =
  | { readonly kind: 'return' }
  /** Nothing can be told of it yet. */
  | { readonly kind: 'wait' }
  /** There is nobody who waits for it. */
  | { readonly kind: 'forget'; readonly why: 'absentTooLong' | 'guildGone' | 'roomOpen' | 'nobodyThere' }
  /** People wait for it, and it cannot come. */
  | { readonly kind: 'cannot'; readonly problem: Problem }
  | { readonly kind: 'botLacks'; readonly permissions: readonly PermissionName[] };

export function decideRecovery({ absentMs, guild, allowed, roomOpen, channel }: RecoveryFacts): RecoveryDecision {
  if (absentMs > MOST_ABSENT_MS) return { kind: 'forget', why: 'absentTooLong' };
  if (guild === 'gone') return { kind: 'forget', why: 'guildGone' };
  if (guild === 'unavailable') return { kind: 'wait' };
  if (roomOpen) return { kind: 'forget', why: 'roomOpen' };
  if (channel === null) return { kind: 'cannot', problem: { code: 'VOICE_CALL_TERMINATED', details: {} } };
  if (channel.people === 0) return { kind: 'forget', why: 'nobodyThere' };
  if (!allowed) return { kind: 'cannot', problem: { code: 'GUILD_NOT_ALLOWED', details: {} } };
  if (channel.botLacks.length > 0) return { kind: 'botLacks', permissions: channel.botLacks };
  if (!channel.full) return { kind: 'return' };
  const details = { channel: `<#${channel.channelId}>` };
  return { kind: 'cannot', problem: { code: 'VOICE_CHANNEL_FULL', details } };
}
