/**
 * The control plane: everything between Discord's events and the rooms, made and connected.
 */
import type { Client } from 'discord.js';
import { commands, messageCommands } from '../commands/index.ts';
import { createFetchAttachment } from './chat/media/fetch-attachment.ts';
import { createMedia } from './chat/media/media.ts';
import type { Config } from './config.ts';
import { createChat } from './discord/chat/chat.ts';
import { stopButton } from './discord/chat/stop-button.ts';
import { attachDispatcher } from './discord/dispatcher.ts';
import { createGuildPresence } from './discord/guild-presence.ts';
import { createGuildSettings } from './discord/guild-settings.ts';
import { createKeyedQueue } from './discord/keyed-queue.ts';
import { loadOptOuts } from './discord/opt-outs.ts';
import { readLeftoverPanels } from './discord/panel/leftover-panels.ts';
import { panelControls } from './discord/panel/panel-controls.ts';
import { personaSubmit } from './discord/persona-form.ts';
import { createRecovery, readLeftRooms } from './discord/recovery/recovery.ts';
import { createRoomJournal } from './discord/recovery/room-journal.ts';
import { createReminders } from './discord/reminders/reminders.ts';
import { createRoomKeeper } from './discord/room-keeper.ts';
import { createToolDesk } from './discord/tool-desk/tool-desk.ts';
import { createSummaries } from './discord/transcript/summary.ts';
import { createTranscriptRetention } from './discord/transcript/transcript-retention.ts';
import { createTranscripts } from './discord/transcript/transcripts.ts';
import { createVoiceGateway, watchShards } from './discord/voice-gateway.ts';
import { createVoiceWatch } from './discord/voice-state.ts';
import { attachWelcome } from './discord/welcome.ts';
import type { RoomEvent } from './room/protocol.ts';
import type { Rooms, RoomsOptions } from './room/rooms.ts';
import { within } from './shutdown.ts';
import type { Store } from './store/store.ts';
import type { UsageLedger } from './store/usage-ledger.ts';
import type { ToolRegistry } from './tools/tool-registry.ts';
import type { Clock, Random } from './types/clock.ts';
import type { Count, Log } from './types/log.ts';

/** For the last notices to be posted. */
const LAST_WORDS_MS = 1_500;

export interface ControlPlaneOptions {
  readonly config: Config;
  readonly store: Store;
  readonly ledger: UsageLedger;
  /** Everything that models may call. */
  readonly functions: ToolRegistry;
  readonly createRooms: (options: RoomsOptions) => Rooms;
  readonly clock: Clock;
  readonly random: Random;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
  readonly count: Count;
}

/** Whether the next process brings the rooms back that are open when this one ends. */
export type RoomsFate = 'forget' | 'keep';

export interface ControlPlane {
  /** Listens to a client; its listeners go with the client. */
  attach(client: Client): void;
  /** Leaves every channel, telling why; the sentence being spoken may take `drainMs` more. */
  close(drainMs: number, fate: RoomsFate): Promise<void>;
}

