/**
 * The rooms of this process as the control plane sees them: opens, finds and ends them, whichever thread they live in.
 *
 * A guild has at most one voice room. What a room needs to come back after its thread died (roster, settings, resumption
 * handle, the tail of the transcript) is kept here, on the side that survives.
 */
import { ParleyError, type Problem } from '../errors.ts';
import type { Clock } from '../types/clock.ts';
import type { Log } from '../types/log.ts';
import type { RoomSettings, RoomTuning, RosterEntry } from '../types/settings.ts';
import type { EndReason, GatewayPayload, OpenRoom, RoomCommand, RoomEvent, RoomStatus } from './protocol.ts';
import { createRoomRecord, type RoomRecord } from './room-record.ts';
import { type StartThread, startInProcess, startWorkerThread } from './thread.ts';
import { createThreadPool } from './thread-pool.ts';

export type OpenRequest = Omit<OpenRoom, 'roomId'>;

/** One open room. Every method is safe after its end and does nothing then. */
export interface Room {
  readonly id: string;
  readonly guildId: string;
  /** Changes when a moderator moves the bot. */
  readonly channelId: string;
  readonly status: RoomStatus;
  /** Resolves when the room hears and can talk; rejects with a `ParleyError` when it ends before. */
  readonly ready: Promise<void>;
  readonly ended: Promise<EndReason>;
  roster(roster: readonly RosterEntry[]): void;
  settings(settings: RoomSettings, revision: number): void;
  stop(): void;
  say(text: string): void;
  /** Ends the room; `drainMs` lets the sentence being spoken finish. Resolves when the channel has been left. */
  close(reason: EndReason, drainMs?: number): Promise<void>;
}

export interface Rooms {
  /**
   * Opens a room; its `ready` tells when it can talk.
   * @throws ParleyError `ROOM_LIMIT` when the process has as many rooms as it may, `SHUTTING_DOWN` while it drains.
   */
  open(request: OpenRequest): Room;
  ofGuild(guildId: string): Room | undefined;
  get(roomId: string): Room | undefined;
  readonly count: number;
  gatewayPayload(guildId: string, payload: GatewayPayload): void;
  /** The guild's shard lost or regained its gateway connection. */
  gateway(guildId: string, up: boolean): void;
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
  /** Everything rooms tell, after it has been taken into account here. */
  readonly on: OnRoomEvent;
  /** How threads are started; handed in by tests that need one to die. */
  readonly startThread?: StartThread;
}

export function createRooms(options: RoomsOptions): Rooms {
  const { clock, log } = options;
  const records = new Map<string, RoomRecord>();
  const byGuild = new Map<string, RoomRecord>();
  let draining = false;
  let opened = 0;

  const post = (command: RoomCommand): void => pool.post(command.roomId, command);

  const forget = (record: RoomRecord): void => {
    records.delete(record.id);
    if (byGuild.get(record.guildId) === record) byGuild.delete(record.guildId);
    pool.release(record.id);
  };

  const start = (record: RoomRecord, opening: OpenRoom): boolean => {
    if (!pool.place(opening.roomId)) return false;
    pool.post(record.id, { type: 'open', ...opening });
    return true;
  };

  /** The thread that answered the voice gateway is gone: Discord must be told, or a ghost stays in the channel. */
  const recover = (record: RoomRecord): void => {
    options.sendVoicePayload(record.guildId, leavePayload(record.guildId));
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
    announce({ type: 'state', roomId: record.id, state: { status: 'recovering', what: 'link' } });
    if (!start(record, again)) endFromHere(record, { kind: 'failed', problem: lost });
  };

  const endFromHere = (record: RoomRecord, reason: EndReason): void =>
    announce({ type: 'state', roomId: record.id, state: { status: 'ended', reason } });

  const announce = (event: RoomEvent): void => {
    if ('roomId' in event) records.get(event.roomId)?.event(event);
    options.on(event);
  };

  const receive = (event: RoomEvent): void => {
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
        if (record !== undefined) recover(record);
      }
    },
  });
  pool.warm();

  return {
    open(request) {
      if (draining) throw new ParleyError('SHUTTING_DOWN');
      if (records.size >= options.maxRooms)
        throw new ParleyError('ROOM_LIMIT', { details: { limit: options.maxRooms } });
      const opening: OpenRoom = { ...request, roomId: `${request.guildId}-${++opened}` };
      const record = createRoomRecord(opening, { post, clock, onEnd: forget });
      if (!start(record, opening)) throw new ParleyError('ROOM_LIMIT', { details: { limit: records.size } });
      records.set(record.id, record);
      byGuild.set(record.guildId, record);
      return record;
    },
    ofGuild: (guildId) => byGuild.get(guildId),
    get: (roomId) => records.get(roomId),
    get count() {
      return records.size;
    },
    gatewayPayload(guildId, payload) {
      const record = byGuild.get(guildId);
      if (record !== undefined) post({ type: 'gatewayPayload', roomId: record.id, payload });
    },
    gateway(guildId, up) {
      const record = byGuild.get(guildId);
      if (record !== undefined) post({ type: 'gateway', roomId: record.id, up });
    },
    async shutdown(drainMs) {
      draining = true;
      await Promise.all([...records.values()].map((record) => record.close({ kind: 'shutdown' }, drainMs)));
      await pool.close();
    },
  };
}

/** Op 4 with no channel: leave. */
function leavePayload(guildId: string): unknown {
  return { op: 4, d: { guild_id: guildId, channel_id: null, self_mute: false, self_deaf: false } };
}
