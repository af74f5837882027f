/**
 * A Live session as the room sees it: one conversation with the service, over however many connections that takes.
 */
import type { Problem } from '../errors.ts';
import type { Clock, Random } from '../types/clock.ts';
import type { ResumptionHandle, TranscriptTurn, TurnUsage } from '../types/live.ts';
import type { LiveTuning, TurnDetection } from '../types/live-tuning.ts';
import type { Count, Log } from '../types/log.ts';
import type { DialGate, ReachReport } from '../types/reach.ts';
import type { LiveEndpoint, RoomSettings } from '../types/settings.ts';
import type { ToolDeclaration } from '../types/tools.ts';
import type { CodePart } from './code-part.ts';
import type { Modality } from './generation-config.ts';
import type { Grounding } from './grounding.ts';
import type { Place } from './instruction.ts';
import type { LiveSessionState } from './session-model.ts';
import type { LiveConnector } from './transport.ts';

/** A call of one of our functions, as the model asked for it; arguments are not validated yet. */
export interface FunctionCall {
  readonly id: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** As the model was told of it; null: of none by that name. */
  readonly declared: ToolDeclaration | null;
  /** The model waits for the response, and nothing else is sent to it meanwhile. */
  readonly blocking: boolean;
  /** Who asked for what it does: all of them, where that cannot be told apart; empty where nobody is known. */
  readonly actorIds: readonly string[];
}

export interface FunctionResponse {
  /** Of the call. */
  readonly id: string;
  readonly name: string;
  /** `{ output }` or `{ error }` (reference/live-api.md §2.4). */
  readonly response: Readonly<Record<string, unknown>>;
  /** The model is not to speak of it, where it can be told so. */
  readonly quiet?: boolean;
}

/** How a turn of the model ends: by itself, interrupted, or with the connection when more would have come. */
export type TurnEnd = 'whole' | 'cut' | 'lost';

/** Why a call needs no response any more, or had one that did not arrive: the model says so, was cut off, or is gone. */
export type CallEnd = 'announced' | 'interrupted' | 'dropped';

export interface LiveSessionEvents {
  state(state: LiveSessionState): void;
  /** A chunk of an answer: 24 kHz mono. */
  audio(generation: number, pcm: Int16Array): void;
  /** No more audio of it will come. */
  generationComplete(generation: number): void;
  interrupted(generation: number): void;
  /** The turn is over; also told of turns in which the model stayed silent. */
  turnComplete(generation: number, how: TurnEnd): void;
  /** A fragment, to be appended; in no fixed order to anything. */
  inputTranscript(text: string): void;
  /** What was asked and not answered is asked again, over a new connection: its words will come again too. */
  askedAgain(): void;
  /** A fragment, to be appended. */
  outputTranscript(generation: number, text: string): void;
  /** The calls of one message. */
  toolCall(calls: readonly FunctionCall[]): void;
  /** These calls need no response any more, and would get no hearing; also those whose response may have been lost. */
  toolCallCancellation(ids: readonly string[], why: CallEnd): void;
  /** What an answer rests on that was looked up; may come in pieces. */
  grounding(generation: number, grounding: Grounding): void;
  /** Code that the service runs for an answer, or what came of it. */
  code(generation: number, part: CodePart): void;
  usage(usage: TurnUsage): void;
  /** The newest handle, or null: the one there was is worthless. */
  handle(handle: ResumptionHandle | null): void;
  /** To tell the room, once. A fatal one comes just before the state `closed`. */
  problem(problem: Problem): void;
  /** From now on the model answers under these settings. */
  settingsApplied(revision: number): void;
  /** The service does not take these settings: the model goes on answering under those that were in force before. */
  settingsRefused(revision: number, problem: Problem): void;
  /** What others with the same key should know. */
  reach(report: ReachReport): void;
  /** A connection works, just before the state `ready`. */
  connected(connection: LiveConnection): void;
  /** After a `reset`, when a session that knows nothing is ready. */
  forgotten(): void;
}

export interface LiveConnection {
  /** ms on the clock. */
  readonly startedAt: number;
  /** Whether it continues a session, by its handle. */
  readonly resumed: boolean;
}

