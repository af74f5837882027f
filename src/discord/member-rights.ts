/**
 * What a member may do with the room and its settings (DESIGN.md §4, "Who may"). A refusal names what is missing.
 */
import { type GuildMember, PermissionFlagsBits } from 'discord.js';
import { ParleyError } from '../errors.ts';
import type { Translate } from '../i18n/translate.ts';
import type { Room } from '../room/rooms.ts';
import { permissionWords } from './permissions.ts';

/** Whether a member may steer the room: whoever is in its channel, or may move members there. */
export function maySteer(member: GuildMember, room: Room): boolean {
  if (member.voice.channelId === room.channelId) return true;
  const channel = member.guild.channels.cache.get(room.channelId);
  return (channel?.permissionsFor(member) ?? member.permissions).has(PermissionFlagsBits.MoveMembers);
}

/** @throws ParleyError `MEMBER_MAY_NOT_STEER` */
export function mustSteer(t: Translate, member: GuildMember, room: Room): void {
  if (maySteer(member, room)) return;
  const details = { channel: `<#${room.channelId}>`, permissions: permissionWords(t, ['MoveMembers']) };
  throw new ParleyError('MEMBER_MAY_NOT_STEER', { details });
}

/** @throws ParleyError `MEMBER_LACKS_PERMISSION` */
export function mustManage(t: Translate, member: GuildMember): void {
  if (member.permissions.has(PermissionFlagsBits.ManageGuild)) return;
  throw new ParleyError('MEMBER_LACKS_PERMISSION', { details: { permissions: permissionWords(t, ['ManageGuild']) } });
}

/**
 * For what whoever talks with the bot may set: the room is theirs while it is open, the server's after that.
 *
 * @param room the guild's open room
 * @throws ParleyError `MEMBER_MAY_NOT_STEER` with a room, `MEMBER_LACKS_PERMISSION` without one
 */
export function mustSteerOrManage(t: Translate, member: GuildMember, room: Room | undefined): void {
  if (room === undefined) mustManage(t, member);
  else mustSteer(t, member, room);
}
