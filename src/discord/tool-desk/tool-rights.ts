/**
 * What a member may do, asked of Discord when it matters and not of what was known of them once.
 */
import { DiscordAPIError, type Guild, type GuildMember, PermissionFlagsBits, RESTJSONErrorCodes } from 'discord.js';
import type { ToolPermission } from '../../tools/define-tool.ts';
import type { CallPlace, ToolRights } from '../../tools/tool-executor.ts';
import { writablePlace } from '../guild-actions/room-post.ts';
import type { PostPlaces } from '../room-place.ts';

/** Those of the whole server, which no channel gives or takes (Discord, "Permissions"). */
const OF_THE_SERVER: ReadonlySet<ToolPermission> = new Set(['ManageGuild']);

export interface MemberRights extends ToolRights {
  /** The same of a member as Discord has just told of them. */
  of(place: CallPlace, member: GuildMember, permission: ToolPermission): boolean;
}

interface MemberRightsServices {
  readonly guild: (guildId: string) => Guild | undefined;
  readonly keeper: PostPlaces;
}

export function createMemberRights({ guild, keeper }: MemberRightsServices): MemberRights {
  /** The room's own channel, and where a tool posts for it. */
  const channelsOf = ({ roomId, channelId }: CallPlace, { channels }: Guild) => {
    const posts = writablePlace(keeper.placeOf(roomId)?.textChannels ?? []);
    return [channels.cache.get(channelId), posts].filter((channel) => !!channel);
  };

  const of = (place: CallPlace, member: GuildMember, permission: ToolPermission): boolean => {
    const flag = PermissionFlagsBits[permission];
    if (OF_THE_SERVER.has(permission)) return member.permissions.has(flag);
    const channels = channelsOf(place, member.guild);
    const needed = PermissionFlagsBits.ViewChannel | flag;
    return channels.length > 0 && channels.every((channel) => channel.permissionsFor(member).has(needed));
  };

  return {
    of,
    async has(place, memberId, permission) {
      const members = guild(place.guildId)?.members;
      if (members === undefined) throw new Error('the server is out of reach');
      // Discord tells of changed roles only those bots that are allowed to know every member; what is remembered may be old.
      const member = await members.fetch({ user: memberId, force: true }).catch(nobody);
      return member !== null && of(place, member, permission);
    },
  };
}

/** Whoever has left the server has no right in it. @throws what else went wrong */
function nobody(error: unknown): null {
  if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember) return null;
  throw error;
}
