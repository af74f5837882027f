/**
 * One call: the bot (at most one real client), the simulated members, and what passes between them.
 */
import type { OpusDecoderHandle } from 'libopus-wasm';
import type { Arrival } from './bot-media.ts';
import type { BotSession } from './bot-session.ts';
import type { ExternalSender } from './dave/external-sender.ts';
import { createKeyHolder, type KeyHolder } from './dave/key-holder.ts';
import { createRekeying, type Rekeying } from './dave/rekeying.ts';
import { createDelivery, type Listener } from './delivery.ts';
import { createHeardRecorder, type HeardRecorder } from './heard-track.ts';
import { createVoiceMember, type VoiceMember } from './member.ts';
import { createMemberUplink } from './member-uplink.ts';
import type { LocalEvent, ViolationRule } from './voice-event.ts';
import { VoiceOp } from './voice-opcodes.ts';
import { createWaiting, type Waiting } from './waiting.ts';

export interface CallOptions {
  readonly guildId: string;
  readonly channelId: string;
  readonly encrypted: boolean;
  readonly sender: ExternalSender;
  readonly now: () => number;
  readonly newSsrc: () => number;
  readonly report: (event: LocalEvent) => void;
  readonly violation: (rule: ViolationRule, detail: string, at?: number) => void;
}

interface Seat extends Listener {
  readonly userId: string;
  readonly member: VoiceMember;
}

/** Deviations for tests. */
export interface CallFaults {
  /** Members still to join of whom the bot is not told with op 11. */
  unannouncedJoins: number;
}

export interface Call {
  readonly guildId: string;
  readonly channelId: string;
  readonly encrypted: boolean;
  readonly faults: CallFaults;
  readonly rekeying: Rekeying;
  readonly waiting: Waiting;
  /** The bot's session, from op 2 on. */
  readonly bot: BotSession | null;
  /** The bot takes packets. */
  readonly botOpen: boolean;
  readonly members: readonly VoiceMember[];
  join(userId: string): VoiceMember;
  /** The bot's session has begun and takes op 11. */
  seatBot(session: BotSession): void;
  /** The bot has the session description and takes end-to-end encryption messages and packets. */
  botOpened(session: BotSession): void;
  botSpeaking(speaking: boolean): void;
  arrival(arrival: Arrival, decoder: OpusDecoderHandle): void;
  unseatBot(session: BotSession): void;
  close(): void;
}

/** Op 18 and op 20 as clients on a desktop cause them; a bot has no use for them and must survive them. */
const CLIENT_FLAGS = 3;
const PLATFORM_DESKTOP = 0;
/** An opcode that no documentation knows: Discord adds such without notice. */
const UNKNOWN_OP = 99;

type BotState = { readonly status: 'absent' } | { readonly status: 'seated' | 'open'; readonly session: BotSession };

