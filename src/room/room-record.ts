/**
 * One room as the control plane keeps it: its state, who waits for it, and all it takes to open it again after its thread died.
 */
import { isDeepStrictEqual } from 'node:util';
import { ParleyError, type Problem } from '../errors.ts';
import type { Clock } from '../types/clock.ts';
import type { TranscriptTurn } from '../types/live.ts';
import type { ToolDeclaration } from '../types/tools.ts';
import type { TypedTurn } from '../types/typed-turn.ts';
import { createPending } from './pending.ts';
import type { EndReason, RoomCommand, RoomEvent, RoomStatus } from './protocol.ts';
import { NO_VITALS, type RoomVitals, vitalsAfter, vitalsLost } from './room-vitals.ts';
import type { DeclareTools, PastRoom, Room } from './rooms.ts';
import { createUnansweredTurns, type TypedEvent } from './unanswered-turns.ts';

/** The tail of the conversation that seeds a fresh session (DESIGN.md §6, Live). */
const TAIL_TURNS = 20;
/** A room that takes its thread down this often within the time stays closed (DESIGN.md §1). */
const MAX_STRIKES = 3;
const STRIKE_WINDOW_MS = 5 * 60_000;
/** How long a room may take to acknowledge its end beyond the drain, before it is given up. */
const END_GRACE_MS = 2_000;

/** What opens a room, and opens it anew. */
export type Opening = Extract<RoomCommand, { type: 'open' | 'openText' }>;

export interface RoomRecord extends Room {
  /** Takes an event of this room's thread. Returns whether others are to hear of it. */
  event(event: RoomEvent): boolean;
  /** It is on its way to its end. */
  readonly closing: boolean;
  /** When something was last asked of it in writing, or it was opened, ms on the clock; while something is asked that is always now. */
  readonly usedAt: number;
  /** There may be other functions now than there were. */
  toolsChanged(): void;
  /** The thread is gone. Returns what opens the room anew, or null if it has ended or has done this too often. */
  threadLost(now: number): Opening | null;
  /** What `threadLost` returned was posted: what was asked and not answered is asked anew. */
  startedAnew(): void;
  /** Ends the room from this side, with nobody left to ask. */
  end(reason: EndReason): void;
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

function deferred<T>(): Deferred<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  return { promise, resolve, reject };
}

/** The `ParleyError` that stands for the end of a room that somebody was waiting for. */
export function endToError(reason: EndReason): ParleyError {
  const problem: Problem | null = 'problem' in reason ? reason.problem : null;
  if (problem !== null) return new ParleyError(problem.code, { details: problem.details });
  return new ParleyError(reason.kind === 'shutdown' ? 'SHUTTING_DOWN' : 'ROOM_NONE');
}

export interface RoomRecordOptions {
  readonly post: (command: RoomCommand) => void;
  readonly clock: Clock;
  readonly onEnd: (record: RoomRecord) => void;
  readonly declare: DeclareTools;
  /** What the room cannot say any more: calls whose results nobody waits for, what was typed and is not answered. */
  readonly tell: (event: RoomEvent) => void;
  /** What the room was before a restart. */
  readonly past?: PastRoom | undefined;
}

