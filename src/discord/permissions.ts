/**
 * What a member, or the bot itself, lacks in a channel, by name: a refusal says what to give, never just "no permission".
 */
import {
  ChannelType,
  type GuildMember,
  type GuildTextBasedChannel,
  PermissionFlagsBits,
  type VoiceBasedChannel,
} from 'discord.js';
import type { Translate } from '../i18n/translate.ts';

export type PermissionName =
  | 'ViewChannel'
  | 'Connect'
  | 'Speak'
  | 'RequestToSpeak'
  | 'MoveMembers'
  | 'ManageGuild'
  | 'SendMessages'
  | 'SendMessagesInThreads'
  | 'CreatePublicThreads'
  | 'SendVoiceMessages'
  | 'AttachFiles'
  | 'ReadMessageHistory'
  | 'ManageMessages'
  | 'SendPolls';

type ChannelWithPermissions = VoiceBasedChannel | GuildTextBasedChannel;

/** What the bot lacks to hear and be heard in a channel. */
export function missingToTalk(channel: VoiceBasedChannel, me: GuildMember): readonly PermissionName[] {
  const needed: PermissionName[] = ['ViewChannel', 'Connect'];
  // On a stage Speak means nothing: whoever may not mute others has to ask (Discord, "Stage Channels").
  if (channel.type !== ChannelType.GuildStageVoice) needed.push('Speak');
  else if (!has(channel, me, 'MuteMembers')) needed.push('RequestToSpeak');
  return missing(channel, me, needed);
}

/** Which of the permissions a member lacks in a channel. */
export function missing(
  channel: ChannelWithPermissions,
  member: GuildMember,
  needed: readonly PermissionName[],
): readonly PermissionName[] {
  return needed.filter((name) => !has(channel, member, name));
}

/**
 * Whether one more does not fit. Nothing at all comes back from Discord when one joins a full channel, so this is looked up
 * beforehand (reference: discord.md §2).
 */
export function isFull(channel: VoiceBasedChannel, me: GuildMember): boolean {
  const limit = channel.userLimit;
  if (limit === 0 || me.voice.channelId === channel.id || has(channel, me, 'MoveMembers')) return false;
  return channel.guild.voiceStates.cache.filter((state) => state.channelId === channel.id).size >= limit;
}

/** The permissions as their language's Discord calls them. */
export function permissionWords(t: Translate, names: readonly PermissionName[]): string {
  return names.map((name) => `**${t(`permission.${name}`)}**`).join(', ');
}

function has(channel: ChannelWithPermissions, member: GuildMember, name: PermissionName | 'MuteMembers'): boolean {
  return channel.permissionsFor(member).has(PermissionFlagsBits[name]);
}
