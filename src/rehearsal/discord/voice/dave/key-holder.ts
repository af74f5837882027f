/**
 * A simulated member's side of the end-to-end encryption: one `DAVESession`, which is the member's MLS client and its
 * media keys.
 */
import davey from '@snazzah/davey';
import { hasDaveMarker, isSilenceFrame } from '../opus-packets.ts';

/** The first op 27 payload byte of davey's enum: append. */
const APPEND = 0;
const AUDIO = 0;
export const DAVE_VERSION = 1;
/** Seconds for which frames in the clear are taken, when a downgrade ends that (protocol.md, "Downgrade"). */
const PASSTHROUGH_EXPIRY_IN_S = 10;

export interface CommitAndWelcome {
  readonly commit: Buffer;
  /** Present when somebody was added. */
  readonly welcome: Buffer | null;
}

/** What a listener makes of a payload. `opus` is null when it cannot be heard. */
export interface Listened {
  readonly encrypted: 'dave' | 'clear' | 'undecryptable';
  readonly opus: Buffer | null;
}

export interface KeyHolder {
  readonly userId: string;
  /** Has the keys of a group. */
  readonly ready: boolean;
  readonly epoch: bigint;
  readonly privacyCode: string | null;
  /** Forgets every group and stands in a pending one of its own, at epoch 0. */
  renew(): void;
  keyPackage(): Buffer;
  /** Commits the server's proposals. Throws what davey throws when they do not fit its group. */
  commit(proposals: Buffer, recognizedUserIds: readonly string[]): CommitAndWelcome;
  /** Learns of proposals that another member commits. */
  learn(proposals: Buffer, recognizedUserIds: readonly string[]): void;
  processCommit(commit: Buffer): void;
  processWelcome(welcome: Buffer): void;
  /** Accepts frames in the clear (`true`), or for a last few seconds (`false`). */
  passthrough(on: boolean): void;
  encrypt(opus: Buffer): Buffer;
  /** Never throws. Silence frames are never encrypted. */
  decrypt(senderId: string, payload: Buffer): Listened;
  close(): void;
}

export function createKeyHolder(userId: string, channelId: string, externalSender: Buffer): KeyHolder {
  const session = new davey.DAVESession(DAVE_VERSION, userId, channelId);
  session.setExternalSender(externalSender);
  let fresh = true;
  const process = (proposals: Buffer, userIds: readonly string[]) => {
    fresh = false;
    return session.processProposals(APPEND, proposals, [...userIds]);
  };
  return {
    userId,
    get ready() {
      return session.ready;
    },
    get epoch() {
      return session.epoch ?? 0n;
    },
    get privacyCode() {
      return session.voicePrivacyCode === '' ? null : session.voicePrivacyCode;
    },
    renew() {
      if (fresh) return;
      session.reinit(DAVE_VERSION, userId, channelId);
      fresh = true;
    },
    keyPackage: () => session.getSerializedKeyPackage(),
    commit(proposals, userIds) {
      const { commit, welcome } = process(proposals, userIds);
      if (!commit) throw new Error('davey made no commit of the proposals');
      return { commit, welcome: welcome ?? null };
    },
    learn: (proposals, userIds) => void process(proposals, userIds),
    processCommit: (commit) => session.processCommit(commit),
    processWelcome(welcome) {
      fresh = false;
      session.processWelcome(welcome);
    },
    passthrough: (on) => session.setPassthroughMode(on, PASSTHROUGH_EXPIRY_IN_S),
    encrypt: (opus) => session.encryptOpus(opus),
    decrypt(senderId, payload) {
      if (isSilenceFrame(payload)) return { encrypted: 'clear', opus: payload };
      if (!hasDaveMarker(payload) && !session.canPassthrough(senderId)) return { encrypted: 'clear', opus: null };
      try {
        const opus = session.decrypt(senderId, AUDIO, payload);
        return { encrypted: opus.equals(payload) ? 'clear' : 'dave', opus };
      } catch {
        return { encrypted: 'undecryptable', opus: null };
      }
    },
    close: () => session.reset(),
  };
}
