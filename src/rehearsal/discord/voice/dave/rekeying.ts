/**
 * Keeps the keys of one call: every join and leave becomes proposals, a commit and a transition, one at a time.
 *
 * Order of one transition (discord.md §4): proposals (op 27) → commit (op 29) or welcome (op 30) → the bot's op 23 →
 * simulated members take the new keys → op 22. davey encrypts with new keys at once when it processes a commit, so the
 * members wait for op 23; what the bot sends meanwhile is held back by the call (`changing`).
 */
import { VoiceOp } from '../voice-opcodes.ts';
import { splitCommitWelcome } from './commit-welcome.ts';
import { appendProposals, type ExternalSender } from './external-sender.ts';
import { createGroup, type GroupChange } from './group.ts';
import { type CommitAndWelcome, DAVE_VERSION, type KeyHolder } from './key-holder.ts';
import { usersOf } from './leaves.ts';
import { uint16 } from './mls-encoding.ts';
import { type PackageState, planRekey } from './rekey-plan.ts';
import { createTransitions, type TransitionEnd } from './transitions.ts';

/** How long the bot may take for its own commit when it is to win; a member's wins after that. */
const BOT_COMMIT_TIMEOUT_MS = 1_000;

/** The bot as the key server sees it. */
export interface RekeyedBot {
  readonly userId: string;
  send(op: number, d: unknown): void;
  sendBinary(op: number, payload: Buffer): void;
  /** Resolves once the bot has read all that was sent. */
  settle(): Promise<void>;
}

export interface RekeyingHandlers {
  onPrepared(transitionId: number): void;
  /** Called once members and bot have the keys. */
  onExecuted(done: TransitionEnd & { readonly epoch: bigint; readonly userIds: readonly string[] }): void;
  onDissolved(): void;
}

/** Deviations for tests. */
export interface RekeyingFaults {
  /** Op 25 comes only after the next op 30. */
  lateExternalSender: boolean;
  /** Changes still to come in which the bot's commit wins. */
  botCommits: number;
}

export interface Rekeying {
  /** A transition is under way. */
  readonly changing: boolean;
  /** 0 while the call is downgraded. */
  readonly version: number;
  readonly epoch: bigint;
  readonly faults: RekeyingFaults;
  /** Transitions still to come that shall have id 0. */
  zeroTransitions(count: number): void;
  /** Is this user in the group, with keys everybody has? */
  holdsKeys(userId: string): boolean;
  /** The bot's session is open: it gets the external sender. */
  botOpened(bot: RekeyedBot): void;
  botGone(): void;
  /** Op 26. */
  keyPackage(bytes: Buffer): void;
  /** Op 28. */
  commitWelcome(payload: Buffer): void;
  /** Op 23. */
  transitionReady(transitionId: number): void;
  /** Op 31. A new key package follows. */
  invalidTransition(): void;
  /** A member came. */
  reconcile(): void;
  /** A member went; one who comes back is somebody else to the group. */
  memberLeft(userId: string): void;
  /** To protocol version 0: no end-to-end encryption. Nothing happens while a transition is under way. */
  downgrade(): void;
  /** Back to version 1, with a new group. */
  upgrade(): void;
  /** Op 29 with a commit that fits no epoch; the bot answers op 31. */
  announceInvalidCommit(): void;
  close(): void;
}

export interface RekeyingOptions {
  readonly channelId: string;
  readonly sender: ExternalSender;
  readonly now: () => number;
  /** Simulated members in the call, in order of joining. */
  readonly holders: () => readonly KeyHolder[];
  readonly handlers: RekeyingHandlers;
}

/** A change for which the bot's own commit is awaited. */
interface AwaitedCommit {
  readonly change: GroupChange;
  readonly timer: NodeJS.Timeout;
}

