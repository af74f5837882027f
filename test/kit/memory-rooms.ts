/**
 * Rooms without an audio plane: what the control plane asks of them is kept, what they would tell is told by the test.
 */
import { ParleyError } from '../../src/errors.ts';
import type { EndReason, GatewayPayload, RoomEvent, RoomStatus } from '../../src/room/protocol.ts';
import type { OpenRequest, Room, Rooms, SendVoicePayload } from '../../src/room/rooms.ts';
import type { RoomSettings, RosterEntry } from '../../src/types/settings.ts';

export interface MemoryRoom extends Room {
  readonly request: OpenRequest;
  readonly rosters: readonly (readonly RosterEntry[])[];
  readonly said: readonly string[];
  /** The room hears and can talk. */
  becomeReady(): void;
  /** The room ends by itself. */
  end(reason: EndReason): void;
  move(channelId: string): void;
}

export interface MemoryRooms extends Rooms {
  /** All that were ever opened, the latest last. */
  readonly opened: readonly MemoryRoom[];
  readonly payloads: readonly { readonly guildId: string; readonly payload: GatewayPayload }[];
  readonly gateways: readonly { readonly guildId: string; readonly up: boolean }[];
  /** The latest room; throws when there is none. */
  latest(): MemoryRoom;
  /** Opening throws this from now on; null to let it work again. */
  refuse(error: ParleyError | null): void;
}

export interface MemoryRoomsOptions {
  /** Whether a room becomes ready by itself, at once. */
  readonly readyAtOnce?: boolean;
  /** Joins and leaves the voice channel through the gateway, as a real room does. */
  readonly sendVoicePayload?: SendVoicePayload;
  readonly on?: (event: RoomEvent) => void;
}

export function createMemoryRooms({ readyAtOnce = true, sendVoicePayload, on }: MemoryRoomsOptions = {}): MemoryRooms {
  const opened: MemoryRoom[] = [];
  const payloads: { guildId: string; payload: GatewayPayload }[] = [];
  const gateways: { guildId: string; up: boolean }[] = [];
  let refusal: ParleyError | null = null;
  const open = (): MemoryRoom[] => opened.filter((room) => room.status.status !== 'ended');

  return {
    opened,
    payloads,
    gateways,
    latest() {
      const room = opened.at(-1);
      if (room === undefined) throw new Error('no room was ever opened');
      return room;
    },
    refuse(error) {
      refusal = error;
    },
    open(request) {
      if (refusal !== null) throw refusal;
      const { guildId } = request;
      const move = (channelId: string | null) =>
        sendVoicePayload?.(guildId, {
          op: 4,
          d: { guild_id: guildId, channel_id: channelId, self_mute: false, self_deaf: false },
        });
      const room = createMemoryRoom(`room-${opened.length + 1}`, request, (event) => {
        if (event.type === 'state' && event.state.status === 'ended') move(null);
        on?.(event);
      });
      opened.push(room);
      move(request.channelId);
      if (readyAtOnce) room.becomeReady();
      return room;
    },
    ofGuild: (guildId) => open().find((room) => room.guildId === guildId),
    get: (roomId) => open().find((room) => room.id === roomId),
    get count() {
      return open().length;
    },
    gatewayPayload: (guildId, payload) => void payloads.push({ guildId, payload }),
    gateway: (guildId, up) => void gateways.push({ guildId, up }),
    async shutdown() {
      refusal = new ParleyError('SHUTTING_DOWN');
      await Promise.all(open().map((room) => room.close({ kind: 'shutdown' })));
    },
  };
}

function createMemoryRoom(id: string, request: OpenRequest, on: (event: RoomEvent) => void): MemoryRoom {
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<EndReason>();
  const rosters: (readonly RosterEntry[])[] = [request.roster];
  const said: string[] = [];
  let status: RoomStatus = { status: 'joining' };
  let channelId = request.channelId;
  ready.promise.catch(() => undefined);

  const end = (reason: EndReason): void => {
    if (status.status === 'ended') return;
    status = { status: 'ended', reason };
    const problem = 'problem' in reason ? reason.problem : { code: 'ROOM_NONE' as const, details: {} };
    ready.reject(new ParleyError(problem.code, { details: problem.details }));
    on({ type: 'state', roomId: id, state: status });
    ended.resolve(reason);
  };

  return {
    id,
    request,
    guildId: request.guildId,
    get channelId() {
      return channelId;
    },
    get status() {
      return status;
    },
    ready: ready.promise,
    ended: ended.promise,
    rosters,
    said,
    roster: (roster) => void rosters.push(roster),
    settings: (_settings: RoomSettings, revision: number) => on({ type: 'settingsApplied', roomId: id, revision }),
    stop: () => undefined,
    say: (text) => void said.push(text),
    close: async (reason) => end(reason),
    becomeReady() {
      if (status.status !== 'joining') return;
      status = { status: 'ready', channelId, encrypted: true };
      ready.resolve();
      on({ type: 'state', roomId: id, state: status });
    },
    end,
    move(to) {
      channelId = to;
    },
  };
}
