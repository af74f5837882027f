/**
 * Where the tools of every room are carried out: takes the calls that rooms tell of, and gives each room what came of them.
 */
import type { Client, Guild } from 'discord.js';
import type { RoomEvent } from '../../room/protocol.ts';
import type { Rooms } from '../../room/rooms.ts';
import { createRedact } from '../../tools/redact.ts';
import { createToolExecutor } from '../../tools/tool-executor.ts';
import type { ToolRegistry } from '../../tools/tool-registry.ts';
import type { Clock, Random } from '../../types/clock.ts';
import type { Count } from '../../types/log.ts';
import type { ComponentHandler } from '../define-component.ts';
import { createGuildActions, type GuildActionsServices } from '../guild-actions/guild-actions.ts';
import type { GuildSettings } from '../guild-settings.ts';
import { createConfirmationIds } from './confirmation-ids.ts';
import { createConfirmationDesk } from './confirmations.ts';
import { createMemberRights } from './tool-rights.ts';

export interface ToolDesk {
  /** Works with the servers that this client knows from now on. */
  attach(client: Client): void;
  /** Takes note of what a room tells. */
  on(event: RoomEvent): void;
  /** The buttons of confirmations. */
  readonly buttons: ComponentHandler;
  /** Cancels everything. Resolves when every question that is open says so. */
  close(): Promise<void>;
}

export interface ToolDeskOptions extends Omit<GuildActionsServices, 'guild' | 'rooms'> {
  readonly rooms: Pick<Rooms, 'get'>;
  readonly registry: Pick<ToolRegistry, 'get'>;
  readonly settings: Pick<GuildSettings, 'read'>;
  /** What must not leave through a result: the bot's token, its key. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
  readonly random: Random;
  readonly count: Count;
}

export function createToolDesk(options: ToolDeskOptions): ToolDesk {
  const { rooms, registry, settings, secrets, random } = options;
  let client: Client | null = null;
  const guild = (guildId: string): Guild | undefined => client?.guilds.cache.get(guildId);
  const rights = createMemberRights({ ...options, guild });
  const confirmations = createConfirmationDesk({ ...options, rights, ids: createConfirmationIds(random) });
  const executor = createToolExecutor({
    ...options,
    registry,
    rights,
    confirmations,
    switches: async (guildId) => (await settings.read(guildId)).settings.tools,
    actionsIn: ({ guildId, roomId }) => createGuildActions(guildId, roomId, { ...options, guild }),
    redact: createRedact(secrets),
  });

  const execute = async ({ roomId, request }: Extract<RoomEvent, { type: 'toolCall' }>): Promise<void> => {
    const room = rooms.get(roomId);
    if (room === undefined) return;
    const { guildId, channelId } = room;
    const outcome = await executor.execute({ guildId, roomId, channelId }, request);
    if (outcome !== null) rooms.get(roomId)?.toolResult(request.callId, outcome);
  };

  return {
    buttons: confirmations.buttons,
    attach(attached) {
      client = attached;
    },
    on(event) {
      if (event.type === 'toolCall') void execute(event);
      else if (event.type === 'toolCancelled') executor.cancel(event.roomId, event.callId);
      else if (event.type === 'state' && event.state.status === 'ended') executor.cancelAll(event.roomId);
    },
    async close() {
      executor.close();
      await confirmations.close();
    },
  };
}