export function createRekeying({ channelId, sender, now, holders, handlers }: RekeyingOptions): Rekeying {
  const faults: RekeyingFaults = { lateExternalSender: false, botCommits: 0 };
  const group = createGroup({ channelId, sender, holders });
  let bot: RekeyedBot | null = null;
  let botPackage: { state: PackageState; bytes: Buffer } = { state: 'missing', bytes: Buffer.alloc(0) };
  let awaited: AwaitedCommit | null = null;
  let version = DAVE_VERSION;

  const transitions = createTransitions({
    now,
    onAnnounced: handlers.onPrepared,
    onExecuted(end) {
      if (end.transitionId !== 0) bot?.send(VoiceOp.executeTransition, { transition_id: end.transitionId });
      handlers.onExecuted({ ...end, epoch: group.epoch, userIds: usersOf(group.leaves) });
      reconcile();
    },
  });
  const busy = (): boolean => transitions.changing || awaited !== null;

  const forgetGroup = (): void => {
    transitions.abandon();
    if (awaited) clearTimeout(awaited.timer);
    awaited = null;
    group.forget();
  };
  const addable = (client: RekeyedBot) => ({
    userId: client.userId,
    keyPackage: () => {
      botPackage = { ...botPackage, state: 'used' };
      return botPackage.bytes;
    },
  });
  const announce =
    (client: RekeyedBot, { botStays }: GroupChange, { commit, welcome }: CommitAndWelcome) =>
    (id: number) => {
      if (botStays) client.sendBinary(VoiceOp.announceCommit, Buffer.concat([uint16(id), commit]));
      else if (welcome) client.sendBinary(VoiceOp.welcome, Buffer.concat([uint16(id), welcome]));
      if (botStays || !faults.lateExternalSender) return;
      faults.lateExternalSender = false;
      client.sendBinary(VoiceOp.externalSender, sender.packageBytes);
    };
  const execute = (client: RekeyedBot, change: GroupChange, winner: CommitAndWelcome): void =>
    transitions.begin({ announce: announce(client, change, winner), apply: () => change.apply(winner) }, client.settle);

  const win = (winner?: CommitAndWelcome): void => {
    if (!awaited || !bot) return;
    const { change, timer } = awaited;
    clearTimeout(timer);
    awaited = null;
    execute(bot, change, winner ?? change.committed);
  };
  const carryOut = (client: RekeyedBot, change: GroupChange): void => {
    if (change.botStays) client.sendBinary(VoiceOp.proposals, appendProposals(change.proposals));
    if (!change.botStays || faults.botCommits <= 0) return execute(client, change, change.committed);
    faults.botCommits--;
    awaited = { change, timer: setTimeout(() => win(), BOT_COMMIT_TIMEOUT_MS) };
  };

  /** Op 24 with epoch 1: the bot begins anew and sends a fresh key package. */
  const beginAnew = (client: RekeyedBot): void => {
    forgetGroup();
    botPackage = { ...botPackage, state: 'missing' };
    client.send(VoiceOp.prepareEpoch, { protocol_version: DAVE_VERSION, epoch: 1 });
  };
  const dissolve = (client: RekeyedBot): void => {
    beginAnew(client);
    client.send(VoiceOp.prepareTransition, { transition_id: 0, protocol_version: DAVE_VERSION });
    handlers.onDissolved();
  };

  function reconcile(): void {
    if (!bot || busy() || version === 0) return;
    const memberIds = holders().map((one) => one.userId);
    const { leaves } = group;
    const plan = planRekey({ leaves, botId: bot.userId, botPackage: botPackage.state, memberIds });
    if (plan.kind === 'found') carryOut(bot, group.found(plan, addable(bot)));
    else if (plan.kind === 'change') carryOut(bot, group.change(plan, addable(bot)));
    else if (plan.kind === 'dissolve') dissolve(bot);
  }

  return {
    faults,
    zeroTransitions(count) {
      transitions.zeroIds = count;
    },
    get changing() {
      return busy();
    },
    get version() {
      return version;
    },
    get epoch() {
      return group.epoch;
    },
    holdsKeys(userId) {
      if (!usersOf(group.leaves).includes(userId)) return false;
      if (userId === bot?.userId) return !busy() && botPackage.state === 'used';
      return holders().some((one) => one.userId === userId && one.ready);
    },
    botOpened(client) {
      bot = client;
      if (!faults.lateExternalSender) client.sendBinary(VoiceOp.externalSender, sender.packageBytes);
    },
    botGone() {
      forgetGroup();
      bot = null;
      botPackage = { state: 'missing', bytes: Buffer.alloc(0) };
      version = DAVE_VERSION;
    },
    keyPackage(bytes) {
      botPackage = { state: 'waiting', bytes };
      reconcile();
    },
    commitWelcome(payload) {
      if (awaited) win(splitCommitWelcome(payload));
    },
    transitionReady: (transitionId) => transitions.answered(transitionId),
    invalidTransition() {
      botPackage = { ...botPackage, state: 'missing' };
      win();
      transitions.refused();
    },
    reconcile,
    memberLeft(userId) {
      group.orphan(userId);
      reconcile();
    },
    downgrade() {
      const client = bot;
      if (!client || busy() || version === 0) return;
      const apply = (): void => {
        version = 0;
        group.forget();
        for (const one of holders()) one.passthrough(true);
      };
      const prepare = (id: number): void =>
        client.send(VoiceOp.prepareTransition, { transition_id: id, protocol_version: 0 });
      transitions.begin({ announce: prepare, apply }, client.settle);
    },
    upgrade() {
      if (!bot || version !== 0) return;
      version = DAVE_VERSION;
      beginAnew(bot);
    },
    announceInvalidCommit() {
      bot?.sendBinary(VoiceOp.announceCommit, Buffer.concat([uint16(transitions.spareId()), uint16(1), uint16(1)]));
    },
    close: forgetGroup,
  };
}
