/**
 * The MLS group of a call as the voice server follows it: who has which leaf, which epoch it is, and how simulated
 * members get from one to the next. The bot's side goes over the wire and is not here.
 */
import type { ExternalSender, Proposal } from './external-sender.ts';
import type { CommitAndWelcome, KeyHolder } from './key-holder.ts';
import { type Leaves, leafIndexOf, usersOf, withoutUser, withUser } from './leaves.ts';
import type { RekeyPlan } from './rekey-plan.ts';

export interface GroupOptions {
  readonly channelId: string;
  readonly sender: ExternalSender;
  /** Simulated members in the call. */
  readonly holders: () => readonly KeyHolder[];
}

/** The bot as part of a change. */
export interface AddableBot {
  readonly userId: string;
  readonly keyPackage: () => Buffer;
}

/** A change that is proposed and committed, and that nobody but the committer has seen. */
export interface GroupChange {
  readonly proposals: Buffer;
  /** The commit of a simulated member. */
  readonly committed: CommitAndWelcome;
  /** The bot is in the group before and after: it needs proposals and commit, not the welcome. */
  readonly botStays: boolean;
  /** Simulated members who are still here take the new keys of the commit that won. */
  apply(winner: CommitAndWelcome): void;
}

export interface Group {
  readonly leaves: Leaves;
  readonly epoch: bigint;
  found(plan: RekeyPlan & { kind: 'found' }, bot: AddableBot): GroupChange;
  change(plan: RekeyPlan & { kind: 'change' }, bot: AddableBot): GroupChange;
  /** Whoever has this leaf is gone, even if the same user comes back. */
  orphan(userId: string): void;
  forget(): void;
}

export function createGroup({ channelId, sender, holders }: GroupOptions): Group {
  let leaves: Leaves = [];
  let epoch = 0n;

  const holder = (userId: string): KeyHolder => {
    const found = holders().find((one) => one.userId === userId);
    if (!found) throw new Error(`no simulated member ${userId}`);
    return found;
  };
  const stillHere = (those: readonly KeyHolder[]): KeyHolder[] => holders().filter((one) => those.includes(one));
  const adding = (userIds: readonly string[], bot: AddableBot): Proposal[] =>
    userIds.map((userId) => {
      const keyPackage = userId === bot.userId ? bot.keyPackage() : holder(userId).keyPackage();
      return { kind: 'add', keyPackage };
    });
  const everybody = (bot: AddableBot): string[] => [...holders().map((one) => one.userId), bot.userId];
  const withKeys =
    (old: readonly KeyHolder[], added: readonly KeyHolder[], next: bigint) => (winner: CommitAndWelcome) => {
      for (const one of stillHere(old)) one.processCommit(winner.commit);
      if (winner.welcome) for (const one of stillHere(added)) one.processWelcome(winner.welcome);
      epoch = next;
    };

  return {
    get leaves() {
      return leaves;
    },
    get epoch() {
      return epoch;
    },
    found({ founder, add }, bot) {
      for (const one of holders()) one.renew();
      const proposals = sender.propose(channelId, 0n, adding(add, bot));
      const committed = holder(founder).commit(proposals, everybody(bot));
      const added = add.filter((userId) => userId !== bot.userId).map(holder);
      leaves = [founder, ...add];
      return { proposals, committed, botStays: false, apply: withKeys([holder(founder)], added, 1n) };
    },
    change({ committer, remove, add }, bot) {
      const removing = remove.map((userId): Proposal => ({ kind: 'remove', leafIndex: leafIndexOf(leaves, userId) }));
      const proposals = sender.propose(channelId, epoch, [...removing, ...adding(add, bot)]);
      const present = usersOf(leaves);
      const stays = (userId: string): boolean => present.includes(userId) && !remove.includes(userId);
      const old = holders().filter((one) => stays(one.userId));
      const committed = holder(committer).commit(proposals, everybody(bot));
      for (const one of old) if (one.userId !== committer) one.learn(proposals, everybody(bot));
      const added = add.filter((userId) => userId !== bot.userId).map(holder);
      leaves = add.reduce(withUser, remove.reduce(withoutUser, leaves));
      return { proposals, committed, botStays: stays(bot.userId), apply: withKeys(old, added, epoch + 1n) };
    },
    orphan(userId) {
      leaves = leaves.map((present) => (present === userId ? `${userId} who left` : present));
    },
    forget() {
      leaves = [];
      epoch = 0n;
    },
  };
}