export interface LiveSessionOptions {
  readonly endpoint: LiveEndpoint;
  readonly settings: RoomSettings;
  /** Of those settings, to be told when they are in force; left out, only changes are told. */
  readonly revision?: number;
  /** What the bot is called. */
  readonly selfName: string;
  /** Where the conversation takes place; aloud, if left out. */
  readonly place?: Place | undefined;
  /** In place of the instruction for a room; one paragraph a part. */
  readonly instruction?: readonly string[];
  /** People in the channel, the bot not among them. */
  readonly channelPeople?: number;
  /** Continues an old conversation, or null. */
  readonly handle: ResumptionHandle | null;
  /** What was said before, for when there is no handle or it is refused. */
  readonly seed: readonly TranscriptTurn[];
  readonly tools?: readonly ToolDeclaration[];
  readonly tuning?: LiveTuning | undefined;
  /** Who decides when a turn begins and ends; ours, if left out. */
  readonly detection?: TurnDetection | undefined;
  /** Text where the model has it; sound, if left out. */
  readonly modality?: Modality | undefined;
  /** Whether the service may be dialled at first; it may, if left out. */
  readonly gate?: DialGate | undefined;
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
  /** Who they are, in the same order; a function that is called for them acts with their rights. None where left out. */
  readonly actorIds?: readonly string[];
}

/** A turn that was typed, or sent as a recording. */
export interface WrittenTurn {
  /** May be empty beside images or a recording. */
  readonly text: string;
  /** What the model should know before it. */
  readonly notes?: readonly string[];
  /** Who wrote it; left out: nobody is known. */
  readonly actorIds?: readonly string[] | undefined;
  /** Jpegs. */
  readonly images?: readonly Uint8Array[];
  /** What was written before it, oldest first. */
  readonly context?: readonly TranscriptTurn[];
  /** 16 kHz mono; not copied, and not to be changed. It goes out as fast as the line takes it. */
  readonly recording?: Int16Array | null;
}

export interface LiveSession {
  readonly state: LiveSessionState;
  /** Whether something was asked, or is being said, and its answer has not begun. */
  readonly answerDue: boolean;
  /** Whether more will follow an answer that is over, of a model that goes on by itself. */
  readonly goesOn: boolean;
  open(): void;
  /** Opens a window of activity. Works in every state: what cannot be sent yet is kept (up to a minute) and sent when it can. */
  startWindow(context: WindowContext): void;
  /**
   * Somebody in the open window is believed to speak. Heeded where the service decides when a turn begins and ends: there a window is
   * a stretch of sound, and not all of it is speech.
   */
  spoke(): void;
  /** 16 kHz mono, any length; copied. Outside a window it is dropped and counted. */
  sendAudio(pcm: Int16Array): void;
  /** A window without audio never reaches the wire; what it had to tell goes into the next. */
  endWindow(): void;
  /** Another speaker has joined the open window. */
  addSpeaker(name: string, actorId?: string): void;
  /** A turn in text; sent once no window is open. Interrupts the model. @param actorIds who wrote it; left out: nobody's */
  sendText(text: string, actorIds?: readonly string[]): void;
  /** The same with all that may belong to it. */
  sendTurn(turn: WrittenTurn): void;
  /** A jpeg, to be seen with the open window; outside of one it is dropped and counted. */
  showImage(jpeg: Uint8Array): void;
  /** Sent once the model has all that it waits for. To a call that is not open a response is dropped and counted. */
  answerTools(responses: readonly FunctionResponse[]): void;
  /** What changes the setup takes a new connection, between two turns. @param tools left out: as they were */
  applySettings(settings: RoomSettings, revision: number, tools?: readonly ToolDeclaration[]): void;
  /** Forgets the conversation, an open window and everything unanswered too; a fresh session is opened at once. */
  reset(): void;
  /** Whether the service may be dialled from now on. */
  gate(gate: DialGate): void;
  /** Resolves when the socket is gone. Tells nothing more. */
  close(): Promise<void>;
}
