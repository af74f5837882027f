/**
 * Members that a bot asks for with op 8 (Discord, "Gateway Events", Request Guild Members).
 */
import { memberOf } from '../world/guild-state.ts';
import { memberJson } from '../world/serialise.ts';
import type { World } from '../world/world.ts';
import type { MembersRequest } from './gateway-payloads.ts';
import { Intent } from './intents.ts';

/** Names are searched for so many at most. */
const MOST_FOUND = 100;

/** Null when nothing comes back: no such server, or everybody without the members intent. */
export function membersChunk(world: World, request: MembersRequest, intents: number): object | null {
  const { guild_id, user_ids, query, limit, nonce } = request;
  const guild = world.guild(guild_id);
  if (!guild || !memberOf(guild, world.bot.id)) return null;
  const frame = { guild_id, chunk_index: 0, chunk_count: 1, ...(nonce === undefined ? {} : { nonce }) };
  if (user_ids !== undefined) {
    const ids = [user_ids].flat();
    const found = guild.members.filter(({ user }) => ids.includes(user.id));
    const not_found = ids.filter((id) => !memberOf(guild, id));
    return { ...frame, members: found.map(memberJson), not_found };
  }
  if (query === undefined) return null;
  const everybody = query === '' && limit === 0;
  if (everybody && (intents & Intent.guildMembers) === 0) return null;
  const wanted = query.toLowerCase();
  const found = guild.members.filter(({ user }) => user.name.toLowerCase().startsWith(wanted));
  const most = everybody ? found.length : Math.min(limit || MOST_FOUND, MOST_FOUND);
  return { ...frame, members: found.slice(0, most).map(memberJson), not_found: [] };
}
