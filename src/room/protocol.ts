/**
 * The border between the two planes: everything that crosses it is one of these two unions, and nothing else is known of the
 * other side. Plain data only, so that a room can live in a worker thread, in the main thread, or one day on another machine.
 *
 * Times are `performance.timeOrigin + performance.now()`, comparable between threads. See ARCHITECTURE.md, "The border".
 */
import type { Problem } from '../errors.ts';
import type { ResumptionHandle, TranscriptTurn, TurnUsage } from '../types/live.ts';
import type { LogLevel } from '../types/log.ts';
import type { LiveEndpoint, RoomSettings, RosterEntry } from '../types/settings.ts';

/** Why a room ended, for the control plane to put in words. */
export type EndReason =
  | { readonly kind: 'left' }
  | { readonly kind: 'alone' }
  | { readonly kind: 'shutdown' }
  | { readonly kind: 'guildGone' }
  | { readonly kind: 'limit'; readonly problem: Problem }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface OpenRoom {
  readonly roomId: string;
  readonly guildId: string;
  readonly channelId: string;
  /** `stage` is exempt from end-to-end encryption and needs a request to speak. */
  readonly channelKind: 'voice' | 'stage';
  readonly selfId: string;
  readonly selfName: string;
  readonly roster: readonly RosterEntry[];
  readonly settings: RoomSettings;
  readonly revision: number;
  readonly live: LiveEndpoint;
  /** Continues an old conversation, or null. */
  readonly handle: ResumptionHandle | null;
  /** The tail of the transcript, for a fresh session when there is no handle or it is refused. */
  readonly seed: readonly TranscriptTurn[];
}

export type GatewayPayload =
  | { readonly event: 'VOICE_STATE_UPDATE'; readonly data: unknown }
  | { readonly event: 'VOICE_SERVER_UPDATE'; readonly data: unknown };

export type RoomCommand =
  | ({ readonly type: 'open' } & OpenRoom)
  /** Ends the room; `drainMs` lets the sentence being spoken finish. */
  | { readonly type: 'close'; readonly roomId: string; readonly reason: EndReason; readonly drainMs: number }
  /** A turn in text, as if somebody had typed it. */
  | { readonly type: 'say'; readonly roomId: string; readonly text: string }
  /** Ends the answer being spoken. */
  | { readonly type: 'stop'; readonly roomId: string }
  | { readonly type: 'settings'; readonly roomId: string; readonly settings: RoomSettings; readonly revision: number }
  | { readonly type: 'roster'; readonly roomId: string; readonly roster: readonly RosterEntry[] }
  | { readonly type: 'gatewayPayload'; readonly roomId: string; readonly payload: GatewayPayload }
  | { readonly type: 'gateway'; readonly roomId: string; readonly up: boolean }
  /** A voice payload that the room was told was sent could not be. */
  | { readonly type: 'voicePayloadFailed'; readonly roomId: string };

export type RoomStatus =
  | { readonly status: 'joining' }
  | { readonly status: 'ready'; readonly channelId: string; readonly encrypted: boolean }
  | { readonly status: 'recovering'; readonly what: 'link' | 'live' }
  | { readonly status: 'ended'; readonly reason: EndReason };

/** One window of activity and what came of it, with the times that a timeline and the latency metrics need. */
export interface TurnTimes {
  readonly windowStartedAt: number;
  readonly lastSpeechAt: number;
  readonly activityEndAt: number;
  readonly firstChunkAt: number | null;
  readonly firstPacketAt: number | null;
}

export type RoomEvent =
  | { readonly type: 'state'; readonly roomId: string; readonly state: RoomStatus }
  | {
      readonly type: 'transcript';
      readonly roomId: string;
      readonly role: 'user' | 'model';
      readonly text: string;
      /** False while the turn goes on; the last event of a turn has its whole text. */
      readonly final: boolean;
      /** The model's turn was cut off; `text` is what was heard. */
      readonly interrupted: boolean;
      readonly speakerIds: readonly string[];
    }
  | { readonly type: 'turn'; readonly roomId: string; readonly times: TurnTimes }
  | { readonly type: 'usage'; readonly roomId: string; readonly usage: TurnUsage }
  | { readonly type: 'handle'; readonly roomId: string; readonly handle: ResumptionHandle | null }
  | { readonly type: 'settingsApplied'; readonly roomId: string; readonly revision: number }
  | { readonly type: 'moved'; readonly roomId: string; readonly channelId: string }
  /** Something to tell the room once; the room goes on. */
  | { readonly type: 'problem'; readonly roomId: string; readonly problem: Problem }
  /** An op 4 (or op 8) payload for the guild's shard. */
  | { readonly type: 'voicePayload'; readonly roomId: string; readonly payload: unknown }
  | {
      readonly type: 'log';
      readonly level: LogLevel;
      readonly fields: Readonly<Record<string, unknown>>;
      readonly message: string;
    }
  | { readonly type: 'count'; readonly name: string; readonly by: number };
