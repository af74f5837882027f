/**
 * The control plane: everything between Discord's events and the rooms, made and connected.
 */
import type { Client } from 'discord.js';
import { commands } from '../commands/index.ts';
import type { Config } from './config.ts';
import { attachDispatcher } from './discord/dispatcher.ts';
import { createKeyedQueue } from './discord/keyed-queue.ts';
import { createRoomKeeper } from './discord/room-keeper.ts';
import { createVoiceGateway, watchShards } from './discord/voice-gateway.ts';
import { createVoiceWatch } from './discord/voice-state.ts';
import type { RoomEvent } from './room/protocol.ts';
import type { Rooms, RoomsOptions } from './room/rooms.ts';
import { within } from './shutdown.ts';
import type { Store } from './store/store.ts';
import type { UsageLedger } from './store/usage-ledger.ts';
import type { Clock } from './types/clock.ts';
import type { Count, Log } from './types/log.ts';

/** For the last notices to be posted. */
const LAST_WORDS_MS = 1_500;

export interface ControlPlaneOptions {
  readonly config: Config;
  readonly store: Store;
  readonly ledger: UsageLedger;
  readonly createRooms: (options: RoomsOptions) => Rooms;
  readonly clock: Clock;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
  readonly count: Count;
}

export interface ControlPlane {
  /** Listens to a client; its listeners go with the client. */
  attach(client: Client): void;
  /** Leaves every channel, telling why; the sentence being spoken may take `drainMs` more. */
  close(drainMs: number): Promise<void>;
}

export function createControlPlane(options: ControlPlaneOptions): ControlPlane {
  const { config, createRooms, clock, log, count } = options;
  const rooms = createRooms({
    maxThreads: config.roomThreads,
    maxRooms: config.limits.maxRooms,
    tuning: config.tuning,
    clock,
    log,
    sendVoicePayload: (guildId, payload) => voiceGateway.send(guildId, payload),
    on: (event) => take(event),
  });
  const voiceGateway = createVoiceGateway((guildId, payload) => rooms.gatewayPayload(guildId, payload));
  const keeper = createRoomKeeper({
    ...options,
    rooms,
    limits: config.limits,
    live: config.live,
    onOpening: ({ guildId, adapterCreator }) => voiceGateway.attach(guildId, adapterCreator),
    onOpened: (room, roster) => voiceWatch.opened(room, roster),
    onEnded: (room) => {
      voiceWatch.ended(room);
      if (rooms.ofGuild(room.guildId) === undefined) voiceGateway.detach(room.guildId);
    },
  });
  const voiceWatch = createVoiceWatch({ rooms, keeper, clock, log });
  const services = { rooms, keeper, perGuild: createKeyedQueue(), clock, log };

  const take = (event: RoomEvent): void => {
    if (event.type === 'log') log[event.level](event.fields, event.message);
    else if (event.type === 'count') count(event.name, event.by);
    else keeper.on(event);
  };

  return {
    attach(client) {
      voiceWatch.attach(client);
      watchShards(client, (guildId, up) => rooms.gateway(guildId, up));
      attachDispatcher(client, { commands, components: [], services, allowedGuilds: config.allowedGuilds, count, log });
    },
    async close(drainMs) {
      await rooms.shutdown(drainMs);
      voiceWatch.close();
      await within(LAST_WORDS_MS, clock, keeper.close());
    },
  };
}
