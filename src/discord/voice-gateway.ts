/**
 * The rooms' way to the gateway: their op 4 payloads go out through the guild's shard, Discord's answers come back to them.
 * Only here does a room touch discord.js, through the adapter that it makes for `@discordjs/voice`.
 */
import { type Client, Events, type Guild } from 'discord.js';
import type { GatewayPayload } from '../room/protocol.ts';

type Adapter = ReturnType<Guild['voiceAdapterCreator']>;

export interface VoiceGateway {
  /** Listens for a guild's voice payloads from now on; again, it replaces the last one. */
  attach(guildId: string, create: Guild['voiceAdapterCreator']): void;
  /** False when it could not be sent: no room attached, or the shard is not connected. */
  send(guildId: string, payload: unknown): boolean;
  detach(guildId: string): void;
}

/** @param deliver takes a VOICE_* payload to the guild's room */
export function createVoiceGateway(deliver: (guildId: string, payload: GatewayPayload) => void): VoiceGateway {
  const adapters = new Map<string, Adapter>();
  const detach = (guildId: string): void => {
    adapters.get(guildId)?.destroy();
    adapters.delete(guildId);
  };
  return {
    attach(guildId, create) {
      detach(guildId);
      const adapter = create({
        onVoiceServerUpdate: (data) => deliver(guildId, { event: 'VOICE_SERVER_UPDATE', data }),
        onVoiceStateUpdate: (data) => deliver(guildId, { event: 'VOICE_STATE_UPDATE', data }),
        // Only for a shard that will never come back: `watchShards` has told the rooms already.
        destroy: () => adapters.delete(guildId),
      });
      adapters.set(guildId, adapter);
    },
    send: (guildId, payload) => adapters.get(guildId)?.sendPayload(payload) ?? false,
    detach,
  };
}

/** Tells, for every guild of a shard, when its connection to the gateway goes and comes back. */
export function watchShards(client: Client, onGateway: (guildId: string, up: boolean) => void): void {
  const tell = (shardId: number, up: boolean): void => {
    for (const guild of client.guilds.cache.values()) if (guild.shardId === shardId) onGateway(guild.id, up);
  };
  client.on(Events.ShardReconnecting, (shardId) => tell(shardId, false));
  client.on(Events.ShardDisconnect, (_, shardId) => tell(shardId, false));
  client.on(Events.ShardReady, (shardId) => tell(shardId, true));
  client.on(Events.ShardResume, (shardId) => tell(shardId, true));
}
