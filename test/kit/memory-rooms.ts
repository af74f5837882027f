/**
 * Rooms without an audio plane: what the control plane asks of them is kept, what they would tell is told by the test.
 */
import { ParleyError } from '../../src/errors.ts';
import type { ErrandAnswer } from '../../src/room/errands.ts';
import type { ErrandRequest, GatewayPayload, RoomEvent } from '../../src/room/protocol.ts';
import type { Rooms, SendVoicePayload } from '../../src/room/rooms.ts';
import { createMemoryRoom, type MemoryRoom } from './memory-room.ts';

export type { MemoryRoom } from './memory-room.ts';

export interface MemoryRooms extends Rooms {
  /** All voice rooms that were ever opened, the latest last. */
  readonly opened: readonly MemoryRoom[];
  /** The same of rooms of text channels. */
  readonly openedText: readonly MemoryRoom[];
  readonly payloads: readonly { readonly guildId: string; readonly payload: GatewayPayload }[];
  readonly gateways: readonly { readonly guildId: string; readonly up: boolean }[];
  /** Times that other functions were announced. */
  readonly toolChanges: number;
  /** The latest voice room; throws when there is none. */
  latest(): MemoryRoom;
  /** The same of rooms of text channels. */
  latestText(): MemoryRoom;
  /** What was asked of the model outside of the rooms. */
  readonly errands: readonly ErrandRequest[];
  /** What such questions are answered with from now on; what it throws they fail with. */
  answerErrands(answer: (errand: ErrandRequest) => Promise<ErrandAnswer>): void;
  /** From now on the rooms do as they are told and never say so: no setting comes into force, nothing is forgotten. */
  hang(on: boolean): void;
  /** The Live service takes no handle any more: rooms of before a restart get a fresh session. */
  refuseHandles(): void;
  /** Opening throws this from now on; null to let it work again. */
  refuse(error: ParleyError | null): void;
}

export interface MemoryRoomsOptions {
  /** Whether a room becomes ready by itself, at once. */
  readonly readyAtOnce?: boolean;
  /** One more is refused. */
  readonly maxRooms?: number;
  /** Joins and leaves the voice channel through the gateway, as a real room does. */
  readonly sendVoicePayload?: SendVoicePayload;
  readonly on?: (event: RoomEvent) => void;
}

export function createMemoryRooms(options: MemoryRoomsOptions = {}): MemoryRooms {
  const { readyAtOnce = true, maxRooms = Number.POSITIVE_INFINITY, sendVoicePayload, on } = options;
  const opened: MemoryRoom[] = [];
  const openedText: MemoryRoom[] = [];
  const payloads: { guildId: string; payload: GatewayPayload }[] = [];
  const gateways: { guildId: string; up: boolean }[] = [];
  let refusal: ParleyError | null = null;
  const errands: ErrandRequest[] = [];
  let answerErrand = async (_errand: ErrandRequest): Promise<ErrandAnswer> => ({ text: 'Well.', usage: [] });
  let hanging = false;
  let toolChanges = 0;
  let refusing = false;
  const isOpen = (room: MemoryRoom): boolean => room.status.status !== 'ended';
  const open = (): MemoryRoom[] => opened.filter(isOpen);
  const all = (): MemoryRoom[] => [...open(), ...openedText.filter(isOpen)];
  const last = (rooms: readonly MemoryRoom[]): MemoryRoom => {
    const room = rooms.at(-1);
    if (room === undefined) throw new Error('no room was ever opened');
    return room;
  };

  return {
    opened,
    payloads,
    gateways,
    openedText,
    latest: () => last(opened),
    latestText: () => last(openedText),
    errands,
    answerErrands(answer) {
      answerErrand = answer;
    },
    ask(errand) {
      errands.push(errand);
      return answerErrand(errand);
    },
    hang(on) {
      hanging = on;
    },
    refuseHandles() {
      refusing = true;
    },
    refuse(error) {
      refusal = error;
    },
    open(request, past) {
      if (refusal !== null) throw refusal;
      if (open().length >= maxRooms) throw new ParleyError('ROOM_LIMIT', { details: { limit: maxRooms } });
      const { guildId } = request;
      const move = (channelId: string | null) =>
        sendVoicePayload?.(guildId, {
          op: 4,
          d: { guild_id: guildId, channel_id: channelId, self_mute: false, self_deaf: false },
        });
      const tell = (event: RoomEvent): void => {
        if (event.type === 'state' && event.state.status === 'ended') move(null);
        on?.(event);
      };
      const behaviour = { kind: 'voice', hangs: () => hanging, refusesHandles: () => refusing } as const;
      const room = createMemoryRoom(past ?? null, request, tell, behaviour);
      opened.push(room);
      move(request.channelId);
      if (readyAtOnce) room.becomeReady();
      return room;
    },
    openText(request) {
      if (refusal !== null) throw refusal;
      const behaviour = { kind: 'text', hangs: () => hanging, refusesHandles: () => refusing } as const;
      const voiceless = { ...request, channelKind: 'voice', roster: [] } as const;
      const room = createMemoryRoom(null, voiceless, (event) => on?.(event), behaviour);
      openedText.push(room);
      if (readyAtOnce) room.becomeReady();
      return room;
    },
    ofChannel: (channelId) => all().find((room) => room.channelId === channelId),
    ofGuild: (guildId) => open().find((room) => room.guildId === guildId),
    get: (roomId) => all().find((room) => room.id === roomId),
    get count() {
      return open().length;
    },
    gatewayPayload: (guildId, payload) => void payloads.push({ guildId, payload }),
    gateway: (guildId, up) => void gateways.push({ guildId, up }),
    get liveTrouble() {
      return refusal?.code.startsWith('LIVE_') ? refusal.toProblem() : null;
    },
    get toolChanges() {
      return toolChanges;
    },
    toolsChanged() {
      toolChanges++;
    },
    async shutdown() {
      refusal = new ParleyError('SHUTTING_DOWN');
      await Promise.all(all().map((room) => room.close({ kind: 'shutdown' })));
    },
  };
}
