/**
 * Discord's JSON for what the simulated servers hold (Discord, "Resources": Guild, Channel, Message, Voice, User).
 */
import type {
  ChannelState,
  GuildState,
  MemberState,
  MessageState,
  UserState,
  VoiceStateRecord,
} from './guild-state.ts';
import { memberOf } from './guild-state.ts';
import { snowflakeTime } from './snowflake.ts';

const CHANNEL_TYPES = { text: 0, voice: 2, stage: 13 } as const;
const STAGE_BITRATE = 40_000;
const VOICE_BITRATE = 64_000;
const MESSAGE_DEFAULT = 0;
const MESSAGE_REPLY = 19;
const MESSAGE_CHAT_INPUT = 20;

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
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

export function channelJson(channel: ChannelState, position = 0) {
  const voice = channel.kind !== 'text';
  return {
    id: channel.id,
    type: CHANNEL_TYPES[channel.kind],
    guild_id: channel.guildId,
    name: channel.name,
    position,
    parent_id: null,
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id: channel.messages.at(-1)?.id ?? null,
    flags: 0,
    permission_overwrites: channel.overwrites.map(({ id, type, allow, deny }) => ({
      id,
      type: type === 'role' ? 0 : 1,
      allow: allow.toString(),
      deny: deny.toString(),
    })),
    ...(voice
      ? {
          bitrate: channel.kind === 'stage' ? STAGE_BITRATE : VOICE_BITRATE,
          user_limit: channel.userLimit,
          rtc_region: null,
        }
      : { topic: null }),
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
    managed: false,
    mentionable: false,
    flags: 0,
  };
}

export function voiceStateJson(guild: GuildState, userId: string, state: VoiceStateRecord | null) {
  const member = memberOf(guild, userId);
  return {
    guild_id: guild.id,
    channel_id: state?.channelId ?? null,
    user_id: userId,
    ...(member ? { member: memberJson(member) } : {}),
    session_id: state?.sessionId ?? '',
    deaf: state?.serverDeaf ?? false,
    mute: state?.serverMute ?? false,
    self_deaf: state?.selfDeaf ?? false,
    self_mute: state?.selfMute ?? false,
    self_video: false,
    suppress: state?.suppress ?? false,
    request_to_speak_timestamp: isoOrNull(state?.requestToSpeakAt ?? null),
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
    voice_states: guild.voiceStates.map((state) => omitGuild(voiceStateJson(guild, state.userId, state))),
    members: guild.members.filter(({ user }) => present.has(user.id)).map(memberJson),
    channels: guild.channels.map((channel, index) => channelJson(channel, index)),
    threads: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** Voice states inside GUILD_CREATE carry no guild id and no member. */
function omitGuild(state: ReturnType<typeof voiceStateJson>) {
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
    system_channel_id: null,
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

/** @param depth how many replies back the quoted message is given whole */
export function messageJson(message: MessageState, depth = 1): Record<string, unknown> {
  const { replyTo, interaction } = message;
  const type = interaction?.name ? MESSAGE_CHAT_INPUT : replyTo ? MESSAGE_REPLY : MESSAGE_DEFAULT;
  return {
    id: message.id,
    channel_id: message.channelId,
    type,
    author: userJson(message.author),
    content: message.content,
    timestamp: iso(snowflakeTime(message.id)),
    edited_timestamp: isoOrNull(message.editedAt),
    tts: false,
    mention_everyone: false,
    mentions: message.mentions.map(userJson),
    mention_roles: [],
    attachments: message.attachments.map(attachmentJson),
    embeds: message.embeds,
    components: message.components,
    pinned: false,
    flags: message.flags,
    ...(message.poll ? { poll: message.poll } : {}),
    ...(message.viaWebhook ? { webhook_id: message.viaWebhook, application_id: message.viaWebhook } : {}),
    ...(interaction
      ? {
          interaction_metadata: {
            id: interaction.id,
            type: 2,
            user: userJson(interaction.user),
            authorizing_integration_owners: {},
          },
        }
      : {}),
    ...(replyTo
      ? {
          message_reference: { type: 0, message_id: replyTo.id, channel_id: replyTo.channelId },
          referenced_message: replyTo.deleted || depth === 0 ? null : messageJson(replyTo, depth - 1),
        }
      : {}),
  };
}

function attachmentJson(file: MessageState['attachments'][number]) {
  return {
    id: file.id,
    filename: file.filename,
    size: file.bytes.length,
    url: file.url,
    proxy_url: file.url,
    content_type: file.contentType,
    ...(file.description === null ? {} : { description: file.description }),
    ...(file.durationSecs === null ? {} : { duration_secs: file.durationSecs }),
    ...(file.waveform === null ? {} : { waveform: file.waveform }),
  };
}
