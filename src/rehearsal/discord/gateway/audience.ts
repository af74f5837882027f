/**
 * Whom an event concerns: a bot hears nothing from servers it is not on, nothing during an outage, and no messages from channels
 * that it cannot look into.
 */
import { channelOf, memberOf } from '../world/guild-state.ts';
import { entersChat, permissionsIn } from '../world/permissions.ts';
import type { World } from '../world/world.ts';

/** What makes a server known, or unknown. */
const ALWAYS: ReadonlySet<string> = new Set(['GUILD_CREATE', 'GUILD_DELETE']);
const MESSAGE_EVENTS: ReadonlySet<string> = new Set(['MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_DELETE']);

/** @param data the event's payload */
export function concernsBot(world: World, event: string, data: object): boolean {
  const { guild_id, id, channel_id } = data as Readonly<Record<string, unknown>>;
  const guild = world.guild(String(event === 'GUILD_UPDATE' ? id : guild_id));
  if (ALWAYS.has(event) || guild === undefined) return true;
  const bot = memberOf(guild, world.bot.id);
  if (bot === undefined || !guild.available) return false;
  const channel = MESSAGE_EVENTS.has(event) ? channelOf(guild, String(channel_id)) : undefined;
  return channel === undefined || entersChat(channel, permissionsIn(guild, channel, bot));
}
