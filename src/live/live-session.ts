/**
 * A Live session as the room sees it: one conversation with the service, over however many connections that takes.
 */
import type { Problem } from '../errors.ts';
import type { Clock, Random } from '../types/clock.ts';
import type { ResumptionHandle, TranscriptTurn, TurnUsage } from '../types/live.ts';
import type { Count, Log } from '../types/log.ts';
import type { LiveEndpoint, RoomSettings } from '../types/settings.ts';
import type { LiveSessionState } from './session-state.ts';
import type { LiveTool, SetupTuning } from './setup.ts';
import type { LiveConnector } from './transport.ts';

/** A call of one of our functions, as the model asked for it; arguments are not validated yet. */
export interface FunctionCall {
  readonly id: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface FunctionResponse {
  /** Of the call. */
  readonly id: string;
  readonly name: string;
  /** `{ output }` or `{ error }` (reference/live-api.md §2.4). */
  readonly response: Readonly<Record<string, unknown>>;
}

export interface LiveSessionEvents {
  state(state: LiveSessionState): void;
  /** A chunk of an answer: 24 kHz mono. */
  audio(generation: number, pcm: Int16Array): void;
  /** No more audio of it will come. */
  generationComplete(generation: number): void;
  interrupted(generation: number): void;
  /** The turn is over; also told of turns in which the model stayed silent. */
  turnComplete(generation: number): void;
  /** A fragment, to be appended; in no fixed order to anything. */
  inputTranscript(text: string): void;
  /** A fragment, to be appended. */
  outputTranscript(generation: number, text: string): void;
  toolCall(calls: readonly FunctionCall[]): void;
  /** These calls need no response any more, and would get no hearing. */
  toolCallCancellation(ids: readonly string[]): void;
  usage(usage: TurnUsage): void;
  /** The newest handle, or null: the one there was is worthless. */
  handle(handle: ResumptionHandle | null): void;
  /** To tell the room, once. A fatal one comes just before the state `closed`. */
  problem(problem: Problem): void;
  /** From now on the model answers under these settings. */
  settingsApplied(revision: number): void;
}

export interface LiveSessionOptions {
  readonly endpoint: LiveEndpoint;
  readonly settings: RoomSettings;
  /** What the bot is called. */
  readonly selfName: string;
  /** People in the channel, the bot not among them. */
  readonly channelPeople?: number;
  /** Continues an old conversation, or null. */
  readonly handle: ResumptionHandle | null;
  /** What was said before, for when there is no handle or it is refused. */
  readonly seed: readonly TranscriptTurn[];
  readonly tools?: readonly LiveTool[];
  readonly tuning?: SetupTuning;
  readonly connect: LiveConnector;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly count: Count;
  readonly on: LiveSessionEvents;
}

/** Who speaks in a window and what the model should know before it listens. */
export interface WindowContext {
  readonly speakers: readonly string[];
  readonly notes: readonly string[];
}

export interface LiveSession {
  readonly state: LiveSessionState;
  open(): void;
  /** Opens a window of activity. Works in every state: what cannot be sent yet is kept (up to a minute) and sent when it can. */
  startWindow(context: WindowContext): void;
  /** 16 kHz mono, any length; copied. Outside a window it is dropped and counted. */
  sendAudio(pcm: Int16Array): void;
  /** A window without audio never reaches the wire; what it had to tell goes into the next. */
  endWindow(): void;
  /** Another speaker has joined the open window. */
  addSpeaker(name: string): void;
  /** A turn in text; sent once no window is open. Interrupts the model. */
  sendText(text: string): void;
  answerTools(responses: readonly FunctionResponse[]): void;
  /** What changes the setup takes a new connection, between two turns. */
  applySettings(settings: RoomSettings, revision: number): void;
  /** Resolves when the socket is gone. Tells nothing more. */
  close(): Promise<void>;
}
