/** A loopback with discord.js and the real voice library on it. */
import {
  type DiscordGatewayAdapterCreator,
  entersState,
  joinVoiceChannel,
  type VoiceConnection,
  VoiceConnectionStatus,
} from '@discordjs/voice';
import type { Guild } from 'discord.js';
import { onTestFinished } from 'vitest';
import { must, openStage, type Stage } from './harness.ts';

/** On this machine it takes some 50 ms. */
const READY_MS = 10_000;

export interface VoiceStage extends Stage {
  readonly guild: Guild;
  /** Joins with the real voice library, through discord.js. */
  join(channel: string): VoiceConnection;
  /** Resolves when the library has a voice connection. */
  ready(connection: VoiceConnection): Promise<void>;
  /** Close codes of the voice server so far. */
  readonly closes: readonly number[];
}

export async function openVoice(): Promise<VoiceStage> {
  const closes: number[] = [];
  const stage = await openStage({
    onVoiceEvent: (event) => {
      if (event.type === 'closed') closes.push(event.code);
    },
  });
  const guild = must(stage.client.guilds.cache.first());
  return {
    ...stage,
    guild,
    closes,
    join(name) {
      const connection = joinVoiceChannel({
        guildId: guild.id,
        channelId: stage.discord.control.channel(name).id,
        selfDeaf: false,
        adapterCreator: guild.voiceAdapterCreator as DiscordGatewayAdapterCreator,
      });
      onTestFinished(() => {
        if (connection.state.status !== VoiceConnectionStatus.Destroyed) connection.destroy();
      });
      return connection;
    },
    async ready(connection) {
      await entersState(connection, VoiceConnectionStatus.Ready, READY_MS);
    },
  };
}

/** Resolves when the library is in a state. */
export const enters = (connection: VoiceConnection, status: VoiceConnectionStatus): Promise<unknown> =>
  entersState(connection, status, READY_MS);
