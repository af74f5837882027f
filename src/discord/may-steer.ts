import { type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { Room } from '../room/rooms.ts';

/** Whether a member may steer the room: whoever is in its channel, or may move members there (DESIGN.md §4). */
export function maySteer(member: GuildMember, room: Room): boolean {
  if (member.voice.channelId === room.channelId) return true;
  const channel = member.guild.channels.cache.get(room.channelId);
  return (channel?.permissionsFor(member) ?? member.permissions).has(PermissionFlagsBits.MoveMembers);
}
