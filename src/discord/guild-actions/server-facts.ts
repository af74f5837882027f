import type { Guild } from 'discord.js';
import type { ServerFacts } from '../../tools/guild-actions.ts';
import { onOneLine } from '../quote.ts';

/** What every member of the server could look up too. */
export function serverFacts(guild: Guild): ServerFacts {
  const channels = [...guild.channels.cache.values()];
  return {
    name: onOneLine(guild.name),
    description: guild.description === null ? null : onOneLine(guild.description),
    members: guild.memberCount,
    createdAt: guild.createdTimestamp,
    textChannels: channels.filter((channel) => channel.isTextBased() && !channel.isThread() && !channel.isVoiceBased())
      .length,
    voiceChannels: channels.filter((channel) => channel.isVoiceBased()).length,
    // The one that everybody has is none.
    roles: Math.max(0, guild.roles.cache.size - 1),
    boosts: guild.premiumSubscriptionCount ?? 0,
    boostLevel: guild.premiumTier,
  };
}
