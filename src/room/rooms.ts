/**
 * The rooms of this process as the control plane sees them: opens, finds and ends them, whichever thread they live in.
 *
 * A guild has at most one voice room. What a room needs to come back after its thread died (roster, settings, resumption
 * handle, the tail of the transcript) is kept here, on the side that survives.
 */
import { randomUUID } from 'node:crypto';
import { ParleyError, type Problem } from '../errors.ts';
import type { Clock, Random } from '../types/clock.ts';
import type { Log } from '../types/log.ts';
import type { RoomSettings, RoomTuning } from '../types/settings.ts';
import type { ToolDeclaration } from '../types/tools.ts';
import { createErrands, type ErrandAnswer } from './errands.ts';
import { createLiveGate } from './live-gate.ts';
import type {
  EndReason,
  ErrandRequest,
  GatewayPayload,
  OpenRoom,
  OpenTextRoom,
  RoomCommand,
  RoomEvent,
} from './protocol.ts';
import type { Room } from './room.ts';
import { createRoomRecord, type Opening, type RoomRecord } from './room-record.ts';
import type { RoomVitals } from './room-vitals.ts';
import { type StartThread, startInProcess, startWorkerThread } from './thread.ts';
import { createThreadPool } from './thread-pool.ts';

export type { Room } from './room.ts';

export type OpenRequest = Omit<OpenRoom, 'gate' | 'roomId' | 'tools'>;
export type OpenTextRequest = Omit<OpenTextRoom, 'gate' | 'roomId' | 'tools'>;

/** The functions that a model may call under these settings. */
export type DeclareTools = (settings: RoomSettings) => readonly ToolDeclaration[];

/** A room of before a restart, which goes on under its own name. */
export interface PastRoom {
  readonly roomId: string;
  readonly vitals: Pick<RoomVitals, 'readyAt' | 'conversationSince'>;
}

export interface Rooms {
  /**
   * Opens a room; its `ready` tells when it can talk.
   * @throws ParleyError `ROOM_LIMIT` when the process has as many rooms as it may, `SHUTTING_DOWN` while it drains,
   * `LIVE_UNREACHABLE` or `LIVE_QUOTA` when the Live service is known not to take any more just now.
   */
  open(request: OpenRequest, past?: PastRoom): Room;
  /**
   * Opens a room of a text channel. A guild has four of them at the most: the idlest is closed for another.
   * @throws ParleyError as `open` does; `ROOM_LIMIT` only when no thread has room for it
   */
  openText(request: OpenTextRequest): Room;
  /** The guild's voice room. */
  ofGuild(guildId: string): Room | undefined;
  /** The room of that channel, of whatever kind. */
  ofChannel(channelId: string): Room | undefined;
  get(roomId: string): Room | undefined;
  /** Voice rooms. */
  readonly count: number;
  gatewayPayload(guildId: string, payload: GatewayPayload): void;
  /** The guild's shard lost or regained its gateway connection. */
  gateway(guildId: string, up: boolean): void;
  /** There may be other functions now than there were: every open room is told which it may call. */
  toolsChanged(): void;
  /**
   * One question to the model outside of every conversation; it takes some seconds, a minute at most.
   * @throws ParleyError `ROOM_LIMIT`, `SHUTTING_DOWN`, and what the Live service makes of it
   */
  ask(errand: ErrandRequest): Promise<ErrandAnswer>;
  /** Why a room that is opened now could not talk, as far as it is known; null: it may. */
  readonly liveTrouble: Problem | null;
  /** No new rooms; every room drains for at most `drainMs` and leaves; then the threads end. */
  shutdown(drainMs: number): Promise<void>;
}

/** Puts an op 4 payload on the gateway of the guild's shard; false when it could not. */
export type SendVoicePayload = (guildId: string, payload: unknown) => boolean;
export type OnRoomEvent = (event: RoomEvent) => void;

export interface RoomsOptions {
  /** Most worker threads; 0 runs every room in this thread. */
  readonly maxThreads: number;
  readonly maxRooms: number;
  readonly tuning: RoomTuning;
  readonly clock: Clock;
  readonly log: Log;
  readonly sendVoicePayload: SendVoicePayload;
  /** None where left out. */
  readonly declareTools?: DeclareTools;
  /** Everything rooms tell, after it has been taken into account here. */
  readonly on: OnRoomEvent;
  /** How threads are started; handed in by tests that need one to die. */
  readonly startThread?: StartThread;
  readonly random?: Random;
  /** Ids name rooms in the database too: they must not come again, not even after a restart. */
  readonly newRoomId?: () => string;
}

/** Of one guild (DESIGN.md §1). */
const MOST_TEXT_ROOMS = 4;

