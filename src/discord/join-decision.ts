/**
 * What `/join` comes to, from the facts. Pure: looking the facts up and acting on the outcome are the command's.
 */
import type { Problem } from '../errors.ts';
import type { PermissionName } from './permissions.ts';

export interface TargetFacts {
  readonly channelId: string;
  readonly kind: 'voice' | 'stage' | 'other';
  readonly full: boolean;
  readonly botLacks: readonly PermissionName[];
  /** What the member lacks to enter it; empty when already inside. */
  readonly memberLacks: readonly PermissionName[];
}

export interface JoinFacts {
  /** The channel that was named, else the member's own; null when there is neither. */
  readonly target: TargetFacts | null;
  /** The guild's open room. */
  readonly room: {
    readonly channelId: string;
    readonly joining: boolean;
    /** People in its channel besides the member who asks. */
    readonly others: number;
  } | null;
  /** Whether the member may move members out of the room's channel. */
  readonly mayMove: boolean;
}

export type JoinDecision =
  | { readonly kind: 'open'; readonly leaveFirst: boolean }
  | { readonly kind: 'alreadyHere' }
  | { readonly kind: 'alreadyJoining' }
  | { readonly kind: 'memberLacks'; readonly permissions: readonly PermissionName[] }
  | { readonly kind: 'botLacks'; readonly permissions: readonly PermissionName[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

export function decideJoin({ target, room, mayMove }: JoinFacts): JoinDecision {
  if (target === null) return refused({ code: 'MEMBER_IN_NO_CHANNEL', details: {} });
  if (target.kind === 'other') return refused({ code: 'VOICE_CHANNEL_UNSUPPORTED', details: {} });
  if (room?.channelId === target.channelId) return { kind: room.joining ? 'alreadyJoining' : 'alreadyHere' };
  // Nobody may send an ear into a channel that is closed to themselves.
  if (target.memberLacks.length > 0) return { kind: 'memberLacks', permissions: target.memberLacks };
  if (room !== null && room.others > 0 && !mayMove) {
    return refused({ code: 'MEMBER_MAY_NOT_MOVE', details: { channel: `<#${room.channelId}>` } });
  }
  if (target.botLacks.length > 0) return { kind: 'botLacks', permissions: target.botLacks };
  if (target.full) return refused({ code: 'VOICE_CHANNEL_FULL', details: { channel: `<#${target.channelId}>` } });
  return { kind: 'open', leaveFirst: room !== null };
}

function refused(problem: Problem): JoinDecision {
  return { kind: 'refused', problem };
}