export function createCall(options: CallOptions): Call {
  const { guildId, channelId, encrypted, sender, now, newSsrc, report, violation } = options;
  const seats: Seat[] = [];
  const waiting = createWaiting();
  let bot: BotState = { status: 'absent' };
  const faults: CallFaults = { unannouncedJoins: 0 };

  const seated = (): BotSession | null => (bot.status === 'absent' ? null : bot.session);
  const openBot = (): BotSession | null => (bot.status === 'open' ? bot.session : null);
  const holders = (): KeyHolder[] => seats.map((seat) => seat.holder).filter((holder) => holder !== null);
  const isEncrypted = (): boolean => encrypted && rekeying.version > 0;
  const established = (userId: string): boolean => {
    const session = openBot();
    return session !== null && rekeying.holdsKeys(userId) && rekeying.holdsKeys(session.ticket.userId);
  };

  const rekeying = createRekeying({
    channelId,
    sender,
    now,
    holders,
    handlers: {
      onPrepared: (transitionId) => report({ type: 'transitionPrepared', transitionId }),
      onExecuted(done) {
        report({ type: 'transitionExecuted', ...done });
        delivery.release();
        waiting.changed();
      },
      onDissolved() {
        report({ type: 'groupDissolved' });
        delivery.release();
        waiting.changed();
      },
    },
  });
  const delivery = createDelivery({
    listeners: () => seats,
    encrypted: isEncrypted,
    established: (listener) => listener.holder !== null && established(listener.holder.userId),
    changing: () => encrypted && rekeying.changing,
    violation,
  });

  const tellOf = (session: BotSession, userIds: readonly string[]): void => {
    const told = userIds.slice(0, Math.max(0, userIds.length - faults.unannouncedJoins));
    faults.unannouncedJoins -= userIds.length - told.length;
    if (told.length > 0) session.send(VoiceOp.clientsConnect, { user_ids: told });
    for (const userId of told) {
      session.send(VoiceOp.clientFlags, { user_id: userId, flags: CLIENT_FLAGS });
      session.send(VoiceOp.clientPlatform, { user_id: userId, platform: PLATFORM_DESKTOP });
    }
  };

  const leave = (seat: Seat): void => {
    const at = seats.indexOf(seat);
    if (at < 0) return;
    seats.splice(at, 1);
    report({ type: 'memberLeft', userId: seat.userId, ssrc: seat.member.ssrc });
    seated()?.send(VoiceOp.clientDisconnect, { user_id: seat.userId });
    if (encrypted) rekeying.memberLeft(seat.userId);
    seat.holder?.close();
    waiting.changed();
  };

  const createSeat = (userId: string): Seat => {
    const holder = encrypted ? createKeyHolder(userId, channelId, sender.packageBytes) : null;
    const recorder: HeardRecorder = createHeardRecorder();
    const member = createVoiceMember({
      userId,
      channelId,
      ssrc: newSsrc(),
      now,
      newSsrc,
      heard: recorder.track,
      privacyCode: () => holder?.privacyCode ?? null,
      onLeave: () => leave(seat),
      uplink: (ssrc) =>
        createMemberUplink({
          userId,
          ssrc,
          holder,
          bot: openBot,
          encrypted: isEncrypted,
          established: () => established(userId),
          waiting,
          onSpeaking: (speaking) => report({ type: 'memberSpeaking', userId, speaking }),
        }),
    });
    const seat: Seat = { userId, holder, recorder, member };
    return seat;
  };

  return {
    guildId,
    channelId,
    encrypted,
    faults,
    rekeying,
    waiting,
    get bot() {
      return seated();
    },
    get botOpen() {
      return bot.status === 'open';
    },
    get members() {
      return seats.map((seat) => seat.member);
    },
    join(userId) {
      if (seats.some((seat) => seat.userId === userId)) throw new Error(`member ${userId} is in ${channelId} already`);
      const seat = createSeat(userId);
      seats.push(seat);
      report({ type: 'memberJoined', userId, ssrc: seat.member.ssrc });
      const session = seated();
      if (session) tellOf(session, [userId]);
      if (encrypted) rekeying.reconcile();
      return seat.member;
    },
    seatBot(session) {
      bot = { status: 'seated', session };
      tellOf(
        session,
        seats.map((seat) => seat.userId),
      );
    },
    botOpened(session) {
      bot = { status: 'open', session };
      session.send(VoiceOp.mediaSinkWants, { any: 100 });
      session.send(UNKNOWN_OP, {});
      if (encrypted) rekeying.botOpened(keyedBot(session));
      waiting.changed();
    },
    botSpeaking(speaking) {
      for (const seat of seats) seat.recorder.flag({ at: now(), speaking });
    },
    arrival(arrival, decoder) {
      const session = openBot();
      if (session) delivery.arrival(arrival, session.ticket.userId, decoder);
    },
    unseatBot(session) {
      if (seated() !== session) return;
      bot = { status: 'absent' };
      rekeying.botGone();
      waiting.changed();
    },
    close() {
      for (const seat of [...seats]) seat.member.leave();
      rekeying.close();
      waiting.close();
    },
  };
}

function keyedBot(session: BotSession) {
  return {
    userId: session.ticket.userId,
    send: (op: number, d: unknown) => session.send(op, d),
    sendBinary: (op: number, payload: Buffer) => session.sendBinary(op, payload),
    settle: () => session.settle(),
  };
}
