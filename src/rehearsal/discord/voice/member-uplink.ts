/**
 * The way of a simulated member's packets to the bot.
 */
import type { BotSession } from './bot-session.ts';
import type { KeyHolder } from './dave/key-holder.ts';
import type { MemberUplink } from './member.ts';
import { isSilenceFrame } from './opus-packets.ts';
import { VoiceOp } from './voice-opcodes.ts';
import { type Waiting, within } from './waiting.ts';

/**
 * How long a first packet waits for the bot to have read op 5. Op 5 goes over TCP and packets over UDP, and a client
 * drops packets of an SSRC it does not know; a bot that hangs for longer than this loses them, as on Discord.
 */
const ANNOUNCE_TIMEOUT_MS = 100;
/** Op 5's flag for a microphone (not a broadcast, not a priority speaker). */
const MICROPHONE = 1;

export interface MemberUplinkOptions {
  readonly userId: string;
  readonly ssrc: () => number;
  readonly holder: KeyHolder | null;
  /** The bot, once it takes packets. */
  readonly bot: () => BotSession | null;
  readonly encrypted: () => boolean;
  /** The member and the bot have each other's keys. */
  readonly established: () => boolean;
  readonly waiting: Waiting;
  /** Tells who listens to the server; `false` when the member is gone. */
  readonly onSpeaking: (speaking: boolean) => void;
}

export function createMemberUplink(options: MemberUplinkOptions): MemberUplink {
  const { userId, ssrc, holder, bot, encrypted, established, waiting, onSpeaking } = options;
  /** The bot's session that was last told of the SSRC. */
  let told: { readonly session: BotSession; readonly ssrc: number } | null = null;
  const isTold = (session: BotSession): boolean => told?.session === session && told.ssrc === ssrc();
  return {
    secured: async (timeoutMs) => {
      await waiting.until(() => !bot() || !encrypted() || established(), timeoutMs);
    },
    async announce(speaking) {
      onSpeaking(speaking);
      const session = bot();
      if (!session) return;
      session.send(VoiceOp.speaking, { user_id: userId, ssrc: ssrc(), speaking: speaking ? MICROPHONE : 0 });
      if (!speaking || isTold(session)) return;
      told = { session, ssrc: ssrc() };
      await within(session.settle(), ANNOUNCE_TIMEOUT_MS);
    },
    protect(opus) {
      if (!holder || !encrypted() || isSilenceFrame(opus)) return opus;
      return holder.ready ? holder.encrypt(opus) : null;
    },
    transmit: (header, payload, extension) => bot()?.media.transmit(header, payload, extension),
    transmitForged: (header, payload) => bot()?.media.transmitForged(header, payload),
  };
}
