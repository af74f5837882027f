/**
 * What a member may do in a channel, computed as Discord documents it ("Permissions", Permission Overwrites).
 *
 * The numbers are Discord's own, written out here: the loopback takes nothing from the library that it tests.
 */
import { type ChannelState, channelOf, type GuildState, isVoice, type MemberState } from './guild-state.ts';

export const Permission = {
  Administrator: 1n << 3n,
  ManageChannels: 1n << 4n,
  ManageGuild: 1n << 5n,
  AddReactions: 1n << 6n,
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  ManageMessages: 1n << 13n,
  EmbedLinks: 1n << 14n,
  AttachFiles: 1n << 15n,
  ReadMessageHistory: 1n << 16n,
  MentionEveryone: 1n << 17n,
  Connect: 1n << 20n,
  Speak: 1n << 21n,
  MuteMembers: 1n << 22n,
  DeafenMembers: 1n << 23n,
  MoveMembers: 1n << 24n,
  UseVAD: 1n << 25n,
  ManageRoles: 1n << 28n,
  UseApplicationCommands: 1n << 31n,
  RequestToSpeak: 1n << 32n,
  CreatePublicThreads: 1n << 35n,
  CreatePrivateThreads: 1n << 36n,
  SendMessagesInThreads: 1n << 38n,
  SendVoiceMessages: 1n << 46n,
  SetVoiceChannelStatus: 1n << 48n,
  SendPolls: 1n << 49n,
} as const;

export type PermissionName = keyof typeof Permission;

/** Every bit that Discord has given a meaning so far. */
export const ALL_PERMISSIONS = (1n << 53n) - 1n;

/** What `@everyone` may do on a new server, as far as it matters here. */
export const DEFAULT_PERMISSIONS = bits(
  'AddReactions',
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'Connect',
  'Speak',
  'UseVAD',
  'UseApplicationCommands',
  'RequestToSpeak',
  'CreatePublicThreads',
  'SendMessagesInThreads',
  'SendVoiceMessages',
  'SendPolls',
);

export function bits(...names: readonly PermissionName[]): bigint {
  return names.reduce((sum, name) => sum | Permission[name], 0n);
}

/** What a member may do on the server as such. */
export function basePermissions(guild: GuildState, member: MemberState): bigint {
  if (guild.ownerId === member.user.id) return ALL_PERMISSIONS;
  const roles = guild.roles.filter((role) => role.id === guild.id || member.roleIds.includes(role.id));
  const sum = roles.reduce((all, role) => all | role.permissions, 0n);
  return has(sum, 'Administrator') ? ALL_PERMISSIONS : sum;
}

/** In a thread those of its channel count. */
export function permissionsIn(guild: GuildState, channel: ChannelState, member: MemberState): bigint {
  const base = basePermissions(guild, member);
  if (base === ALL_PERMISSIONS) return base;
  const ruling = (channel.parentId === null ? undefined : channelOf(guild, channel.parentId)) ?? channel;
  return withImplied(ruling, overwritten(base, guild, ruling, member));
}

function overwritten(base: bigint, guild: GuildState, channel: ChannelState, member: MemberState): bigint {
  let permissions = base;
  const everyone = channel.overwrites.find(({ id }) => id === guild.id);
  if (everyone) permissions = (permissions & ~everyone.deny) | everyone.allow;
  const ofRoles = channel.overwrites.filter(({ id }) => id !== guild.id && member.roleIds.includes(id));
  const deny = ofRoles.reduce((all, one) => all | one.deny, 0n);
  const allow = ofRoles.reduce((all, one) => all | one.allow, 0n);
  permissions = (permissions & ~deny) | allow;
  const own = channel.overwrites.find(({ id }) => id === member.user.id);
  return own ? (permissions & ~own.deny) | own.allow : permissions;
}

/** Without ViewChannel nothing is allowed; without Connect a voice channel can only be looked at. */
function withImplied(channel: ChannelState, permissions: bigint): bigint {
  if (!has(permissions, 'ViewChannel')) return 0n;
  if (isVoice(channel) && !has(permissions, 'Connect')) return permissions & Permission.ViewChannel;
  return permissions;
}

/** Whether somebody with these permissions gets at the messages of a channel: the chat of a voice channel takes Connect too. */
export function entersChat(channel: ChannelState, permissions: bigint): boolean {
  return has(permissions, 'ViewChannel') && (!isVoice(channel) || has(permissions, 'Connect'));
}

/** What writing in a channel takes. */
export function permissionToWrite({ kind }: ChannelState): PermissionName {
  return kind === 'thread' ? 'SendMessagesInThreads' : 'SendMessages';
}

export function has(permissions: bigint, name: PermissionName): boolean {
  return (permissions & Permission[name]) === Permission[name];
}
