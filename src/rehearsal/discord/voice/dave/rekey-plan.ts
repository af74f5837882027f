/**
 * What must change so that the group holds exactly those who are in the call. Pure.
 *
 * Commits are made by simulated members, never by the bot: its op 28 has no length between commit and welcome, and the
 * protocol lets the server choose whose commit wins (discord/dave-protocol, protocol.md).
 */
import { type Leaves, usersOf } from './leaves.ts';

/** The bot's key package: none since its session began anew, one that waits to be added, or one that was added. */
export type PackageState = 'missing' | 'waiting' | 'used';

export interface GroupSituation {
  readonly leaves: Leaves;
  readonly botId: string;
  readonly botPackage: PackageState;
  /** Simulated members in the call, in order of joining. */
  readonly memberIds: readonly string[];
}

export type RekeyPlan =
  | { readonly kind: 'nothing' }
  /** A new group: `founder` is alone in it and adds all others. */
  | { readonly kind: 'found'; readonly founder: string; readonly add: readonly string[] }
  | {
      readonly kind: 'change';
      readonly committer: string;
      readonly remove: readonly string[];
      readonly add: readonly string[];
    }
  /** Nobody is left who could commit: the bot begins anew with op 24. */
  | { readonly kind: 'dissolve' };

const NOTHING: RekeyPlan = { kind: 'nothing' };

export function planRekey({ leaves, botId, botPackage, memberIds }: GroupSituation): RekeyPlan {
  const present = usersOf(leaves);
  if (present.length === 0) {
    const [founder, ...others] = memberIds;
    if (founder === undefined || botPackage !== 'waiting') return NOTHING;
    return { kind: 'found', founder, add: [...others, botId] };
  }
  const committer = memberIds.find((userId) => present.includes(userId));
  if (committer === undefined) return { kind: 'dissolve' };
  if (botPackage === 'missing') return NOTHING;
  const replaced = botPackage === 'waiting' && present.includes(botId);
  const wanted = [...memberIds, botId];
  const remove = present.filter((userId) => !wanted.includes(userId) || (userId === botId && replaced));
  const add = wanted.filter((userId) => !present.includes(userId) || (userId === botId && replaced));
  return remove.length + add.length === 0 ? NOTHING : { kind: 'change', committer, remove, add };
}