export function createRooms(options: RoomsOptions): Rooms {
  const { clock, log } = options;
  const records = new Map<string, RoomRecord>();
  const byGuild = new Map<string, RoomRecord>();
  const newRoomId = options.newRoomId ?? randomUUID;
  const declare: DeclareTools = options.declareTools ?? (() => []);
  let draining = false;

  const post = (command: RoomCommand): void => pool.post(command.roomId, command);

  const gate = createLiveGate({
    clock,
    log,
    random: options.random ?? Math.random,
    count: (name, by = 1) => options.on({ type: 'count', name, by }),
    tell: (roomId, its) => post({ type: 'gate', roomId, gate: its }),
  });

  const forget = (record: RoomRecord): void => {
    records.delete(record.id);
    if (byGuild.get(record.guildId) === record) byGuild.delete(record.guildId);
    gate.gone(record.id);
    pool.release(record.id);
  };

  const start = (record: RoomRecord, opening: Opening): boolean => {
    if (!pool.place(record.id, record.kind)) return false;
    pool.post(record.id, { ...opening, gate: gate.of(record.id) });
    return true;
  };

  const open = (opening: Opening, past?: PastRoom): RoomRecord => {
    const { roomId } = opening;
    // One of before a restart can wait; somebody who calls the bot is told at once.
    if (past === undefined) gate.admit(roomId);
    const record = createRoomRecord(opening, { post, clock, onEnd: forget, past, declare, tell: options.on });
    if (!start(record, opening)) {
      gate.gone(roomId);
      throw new ParleyError('ROOM_LIMIT', { details: { limit: voiceRooms().length } });
    }
    records.set(record.id, record);
    return record;
  };

  const voiceRooms = (): RoomRecord[] => [...records.values()].filter(({ kind }) => kind === 'voice');

  const makeWayFor = (guildId: string): void => {
    const isOpen = (it: RoomRecord): boolean => it.kind === 'text' && it.guildId === guildId && !it.closing;
    const open = [...records.values()].filter(isOpen);
    if (open.length < MOST_TEXT_ROOMS) return;
    const [idlest] = open.toSorted((one, other) => one.usedAt - other.usedAt);
    idlest?.close({ kind: 'left' }).catch((error: unknown) => log.error({ err: error }, 'a text room did not close'));
  };

  /** The thread that answered the voice gateway is gone: Discord must be told, or a ghost stays in the channel. */
  const recover = (record: RoomRecord): void => {
    if (record.kind === 'voice') options.sendVoicePayload(record.guildId, leavePayload(record.guildId));
    const again = record.threadLost(clock.now());
    if (again === null) {
      const problem: Problem = { code: 'ROOM_THREAD_REPEATEDLY_LOST', details: {} };
      endFromHere(record, { kind: 'failed', problem });
      return;
    }
    options.on({ type: 'count', name: 'room_reopened_total', by: 1 });
    // Whoever is still waiting for `/join` is told how that ends; a room that was talking is told why it fell silent.
    const lost: Problem = { code: 'ROOM_THREAD_LOST', details: {} };
    if (record.status.status !== 'joining') announce({ type: 'problem', roomId: record.id, problem: lost });
    const what = record.kind === 'voice' ? 'link' : 'live';
    announce({ type: 'state', roomId: record.id, state: { status: 'recovering', what } });
    if (start(record, again)) record.startedAnew();
    else endFromHere(record, { kind: 'failed', problem: lost });
  };

  const endFromHere = (record: RoomRecord, reason: EndReason): void =>
    announce({ type: 'state', roomId: record.id, state: { status: 'ended', reason } });

  const announce = (event: RoomEvent): void => {
    if ('roomId' in event && records.get(event.roomId)?.event(event) === false) return;
    options.on(event);
  };

  const receive = (event: RoomEvent): void => {
    if (event.type === 'reach') return gate.report(event.roomId, event.report);
    if (errands.on(event)) return;
    if (event.type !== 'voicePayload') return announce(event);
    const record = records.get(event.roomId);
    if (record === undefined) return;
    if (!options.sendVoicePayload(record.guildId, event.payload))
      post({ type: 'voicePayloadFailed', roomId: record.id });
  };

  const pool = createThreadPool({
    maxThreads: Math.max(1, options.maxThreads),
    start: options.startThread ?? (options.maxThreads === 0 ? startInProcess : startWorkerThread),
    tuning: options.tuning,
    clock,
    log,
    onEvent: receive,
    onLost: (roomIds) => {
      for (const roomId of roomIds) {
        const record = records.get(roomId);
        gate.gone(roomId);
        if (record !== undefined) recover(record);
        errands.lost(roomId);
      }
    },
  });
  const errands = createErrands(pool, gate, clock, newRoomId);
  pool.warm();

  return {
    open(request, past) {
      if (draining) throw new ParleyError('SHUTTING_DOWN');
      if (voiceRooms().length >= options.maxRooms)
        throw new ParleyError('ROOM_LIMIT', { details: { limit: options.maxRooms } });
      const roomId = past?.roomId ?? newRoomId();
      const room = open({ type: 'open', ...request, roomId, tools: declare(request.settings) }, past);
      byGuild.set(room.guildId, room);
      return room;
    },
    openText(request) {
      if (draining) throw new ParleyError('SHUTTING_DOWN');
      makeWayFor(request.guildId);
      return open({ type: 'openText', ...request, roomId: newRoomId(), tools: declare(request.settings) });
    },
    ofGuild: (guildId) => byGuild.get(guildId),
    ofChannel: (channelId) => [...records.values()].find((it) => it.channelId === channelId && !it.closing),
    get: (roomId) => records.get(roomId),
    get count() {
      return voiceRooms().length;
    },
    gatewayPayload(guildId, payload) {
      const record = byGuild.get(guildId);
      if (record !== undefined) post({ type: 'gatewayPayload', roomId: record.id, payload });
    },
    gateway(guildId, up) {
      const record = byGuild.get(guildId);
      if (record !== undefined) post({ type: 'gateway', roomId: record.id, up });
    },
    toolsChanged() {
      for (const record of records.values()) record.toolsChanged();
    },
    get liveTrouble() {
      return gate.trouble;
    },
    async ask(errand) {
      if (draining) throw new ParleyError('SHUTTING_DOWN');
      return errands.run(errand);
    },
    async shutdown(drainMs) {
      draining = true;
      errands.close();
      await Promise.all([...records.values()].map((record) => record.close({ kind: 'shutdown' }, drainMs)));
      gate.close();
      await pool.close();
    },
  };
}

/** Op 4 with no channel: leave. */
export function leavePayload(guildId: string): unknown {
  return { op: 4, d: { guild_id: guildId, channel_id: null, self_mute: false, self_deaf: false } };
}