export async function createControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { config, store, ledger, functions, createRooms, clock, random, now, log, count } = options;
  const optOuts = await loadOptOuts(store, () => voiceWatch.refreshAll());
  const leftPanels = await readLeftoverPanels(store, log);
  const leftRooms = await readLeftRooms(store, log);
  const rooms = createRooms({
    maxThreads: config.roomThreads,
    maxRooms: config.limits.maxRooms,
    tuning: config.tuning,
    clock,
    log,
    sendVoicePayload: (guildId, payload) => voiceGateway.send(guildId, payload),
    declareTools: ({ tools }) => functions.declarations(tools),
    on: (event) => take(event),
  });
  functions.onChange(() => rooms.toolsChanged());
  const voiceGateway = createVoiceGateway((guildId, payload) => rooms.gatewayPayload(guildId, payload));
  const settings = createGuildSettings(store, rooms, log);
  const keeper = createRoomKeeper({
    ...options,
    rooms,
    settings,
    limits: config.limits,
    live: config.live,
    onOpening: ({ guildId, adapterCreator }) => voiceGateway.attach(guildId, adapterCreator),
    onOpened: (room, { place, roster, former }) => {
      voiceWatch.opened(room, roster);
      journal.opened({ room, originId: place.originId, openedAt: former?.openedAt ?? now() });
    },
    onEnded: (room) => {
      voiceWatch.ended(room);
      journal.ended(room);
      if (rooms.ofGuild(room.guildId) === undefined) voiceGateway.detach(room.guildId);
    },
  });
  const voiceWatch = createVoiceWatch({ rooms, keeper, optOuts, clock, log });
  const guildPresence = createGuildPresence({ store, clock, now, log });
  const perGuild = createKeyedQueue();
  const journal = createRoomJournal({ store, clock, now, log });
  const { limits } = config;
  const { model } = config.live;
  const transcripts = createTranscripts({ rooms, keeper, settings, optOuts, store, clock, now, log });
  const retention = createTranscriptRetention({ store, clock, now, log });
  const summaries = createSummaries({ rooms, ledger, limits, live: config.live, now });
  const { allowedGuilds } = config;
  const media = createMedia({ clock, log, count });
  const chat = await createChat({
    ...{ rooms, settings, optOuts, store, ledger, limits, live: config.live, media, allowedGuilds, clock, now, log },
    fetch: createFetchAttachment({ clock, apiUrl: config.discord.apiUrl }),
    readsEverything: config.discord.messageContent,
  });
  const services = {
    ...{ rooms, keeper, settings, optOuts, store, ledger, limits, transcripts, summaries, functions, perGuild, model },
    ...{ chat, clock, now, log },
  };

  const reminders = createReminders({ ...services, count });
  const toolDesk = createToolDesk({
    ...services,
    // What a tool posts goes where the room's people are, whether they speak or write.
    keeper: { placeOf: (roomId) => keeper.placeOf(roomId) ?? chat.placeOf(roomId) },
    registry: functions,
    secrets: [config.discord.token, config.live.apiKey],
    onReminder: () => reminders.added(),
    random,
    count,
  });

  const recovery = createRecovery({ ...services, leftRooms, leftPanels, voiceGateway, allowedGuilds, count });

  const take = (event: RoomEvent): void => {
    if (event.type === 'log') log[event.level](event.fields, event.message);
    else if (event.type === 'count') count(event.name, event.by);
    else {
      settings.on(event);
      if (!chat.on(event)) keeper.on(event);
      transcripts.on(event);
      journal.on(event);
      toolDesk.on(event);
    }
  };

  return {
    attach(client) {
      voiceWatch.attach(client);
      guildPresence.attach(client);
      transcripts.attach(client);
      retention.start();
      attachWelcome(client, { settings, allowedGuilds, log });
      recovery.attach(client);
      reminders.attach(client);
      toolDesk.attach(client);
      chat.attach(client);
      watchShards(client, (guildId, up) => rooms.gateway(guildId, up));
      attachDispatcher(client, {
        commands,
        messageCommands,
        components: [panelControls, personaSubmit, toolDesk.buttons, stopButton],
        services,
        allowedGuilds,
        count,
        log,
      });
    },
    async close(drainMs, fate) {
      recovery.close();
      const reminded = reminders.close();
      const tidied = toolDesk.close();
      const preserved = fate === 'keep' ? journal.preserve() : recovery.forget();
      chat.drain();
      await rooms.shutdown(drainMs);
      voiceWatch.close();
      guildPresence.close();
      retention.close();
      await within(
        LAST_WORDS_MS,
        clock,
        Promise.all([keeper.close(), chat.close(), transcripts.close(), journal.close(), preserved, reminded, tidied]),
      );
      await media.close();
    },
  };
}
