/**
 * What tests and the rehearsal may do to one call.
 */
import type { Call } from './call.ts';
import { VoiceClose } from './voice-opcodes.ts';

export type UdpDirection = 'in' | 'out' | 'both' | 'none';

export interface CallControl {
  readonly channelId: string;
  readonly encrypted: boolean;
  readonly memberIds: readonly string[];
  /** The bot is there and has its session description. */
  readonly botConnected: boolean;
  /** The bot has the keys of the call and no transition is under way; true without encryption as soon as it is there. */
  readonly botSecured: boolean;
  /** DAVE's protocol version: 0 in stages and while downgraded. */
  readonly version: number;
  readonly epoch: bigint;
  /** The simulated members' code; null while they have none in common. */
  readonly privacyCode: string | null;
  /** Resolves when the condition holds; rejects after `timeoutMs` (10 s unless told). Looks after every change of keys, members or bot. */
  until(condition: (control: CallControl) => boolean, timeoutMs?: number): Promise<void>;

  /** Closes the bot's voice socket. Below 4000 and with 4015 the session can be resumed; any other code ends it. */
  closeSocket(code: number, reason?: string): void;
  /** Cuts the connection without a closing handshake (1006). */
  cutSocket(): void;
  /** Packets from (`in`) or to (`out`) the bot vanish, IP discovery too. */
  dropUdp(direction: UdpDirection): void;
  answerHeartbeats(on: boolean): void;
  /** Nothing gets in or out on either path, the connections stay. */
  blackHole(on: boolean): void;
  /** The next transitions have id 0: executed at once, without op 23 and op 22. */
  zeroTransitions(count?: number): void;
  /** The next session of the bot gets op 25 only after op 30, which it must refuse. */
  lateExternalSender(): void;
  /** In the next changes of membership the bot's own commit (op 28) wins instead of a simulated member's. */
  botCommits(count?: number): void;
  /** The bot is not told with op 11 of the next members who join. */
  unannouncedJoins(count?: number): void;
  /** To protocol version 0 and back; resolves when executed. */
  downgrade(): Promise<void>;
  upgrade(): Promise<void>;
  /** Announces a commit that does not fit; the bot answers op 31. */
  invalidCommit(): void;
  /** A message the bot has never heard of. */
  sendUnknown(op: number, d?: unknown): void;
}

const DEFAULT_TIMEOUT_MS = 10_000;

function canResume(code: number): boolean {
  return code < 4_000 || code === VoiceClose.serverCrashed;
}

export function createCallControl(call: Call): CallControl {
  const { rekeying } = call;
  const control: CallControl = {
    channelId: call.channelId,
    encrypted: call.encrypted,
    get memberIds() {
      return call.members.map((member) => member.userId);
    },
    get botConnected() {
      return call.botOpen;
    },
    get botSecured() {
      if (!call.bot || !call.botOpen) return false;
      return !call.encrypted || rekeying.version === 0 || rekeying.holdsKeys(call.bot.ticket.userId);
    },
    get version() {
      return call.encrypted ? rekeying.version : 0;
    },
    get epoch() {
      return rekeying.epoch;
    },
    get privacyCode() {
      const codes = new Set(call.members.map((member) => member.privacyCode));
      return codes.size === 1 ? ([...codes][0] ?? null) : null;
    },
    async until(condition, timeoutMs = DEFAULT_TIMEOUT_MS) {
      if (await call.waiting.until(() => condition(control), timeoutMs)) return;
      throw new Error(`call ${call.channelId} did not come to what was waited for within ${timeoutMs} ms`);
    },
    closeSocket(code, reason = '') {
      const session = call.bot;
      session?.closeSocket(code, reason);
      if (!canResume(code)) session?.end();
    },
    cutSocket: () => call.bot?.cutSocket(),
    dropUdp(direction) {
      if (call.bot)
        call.bot.media.dropped = {
          in: direction === 'in' || direction === 'both',
          out: direction === 'out' || direction === 'both',
        };
    },
    answerHeartbeats(on) {
      if (call.bot) call.bot.answersHeartbeats = on;
    },
    blackHole: (on) => call.bot?.blackHole(on),
    zeroTransitions(count = 1) {
      rekeying.zeroTransitions(count);
    },
    lateExternalSender() {
      rekeying.faults.lateExternalSender = true;
    },
    botCommits(count = 1) {
      rekeying.faults.botCommits = count;
    },
    unannouncedJoins(count = 1) {
      call.faults.unannouncedJoins = count;
    },
    async downgrade() {
      await control.until(() => control.botSecured);
      rekeying.downgrade();
      await control.until(() => rekeying.version === 0 && !rekeying.changing);
    },
    async upgrade() {
      rekeying.upgrade();
      await control.until(() => control.botSecured && rekeying.version > 0);
    },
    invalidCommit: () => rekeying.announceInvalidCommit(),
    sendUnknown: (op, d = {}) => call.bot?.send(op, d),
  };
  return control;
}
