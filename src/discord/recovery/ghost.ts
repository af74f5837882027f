/**
 * The bot's own voice state that outlives a process that was killed: Discord shows it in the channel for the better part of a
 * minute more, although nobody is behind it.
 */
import { type Client, Events, type Guild, type VoiceState } from 'discord.js';
import { leavePayload } from '../../room/rooms.ts';
import type { Clock } from '../../types/clock.ts';
import type { VoiceGateway } from '../voice-gateway.ts';

/** The gateway answers within a few round trips; joining finds a way without the answer too. */
const GONE_WITHIN_MS = 1_000;

export interface GhostServices {
  readonly client: Client<true>;
  readonly voiceGateway: VoiceGateway;
  readonly clock: Clock;
}

/** Where a guild without a room of this process has the bot sitting all the same. */
export function ghostChannelId({ voiceStates, client }: Guild): string | null {
  return client.user === null ? null : (voiceStates.cache.get(client.user.id)?.channelId ?? null);
}

/**
 * Sends the ghost away, if there is one. Also where the bot is about to come back: a channel in which the gateway believes to
 * have the bot already is not always answered with a voice server (discord.js issues 3417 and 11553).
 *
 * Only for a guild without a room; to be kept apart from everything that opens one.
 */
export async function banishGhost(guild: Guild, { client, voiceGateway, clock }: GhostServices): Promise<void> {
  if (ghostChannelId(guild) === null) return;
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const listen = (_: VoiceState, after: VoiceState): void => {
    if (after.guild.id === guild.id && after.id === client.user.id && after.channelId === null) resolve();
  };
  client.on(Events.VoiceStateUpdate, listen);
  const timer = clock.after(GONE_WITHIN_MS, resolve);
  voiceGateway.attach(guild.id, guild.voiceAdapterCreator);
  voiceGateway.send(guild.id, leavePayload(guild.id));
  await gone;
  timer.cancel();
  client.off(Events.VoiceStateUpdate, listen);
  voiceGateway.detach(guild.id);
}
