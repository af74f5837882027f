/**
 * What a link is to the room that has one. `link.ts` makes it.
 */
import type { SpeakerPacket } from '../types/audio-units.ts';
import type { Clock, Random } from '../types/clock.ts';
import type { Count, Log } from '../types/log.ts';
import type { LinkState } from './link-state.ts';

/** What a moderator or the stage has done to our voice. */
export interface MuteState {
  readonly serverMute: boolean;
  readonly serverDeaf: boolean;
  /** On a stage: in the audience. */
  readonly suppressed: boolean;
}

export interface LinkEvents {
  /** In order of arrival, decrypted; only of those who are audible. */
  packet(speakerId: string, packet: SpeakerPacket): void;
  state(state: LinkState): void;
  moved(channelId: string): void;
  muted(state: MuteState): void;
  /**
   * Whether what is said now is understood by the others; false also while not connected. Told again when the call goes from
   * encrypted to plain or back: `privacyCode` says which.
   */
  encryption(ready: boolean): void;
}

/** The gateway as a room sees it: somewhere else, and quick to answer. */
export interface GatewayAdapter {
  /** Hands an op 4 payload on; false where that is known to be impossible. */
  sendPayload(payload: unknown): boolean;
}

export interface LinkOptions {
  readonly guildId: string;
  readonly channelId: string;
  readonly selfId: string;
  /** A stage has no end-to-end encryption; a voice channel without it is worth a warning. */
  readonly channelKind: 'voice' | 'stage';
  readonly adapter: GatewayAdapter;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly count: Count;
  /** Never called before `createLink` has returned. */
  readonly on: LinkEvents;
}

export interface LinkGatewayPayload {
  readonly event: 'VOICE_STATE_UPDATE' | 'VOICE_SERVER_UPDATE';
  readonly data: unknown;
}

/** Also where playback sends its packets. */
export interface VoiceLink {
  readonly state: LinkState;
  /** Dispatches of the gateway that concern the bot itself in this guild; others are ignored and counted. */
  gatewayPayload(payload: LinkGatewayPayload): void;
  gatewayUp(up: boolean): void;
  /** A payload that `sendPayload` had taken could not be sent after all. */
  payloadFailed(): void;
  /** Who is heard. Nobody else is ever decrypted. */
  setAudible(ids: ReadonlySet<string>): void;
  canSend(): boolean;
  /** One Opus packet of 20 ms. Dropped while not connected: ask `canSend` first. */
  sendPacket(opus: Uint8Array): void;
  setSpeaking(on: boolean): void;
  /** Round trip to the voice server, ms; null before the first heartbeat. */
  pingMs(): number | null;
  /** The code that members compare to know that nobody listens in; null in a call that is not encrypted. */
  privacyCode(): string | null;
  /** Leaves the channel and releases everything; a second time does nothing. */
  close(): Promise<void>;
}
