/**
 * What the loopback voice server tells: events with their times, and violations of what Discord (or a member who wants
 * to hear) asks of a client. Times are milliseconds of the server's `now`.
 */

export type ViolationRule =
  /** RTP before the session description (op 4), from another address than IP discovery saw, or with a foreign SSRC. */
  | 'packet-unexpected'
  /** Not RTP version 2 with payload type 0x78, or too short or too long to be a packet. */
  | 'packet-format'
  /** AEAD does not authenticate. */
  | 'unauthenticated'
  /** The nonce counter did not go up: a nonce used twice breaks AES-GCM. */
  | 'nonce'
  /** A voiced packet without end-to-end encryption although the call has it (silence frames never have it). */
  | 'in-the-clear'
  /** End-to-end encrypted, but members of the call cannot decrypt it. */
  | 'undecryptable'
  /** Decrypted, but no 20 ms Opus packet. */
  | 'undecodable'
  /** RTP sequence not one more than the packet's before. */
  | 'sequence'
  /** RTP timestamp not 960 more than the packet's before, within a run. */
  | 'timestamp'
  /** Packets far ahead of real time: members' jitter buffers overflow. */
  | 'ahead-of-time'
  /** No op 5 with `speaking` before (or within a moment of) the first packet: members do not know whose SSRC it is. */
  | 'speaking-missing'
  /** A run that ended with fewer than five silence frames: members' decoders interpolate. */
  | 'silence-missing'
  /** An opcode Discord does not know from clients (close 4001). */
  | 'unknown-opcode'
  /** JSON or fields that do not parse (close 4002). */
  | 'bad-payload'
  /** A known message at the wrong time. */
  | 'wrong-order'
  /** Heartbeats that stopped coming, or acknowledge what was never sent. */
  | 'heartbeat';

export interface Violation {
  readonly at: number;
  readonly rule: ViolationRule;
  readonly detail: string;
}

/** What is said of the real client (the bot) is said with where it is. */
interface Place {
  readonly at: number;
  readonly guildId: string;
  readonly channelId: string;
}

export type VoiceServerEvent =
  | (Place & { readonly type: 'identified' | 'ready' | 'sessionDescription' | 'resumed'; readonly userId: string })
  | (Place & { readonly type: 'speaking'; readonly userId: string; readonly speaking: boolean })
  /** The very first packet of this voice session. */
  | (Place & { readonly type: 'firstPacket'; readonly userId: string; readonly sequence: number })
  /** The first voiced packet of a run of packets. */
  | (Place & { readonly type: 'runStarted'; readonly userId: string; readonly sequence: number })
  /** `at` is the time of the last packet; `lastVoicedAt` leaves the silence frames out. Counts are packets. */
  | (Place & {
      readonly type: 'runEnded';
      readonly userId: string;
      readonly startedAt: number;
      readonly lastVoicedAt: number;
      readonly packets: number;
      readonly silenceFrames: number;
    })
  /** The server told the bot of a key transition (op 21, 29 or 30). */
  | (Place & { readonly type: 'transitionPrepared'; readonly transitionId: number })
  /** Everybody in the call has the new keys. `confirmed` is false when the bot's op 23 did not come in time. */
  | (Place & {
      readonly type: 'transitionExecuted';
      readonly transitionId: number;
      readonly epoch: bigint;
      readonly userIds: readonly string[];
      readonly tookMs: number;
      readonly confirmed: boolean;
    })
  /** The bot is alone: its group is gone (op 24 with epoch 1). */
  | (Place & { readonly type: 'groupDissolved' })
  /** The bot refused a commit or welcome (op 31). */
  | (Place & { readonly type: 'transitionInvalid'; readonly transitionId: number })
  /** A voice socket of the bot is closed; `by` says who closed it. */
  | (Place & {
      readonly type: 'closed';
      readonly userId: string;
      readonly code: number;
      readonly by: 'server' | 'client';
    })
  /** The bot's voice session is over: nothing can be resumed any more. */
  | (Place & { readonly type: 'sessionEnded'; readonly userId: string })
  | (Place & { readonly type: 'memberJoined' | 'memberLeft'; readonly userId: string; readonly ssrc: number })
  | (Place & { readonly type: 'memberSpeaking'; readonly userId: string; readonly speaking: boolean })
  | { readonly type: 'violation'; readonly at: number; readonly violation: Violation };

/** An event without its place and time: what a part of the server hands up. */
export type LocalEvent = VoiceServerEvent extends infer Event
  ? Event extends Place
    ? Omit<Event, 'at' | 'guildId' | 'channelId'> & { readonly at?: number }
    : never
  : never;
