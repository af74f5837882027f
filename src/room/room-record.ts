/**
 * One room as the control plane keeps it: its state, who waits for it, and all it takes to open it again after its thread died.
 */
import { ParleyError, type Problem } from '../errors.ts';
import type { Clock } from '../types/clock.ts';
import type { TranscriptTurn } from '../types/live.ts';
import type { EndReason, OpenRoom, RoomCommand, RoomEvent, RoomStatus } from './protocol.ts';
import type { Room } from './rooms.ts';

/** The tail of the conversation that seeds a fresh session (DESIGN.md §6, Live). */
const TAIL_TURNS = 20;
/** A room that takes its thread down this often within the time stays closed (DESIGN.md §1). */
const MAX_STRIKES = 3;
const STRIKE_WINDOW_MS = 5 * 60_000;
/** How long a room may take to acknowledge its end beyond the drain, before it is given up. */
const END_GRACE_MS = 2_000;

export interface RoomRecord extends Room {
  /** Takes an event of this room's thread. */
  event(event: RoomEvent): void;
  /** The thread is gone. Returns what opens the room anew, or null if it has ended or has done this too often. */
  threadLost(now: number): OpenRoom | null;
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

export function createRoomRecord(
  opening: OpenRoom,
  { post, clock, onEnd }: { post: (command: RoomCommand) => void; clock: Clock; onEnd: (record: RoomRecord) => void },
): RoomRecord {
  let current = opening;
  let status: RoomStatus = { status: 'joining' };
  let strikes: number[] = [];
  let closing: Promise<void> | null = null;
  const ready = deferred<void>();
  const ended = deferred<EndReason>();
  ready.promise.catch(() => undefined); // whoever opened the room may have stopped waiting; the end is told elsewhere

  const setStatus = (next: RoomStatus): void => {
    if (status.status === 'ended') return;
    status = next;
    if (next.status === 'ready') ready.resolve();
    if (next.status !== 'ended') return;
    ready.reject(endToError(next.reason));
    ended.resolve(next.reason);
    onEnd(record);
  };

  const closeOnce = async (reason: EndReason, drainMs: number): Promise<void> => {
    post({ type: 'close', roomId: current.roomId, reason, drainMs });
    const timer = clock.after(drainMs + END_GRACE_MS, () => setStatus({ status: 'ended', reason }));
    await ended.promise;
    timer.cancel();
  };

  const record: RoomRecord = {
    id: opening.roomId,
    guildId: opening.guildId,
    get channelId() {
      return current.channelId;
    },
    get status() {
      return status;
    },
    ready: ready.promise,
    ended: ended.promise,
    roster(roster) {
      current = { ...current, roster };
      post({ type: 'roster', roomId: current.roomId, roster });
    },
    settings(settings, revision) {
      current = { ...current, settings, revision };
      post({ type: 'settings', roomId: current.roomId, settings, revision });
    },
    stop: () => post({ type: 'stop', roomId: current.roomId }),
    say: (text) => post({ type: 'say', roomId: current.roomId, text }),
    async close(reason, drainMs = 0) {
      if (status.status === 'ended') return;
      closing ??= closeOnce(reason, drainMs);
      await closing;
    },
    event(event) {
      if (event.type === 'state') setStatus(event.state);
      else current = afterEvent(current, event);
    },
    threadLost(now) {
      strikes = [...strikes.filter((at) => now - at < STRIKE_WINDOW_MS), now];
      if (status.status === 'ended' || closing !== null || strikes.length >= MAX_STRIKES) return null;
      return current;
    },
    end: (reason) => setStatus({ status: 'ended', reason }),
  };
  return record;
}

/** What a room opened anew must know of what has happened since. */
function afterEvent(room: OpenRoom, event: RoomEvent): OpenRoom {
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
