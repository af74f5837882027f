/**
 * The border between the two planes: everything that crosses it is one of these two unions, and nothing else is known of the
 * other side. Plain data only, so that a room can live in a worker thread, in the main thread, or one day on another machine.
 *
 * Times are `performance.timeOrigin + performance.now()`, comparable between threads. See ARCHITECTURE.md, "The border".
 */
import type { Problem } from '../errors.ts';
import type { ResumptionHandle, TranscriptTurn, TurnUsage } from '../types/live.ts';
import type { LogLevel } from '../types/log.ts';
import type { DialGate, ReachReport } from '../types/reach.ts';
import type { LiveEndpoint, RoomSettings, RosterEntry } from '../types/settings.ts';
import type { CodeRun, ToolDeclaration, ToolOutcome, ToolRequest, WebSource } from '../types/tools.ts';
import type { RoomImage, TypedAnswer, TypedTurn } from '../types/typed-turn.ts';

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
  /** Functions that the model may call. */
  readonly tools: readonly ToolDeclaration[];
  readonly live: LiveEndpoint;
  /** Continues an old conversation, or null. */
  readonly handle: ResumptionHandle | null;
  /** The tail of the transcript, for a fresh session when there is no handle or it is refused. */
  readonly seed: readonly TranscriptTurn[];
  /** Whether the Live service may be dialled at first; it may, if left out. */
  readonly gate?: DialGate;
}

/** A conversation in a text channel: nobody is heard in it, and nothing of it is spoken. */
export type OpenTextRoom = Omit<OpenRoom, 'channelKind' | 'roster'>;

/** A question to the model outside of every conversation. */
export interface ErrandRequest {
  readonly live: LiveEndpoint;
  /** The whole system instruction. */
  readonly instruction: string;
  /** Of the answer: a BCP-47 code. */
  readonly language: string;
  readonly text: string;
}

export type ErrandOutcome = { readonly text: string } | { readonly problem: Problem };

export type GatewayPayload =
  | { readonly event: 'VOICE_STATE_UPDATE'; readonly data: unknown }
  | { readonly event: 'VOICE_SERVER_UPDATE'; readonly data: unknown };

export type RoomCommand =
  | ({ readonly type: 'open' } & OpenRoom)
  | ({ readonly type: 'openText' } & OpenTextRoom)
  /** Under an id of its own, as if it were a room. */
  | ({ readonly type: 'errand'; readonly roomId: string } & ErrandRequest)
  /** Whether the Live service may be dialled. */
  | { readonly type: 'gate'; readonly roomId: string; readonly gate: DialGate }
  /** Ends the room; `drainMs` lets the sentence being spoken finish. */
  | { readonly type: 'close'; readonly roomId: string; readonly reason: EndReason; readonly drainMs: number }
  /** A turn in text, as if somebody had typed it. */
  | { readonly type: 'say'; readonly roomId: string; readonly text: string }
  /** Asked in its turn: once nobody speaks and nothing is being answered. */
  | { readonly type: 'typed'; readonly roomId: string; readonly turn: TypedTurn }
  /** Not asked yet, it never is; its answer is stopped. */
  | { readonly type: 'dropTyped'; readonly roomId: string; readonly turnId: string }
  /** To be seen with what is said, or asked, now or next. */
  | { readonly type: 'image'; readonly roomId: string; readonly image: RoomImage }
  /** From the room itself, to be spoken about once the floor is free. */
  | { readonly type: 'speakUp'; readonly roomId: string; readonly note: string }
  /** Ends the answer that is being spoken, or that is still to come to what was asked. */
  | { readonly type: 'stop'; readonly roomId: string }
  /** Forgets the conversation: what is known of it here and at the service. */
  | { readonly type: 'reset'; readonly roomId: string }
  | {
      readonly type: 'settings';
      readonly roomId: string;
      readonly settings: RoomSettings;
      readonly revision: number;
      readonly tools: readonly ToolDeclaration[];
    }
  /** What came of a call. One that comes too late, or for a call that was cancelled, is dropped. */
  | { readonly type: 'toolResult'; readonly roomId: string; readonly callId: string; readonly outcome: ToolOutcome }
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
      /** Which turn of that side; grows from turn to turn. */
      readonly turn: number;
      readonly text: string;
      /** False while the turn goes on (told about once a second); the last event of a turn has its whole text. */
      readonly final: boolean;
      /** The model's turn was cut off; `text` is what was heard. */
      readonly interrupted: boolean;
      readonly speakerIds: readonly string[];
    }
  | { readonly type: 'turn'; readonly roomId: string; readonly times: TurnTimes }
  /** To `typed`: grows about once a second; the last of a turn comes exactly once. */
  | { readonly type: 'typedAnswer'; readonly roomId: string; readonly turnId: string; readonly answer: TypedAnswer }
  /** The sound of its answer, where it is wanted: 24 kHz mono; `last` comes exactly once, and may be empty. */
  | {
      readonly type: 'typedSound';
      readonly roomId: string;
      readonly turnId: string;
      readonly pcm: Int16Array;
      readonly last: boolean;
    }
  /** To `errand`; `text` is not empty. */
  | { readonly type: 'errandDone'; readonly roomId: string; readonly outcome: ErrandOutcome }
  | { readonly type: 'usage'; readonly roomId: string; readonly usage: TurnUsage }
  | { readonly type: 'handle'; readonly roomId: string; readonly handle: ResumptionHandle | null }
  | { readonly type: 'settingsApplied'; readonly roomId: string; readonly revision: number }
  /** The service does not take these settings; the room goes on under those of before. */
  | { readonly type: 'settingsRefused'; readonly roomId: string; readonly revision: number; readonly problem: Problem }
  /** What a room learns of the Live service. */
  | { readonly type: 'reach'; readonly roomId: string; readonly report: ReachReport }
  /** To be executed and answered by `toolResult`, unless `toolCancelled` comes before. */
  | { readonly type: 'toolCall'; readonly roomId: string; readonly request: ToolRequest }
  /** Nobody waits for its result any more: whatever is being done for it is to stop. */
  | { readonly type: 'toolCancelled'; readonly roomId: string; readonly callId: string }
  /** What an answer rests on that was looked up on the web, once that answer is over. */
  | {
      readonly type: 'sources';
      readonly roomId: string;
      readonly queries: readonly string[];
      readonly sources: readonly WebSource[];
    }
  /** Code that the service ran for an answer. */
  | ({ readonly type: 'code'; readonly roomId: string } & CodeRun)
  /** To `speakUp`, each in its turn; false: the floor was not free in time. */
  | { readonly type: 'spokeUp'; readonly roomId: string; readonly said: boolean }
  /** To `stop`; `had`: there was an answer to stop, or one would have come. */
  | { readonly type: 'stopped'; readonly roomId: string; readonly had: boolean }
  /** To `reset`: a session that knows nothing of what was said before is ready. */
  | { readonly type: 'forgotten'; readonly roomId: string }
  /** A connection to the Live service is ready; `resumed`: the model goes on with what it knew. */
  | { readonly type: 'session'; readonly roomId: string; readonly startedAt: number; readonly resumed: boolean }
  /** Every 10 s. */
  | { readonly type: 'vitals'; readonly roomId: string; readonly voicePingMs: number | null }
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
