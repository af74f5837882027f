/**
 * Discord's JSON for what the simulated servers hold (Discord, "Resources": Guild, Channel, Voice, User).
 */
import type { ChannelState, GuildState, MemberState, UserState, VoiceStateRecord } from './guild-state.ts';
import { isVoice, memberOf } from './guild-state.ts';
import { snowflakeTime } from './snowflake.ts';

/** Discord's numbers for the kinds of channels. */
export const CHANNEL_TYPES = { text: 0, voice: 2, thread: 11, stage: 13 } as const;
const STAGE_BITRATE = 40_000;
const VOICE_BITRATE = 64_000;

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

export function userJson({ id, name, bot }: UserState) {
  return {
    id,
    username: name.toLowerCase().replace(/[^a-z0-9_.]/g, '_'),
    global_name: name,
    discriminator: '0',
    avatar: null,
    bot,
    public_flags: 0,
  };
}

export function memberJson(member: MemberState) {
  return {
    user: userJson(member.user),
    nick: member.nick,
    avatar: null,
    roles: member.roleIds,
    joined_at: iso(member.joinedAt),
    premium_since: null,
    deaf: member.serverDeaf,
    mute: member.serverMute,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

export function channelJson(guild: GuildState, channel: ChannelState) {
  const { id, kind, name, parentId, messages } = channel;
  const common = {
    id,
    type: CHANNEL_TYPES[kind],
    guild_id: guild.id,
    name,
    parent_id: parentId,
    rate_limit_per_user: 0,
    last_message_id: messages.at(-1)?.id ?? null,
    flags: 0,
  };
  if (kind === 'thread') return { ...common, ...threadFields(channel) };
  return {
    ...common,
    position: Math.max(0, guild.channels.indexOf(channel)),
    nsfw: false,
    permission_overwrites: channel.overwrites.map(overwriteJson),
    ...(isVoice(channel) ? callFields(channel) : { topic: null }),
  };
}

function overwriteJson({ id, type, allow, deny }: ChannelState['overwrites'][number]) {
  return { id, type: type === 'role' ? 0 : 1, allow: allow.toString(), deny: deny.toString() };
}

function callFields({ kind, userLimit }: ChannelState) {
  return { bitrate: kind === 'stage' ? STAGE_BITRATE : VOICE_BITRATE, user_limit: userLimit, rtc_region: null };
}

function threadFields({ id, openedBy, archiveAfterMinutes, archived, locked, messages }: ChannelState) {
  const openedAt = iso(snowflakeTime(id));
  return {
    owner_id: openedBy,
    message_count: messages.length,
    member_count: 1,
    total_message_sent: messages.length,
    thread_metadata: {
      archived,
      auto_archive_duration: archiveAfterMinutes,
      archive_timestamp: openedAt,
      locked,
      create_timestamp: openedAt,
    },
  };
}

export function roleJson(role: GuildState['roles'][number], position: number) {
  return {
    id: role.id,
    name: role.name,
    color: 0,
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position,
    permissions: role.permissions.toString(),
    managed: role.ofBot !== null,
    ...(role.ofBot === null ? {} : { tags: { bot_id: role.ofBot } }),
    mentionable: false,
    flags: 0,
  };
}

/** @param left the member is in no channel any more, and this is how it was */
export function voiceStateJson(guild: GuildState, state: VoiceStateRecord, left = false) {
  const member = memberOf(guild, state.userId);
  return {
    guild_id: guild.id,
    channel_id: left ? null : state.channelId,
    user_id: state.userId,
    ...(member ? { member: memberJson(member) } : {}),
    session_id: state.sessionId,
    deaf: state.serverDeaf,
    mute: state.serverMute,
    self_deaf: state.selfDeaf,
    self_mute: state.selfMute,
    self_video: false,
    suppress: state.suppress,
    request_to_speak_timestamp: isoOrNull(state.requestToSpeakAt),
  };
}

/** The server as GUILD_CREATE has it for a bot without the members intent: itself, and whoever is in a voice channel. */
export function guildJson(guild: GuildState, botId: string) {
  const present = new Set([botId, ...guild.voiceStates.map(({ userId }) => userId)]);
  return {
    ...guildSettingsJson(guild),
    joined_at: iso(guild.createdAt),
    large: false,
    unavailable: false,
    member_count: guild.members.length,
    voice_states: guild.voiceStates.map((state) => withoutPlace(voiceStateJson(guild, state))),
    members: guild.members.filter(({ user }) => present.has(user.id)).map(memberJson),
    channels: guild.channels.filter(({ kind }) => kind !== 'thread').map((channel) => channelJson(guild, channel)),
    threads: guild.channels.filter(({ kind }) => kind === 'thread').map((channel) => channelJson(guild, channel)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** Voice states inside GUILD_CREATE carry no guild id and no member. */
function withoutPlace(state: ReturnType<typeof voiceStateJson>) {
  const { guild_id: _guild, member: _member, ...rest } = state;
  return rest;
}

export function guildSettingsJson(guild: GuildState) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    owner_id: guild.ownerId,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    roles: guild.roles.map(roleJson),
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: guild.systemChannelId,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    max_members: 500_000,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: guild.preferredLocale,
    nsfw_level: 0,
  };
}