export function createRoomRecord(opening: Opening, options: RoomRecordOptions): RoomRecord {
  const { post, clock, onEnd, past, declare, tell } = options;
  const { roomId } = opening;
  const kind = opening.type === 'open' ? 'voice' : 'text';
  const typed = createUnansweredTurns({ roomId, kind }, tell);
  let usedAt = clock.now();
  let askAgain: readonly TypedTurn[] = [];
  let current = opening;
  let status: RoomStatus = { status: 'joining' };
  let strikes: number[] = [];
  let closing: Promise<void> | null = null;
  let vitals: RoomVitals = { ...NO_VITALS, ...past?.vitals };
  const stops = createPending<boolean>();
  const notes = createPending<boolean>();
  const resets = createPending<boolean>();
  const calls = new Set<string>();
  /** The thread that was to forget is gone; what is opened in its place has never known anything. */
  let forgottenWhenReady = false;
  const ready = deferred<void>();
  const ended = deferred<EndReason>();
  ready.promise.catch(() => undefined); // whoever opened the room may have stopped waiting; the end is told elsewhere

  const setStatus = (next: RoomStatus): void => {
    if (status.status === 'ended') return;
    status = next;
    if (next.status === 'ready') {
      ready.resolve();
      if (forgottenWhenReady) resets.settleAll(true);
      forgottenWhenReady = false;
    }
    if (next.status !== 'ended') return;
    stops.settleAll(false);
    notes.settleAll(false);
    resets.settleAll(false);
    loseCalls();
    typed.settleAll();
    ready.reject(endToError(next.reason));
    ended.resolve(next.reason);
    onEnd(record);
  };

  const forget = (): void => {
    current = { ...current, handle: null, seed: [] };
  };

  const loseCalls = (): void => {
    const lost = [...calls];
    calls.clear();
    for (const callId of lost) tell({ type: 'toolCancelled', roomId, callId });
  };

  const configure = (tools: readonly ToolDeclaration[]): void => {
    current = { ...current, tools };
    const { settings, revision } = current;
    post({ type: 'settings', roomId, settings, revision, tools });
  };

  const closeOnce = async (reason: EndReason, drainMs: number): Promise<void> => {
    post({ type: 'close', roomId: roomId, reason, drainMs });
    const timer = clock.after(drainMs + END_GRACE_MS, () => setStatus({ status: 'ended', reason }));
    await ended.promise;
    timer.cancel();
  };

  const take = (event: Exclude<RoomEvent, TypedEvent>): void => {
    switch (event.type) {
      case 'state':
        return setStatus(event.state);
      case 'stopped':
        return stops.settleFirst(event.had);
      case 'spokeUp':
        return notes.settleFirst(event.said);
      case 'forgotten':
        forget();
        return resets.settleAll(true);
      case 'toolCall':
        return void calls.add(event.request.callId);
      case 'toolCancelled':
        return void calls.delete(event.callId);
      default:
        // What still comes of a conversation that is to be forgotten must not bring it back.
        if (!resets.any || event.type === 'moved') current = afterEvent(current, event);
    }
  };

  const record: RoomRecord = {
    id: roomId,
    kind,
    guildId: opening.guildId,
    get channelId() {
      return current.channelId;
    },
    get status() {
      return status;
    },
    ready: ready.promise,
    ended: ended.promise,
    get vitals() {
      return vitals;
    },
    get handle() {
      return current.handle;
    },
    get closing() {
      return closing !== null || status.status === 'ended';
    },
    get usedAt() {
      return typed.any ? clock.now() : usedAt;
    },
    roster(roster) {
      if (current.type === 'openText') return;
      current = { ...current, roster };
      post({ type: 'roster', roomId: roomId, roster });
    },
    settings(settings, revision) {
      if (revision <= current.revision) return;
      current = { ...current, settings, revision };
      configure(declare(settings));
    },
    toolsChanged() {
      const tools = declare(current.settings);
      if (status.status === 'ended' || isDeepStrictEqual(tools, current.tools)) return;
      configure(tools);
    },
    toolResult(callId, outcome) {
      if (status.status === 'ended') return;
      calls.delete(callId);
      post({ type: 'toolResult', roomId: roomId, callId, outcome });
    },
    stop() {
      if (status.status === 'ended') return Promise.resolve(false);
      const stopped = stops.wait();
      post({ type: 'stop', roomId: roomId });
      return stopped;
    },
    reset() {
      if (status.status === 'ended') return Promise.resolve(false);
      const forgotten = resets.wait();
      forget();
      post({ type: 'reset', roomId: roomId });
      return forgotten;
    },
    speakUp(note) {
      if (status.status === 'ended') return Promise.resolve(false);
      const said = notes.wait();
      post({ type: 'speakUp', roomId: roomId, note });
      return said;
    },
    say: (text) => post({ type: 'say', roomId, text }),
    typed(turn) {
      typed.add(turn);
      if (status.status === 'ended') return typed.settleAll();
      usedAt = clock.now();
      post({ type: 'typed', roomId, turn });
    },
    dropTyped: (turnId) => post({ type: 'dropTyped', roomId, turnId }),
    image: (image) => post({ type: 'image', roomId, image }),
    async close(reason, drainMs = 0) {
      if (status.status === 'ended') return;
      closing ??= closeOnce(reason, drainMs);
      await closing;
    },
    event(event) {
      vitals = vitalsAfter(vitals, event, clock.now());
      if (event.type === 'typedAnswer' || event.type === 'typedSound') {
        usedAt = clock.now();
        return typed.on(event);
      }
      take(event);
      return true;
    },
    threadLost(now) {
      vitals = vitalsLost(vitals);
      loseCalls();
      stops.settleAll(false);
      notes.settleAll(false);
      forgottenWhenReady = resets.any;
      askAgain = typed.threadLost();
      strikes = [...strikes.filter((at) => now - at < STRIKE_WINDOW_MS), now];
      if (status.status === 'ended' || closing !== null || strikes.length >= MAX_STRIKES) return null;
      return current;
    },
    startedAnew() {
      for (const turn of askAgain) post({ type: 'typed', roomId, turn });
      askAgain = [];
    },
    end: (reason) => setStatus({ status: 'ended', reason }),
  };
  return record;
}

/** What a room opened anew must know of what has happened since. */
function afterEvent(room: Opening, event: RoomEvent): Opening {
  switch (event.type) {
    case 'handle':
      return { ...room, handle: event.handle };
    case 'moved':
      return { ...room, channelId: event.channelId };
    case 'transcript':
      return event.final ? { ...room, seed: addTurn(room.seed, event) } : room;
    default:
      return room;
  }
}

function addTurn(tail: readonly TranscriptTurn[], turn: TranscriptTurn): readonly TranscriptTurn[] {
  if (turn.text === '') return tail;
  return [...tail, { role: turn.role, text: turn.text }].slice(-TAIL_TURNS);
}
