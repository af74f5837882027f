/**
 * Who is in which voice channel: members as they please, the bot as it asks with op 4 and as moderators decide
 * (Discord, "Voice", Connecting to Voice; discord.md §2).
 */
import { randomBytes } from 'node:crypto';
import type { DiscordHappening } from './discord-event.ts';
import type { VoiceStateRequest } from './gateway/gateway-payloads.ts';
import type { VoiceMember } from './voice/member.ts';
import type { VoiceServer } from './voice/voice-server.ts';
import type { ChannelState, GuildState, VoiceStateRecord } from './world/guild-state.ts';
import { channelOf, memberOf, voiceStateOf } from './world/guild-state.ts';
import { has, permissionsIn } from './world/permissions.ts';
import { voiceStateJson } from './world/serialise.ts';
import type { World } from './world/world.ts';

export interface VoiceStatesOptions {
  readonly world: World;
  readonly voice: VoiceServer;
  readonly dispatch: (event: string, data: object) => void;
  readonly tell: (happening: DiscordHappening) => void;
}

export interface VoiceStates {
  /** Op 4 of the bot. What it may not do is not answered at all, as on Discord. */
  botAsks(request: VoiceStateRequest): void;
  /** Puts a member into a channel, out of the one it is in. */
  join(guild: GuildState, channel: ChannelState, userId: string): VoiceMember;
  leave(guild: GuildState, userId: string): void;
  voiceOf(userId: string): VoiceMember | null;
  /** What a moderator does to the bot, or a member to itself; null disconnects. */
  move(guild: GuildState, userId: string, channel: ChannelState | null): void;
  change(guild: GuildState, userId: string, change: Partial<VoiceStateRecord>): void;
  /** VOICE_SERVER_UPDATE without an endpoint, then with a new one: the voice server has gone away. */
  moveServer(guild: GuildState): Promise<void>;
  /** The bot's gateway session is over. */
  botGone(): void;
}

export function createVoiceStates({ world, voice, dispatch, tell }: VoiceStatesOptions): VoiceStates {
  const members = new Map<string, VoiceMember>();
  const botId = world.bot.id;

  const announce = (guild: GuildState, userId: string, before: string | null): void => {
    const state = voiceStateOf(guild, userId) ?? null;
    dispatch('VOICE_STATE_UPDATE', voiceStateJson(guild, userId, state));
    tell({ type: 'voiceState', guildId: guild.id, userId, channelId: state?.channelId ?? null, before });
  };

  const enter = (
    guild: GuildState,
    channel: ChannelState,
    userId: string,
    flags: Partial<VoiceStateRecord> = {},
  ): string => {
    const existing = voiceStateOf(guild, userId);
    const before = existing?.channelId ?? null;
    const sessionId = randomBytes(16).toString('hex');
    const suppress = channel.kind === 'stage';
    if (existing)
      Object.assign(existing, { channelId: channel.id, sessionId, suppress, requestToSpeakAt: null }, flags);
    else guild.voiceStates.push({ ...silentState(userId, channel.id, sessionId), suppress, ...flags });
    announce(guild, userId, before);
    return sessionId;
  };

  const drop = (guild: GuildState, userId: string): void => {
    const at = guild.voiceStates.findIndex((state) => state.userId === userId);
    if (at < 0) return;
    const [gone] = guild.voiceStates.splice(at, 1);
    announce(guild, userId, gone?.channelId ?? null);
  };

  /** A ticket for the voice server, and the event that carries it. */
  const admitBot = (guild: GuildState, channel: ChannelState, sessionId: string): void => {
    const encrypted = channel.kind !== 'stage';
    const { token } = voice.admit({ guildId: guild.id, channelId: channel.id, userId: botId, sessionId, encrypted });
    dispatch('VOICE_SERVER_UPDATE', { token, guild_id: guild.id, endpoint: voice.endpoint });
  };

  const admissible = (guild: GuildState, channel: ChannelState): boolean => {
    const bot = memberOf(guild, botId);
    if (!bot) return false;
    const permissions = permissionsIn(guild, channel, bot);
    if (!has(permissions, 'Connect')) return false;
    const inside = guild.voiceStates.filter((state) => state.channelId === channel.id && state.userId !== botId).length;
    return channel.userLimit === 0 || inside < channel.userLimit || has(permissions, 'MoveMembers');
  };

  const botLeaves = (guild: GuildState, closeCode?: number): void => {
    voice.dismiss(guild.id, botId, closeCode);
    drop(guild, botId);
  };

  const botEnters = (guild: GuildState, channel: ChannelState, { self_mute, self_deaf }: VoiceStateRequest): void => {
    if (!admissible(guild, channel)) return;
    const flags = { selfMute: self_mute, selfDeaf: self_deaf };
    const state = voiceStateOf(guild, botId);
    // Asking again for the channel one is connected in changes the flags and nothing else.
    if (state?.channelId === channel.id && voice.call(channel.id)?.botConnected) {
      Object.assign(state, flags);
      return announce(guild, botId, channel.id);
    }
    admitBot(guild, channel, enter(guild, channel, botId, flags));
  };

  const moveBot = (guild: GuildState, channel: ChannelState | null): void => {
    if (!voiceStateOf(guild, botId)) return;
    if (channel === null) return botLeaves(guild);
    admitBot(guild, channel, enter(guild, channel, botId));
  };

  const leave = (guild: GuildState, userId: string): void => {
    members.get(userId)?.leave();
    members.delete(userId);
    drop(guild, userId);
  };

  const join = (guild: GuildState, channel: ChannelState, userId: string): VoiceMember => {
    members.get(userId)?.leave();
    enter(guild, channel, userId);
    const encrypted = channel.kind !== 'stage';
    const member = voice.joinMember({ guildId: guild.id, channelId: channel.id, userId, encrypted });
    members.set(userId, member);
    return member;
  };

  return {
    botAsks(request) {
      tell({ type: 'voiceStateAsked', guildId: request.guild_id, channelId: request.channel_id });
      const guild = world.guild(request.guild_id);
      if (!guild) return;
      if (request.channel_id === null) return botLeaves(guild);
      const channel = channelOf(guild, request.channel_id);
      if (channel && channel.kind !== 'text') botEnters(guild, channel, request);
    },
    join,
    leave,
    voiceOf: (userId) => members.get(userId) ?? null,
    move(guild, userId, channel) {
      if (userId === botId) moveBot(guild, channel);
      else if (channel === null) leave(guild, userId);
      else join(guild, channel, userId);
    },
    change(guild, userId, change) {
      const state = voiceStateOf(guild, userId);
      if (!state) return;
      Object.assign(state, change);
      announce(guild, userId, state.channelId);
    },
    async moveServer(guild) {
      dispatch('VOICE_SERVER_UPDATE', { token: '', guild_id: guild.id, endpoint: null });
      await voice.moveEndpoint();
      const state = voiceStateOf(guild, botId);
      const channel = state && channelOf(guild, state.channelId);
      if (state && channel) admitBot(guild, channel, state.sessionId);
    },
    botGone() {
      for (const guild of world.guilds) if (voiceStateOf(guild, botId)) botLeaves(guild);
    },
  };
}

function silentState(userId: string, channelId: string, sessionId: string): VoiceStateRecord {
  return {
    userId,
    channelId,
    sessionId,
    selfMute: false,
    selfDeaf: false,
    serverMute: false,
    serverDeaf: false,
    suppress: false,
    requestToSpeakAt: null,
  };
}
