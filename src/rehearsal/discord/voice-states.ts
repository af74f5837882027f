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
import { channelOf, isVoice, memberOf, voiceStateOf } from './world/guild-state.ts';
import { has, permissionsIn } from './world/permissions.ts';
import { voiceStateJson } from './world/serialise.ts';
import type { World } from './world/world.ts';

export interface VoiceStatesOptions {
  readonly world: World;
  readonly voice: VoiceServer;
  /** Of the bot's gateway session: its voice states carry the same (discord-api-docs issue 1724). Null without a session. */
  readonly botSessionId: () => string | null;
  readonly dispatch: (event: string, data: object) => void;
  readonly tell: (happening: DiscordHappening) => void;
}

/** What changes while one stays in the channel. */
export type VoiceChange = Partial<Omit<VoiceStateRecord, 'userId' | 'channelId' | 'sessionId'>>;

export interface VoiceStates {
  /** Op 4 of the bot. What it may not do is not answered at all, as on Discord. */
  botAsks(request: VoiceStateRequest): void;
  /** Puts a member into a channel, out of the one it is in. */
  join(guild: GuildState, channel: ChannelState, userId: string): VoiceMember;
  leave(guild: GuildState, userId: string): void;
  voiceOf(userId: string): VoiceMember | null;
  /** What a moderator does to the bot, or a member to itself; null disconnects. */
  move(guild: GuildState, userId: string, channel: ChannelState | null): void;
  change(guild: GuildState, userId: string, change: VoiceChange): void;
  /** The channel is gone: its call is terminated, and nobody is in it any more. */
  terminate(guild: GuildState, channel: ChannelState): void;
  /** VOICE_SERVER_UPDATE without an endpoint, then with a new one, wherever the bot is: the voice server has gone away. */
  moveServer(): Promise<void>;
  /** A gateway session of the bot is over, or all of them: it is in no channel by them any more. */
  botGone(sessionId?: string): void;
}

/** Voice gateway: the channel was deleted; do not reconnect. */
const CALL_TERMINATED = 4022;

export function createVoiceStates(options: VoiceStatesOptions): VoiceStates {
  const { world, voice, botSessionId, dispatch, tell } = options;
  const members = new Map<string, VoiceMember>();
  const botId = world.bot.id;

  const announce = (guild: GuildState, state: VoiceStateRecord, before: string | null, left = false): void => {
    dispatch('VOICE_STATE_UPDATE', voiceStateJson(guild, state, left));
    const channelId = left ? null : state.channelId;
    tell({ type: 'voiceState', guildId: guild.id, userId: state.userId, channelId, before });
  };

  const enter = (
    guild: GuildState,
    channel: ChannelState,
    userId: string,
    flags: VoiceChange = {},
  ): VoiceStateRecord => {
    const existing = voiceStateOf(guild, userId);
    const before = existing?.channelId ?? null;
    const sessionId = (userId === botId ? botSessionId() : null) ?? randomBytes(16).toString('hex');
    const suppress = suppressed(guild, channel, userId);
    const entered = { channelId: channel.id, sessionId, suppress, requestToSpeakAt: null };
    const state = Object.assign(existing ?? firstState(guild, userId, channel.id), entered, flags);
    if (!existing) guild.voiceStates.push(state);
    announce(guild, state, before);
    return state;
  };

  const drop = (guild: GuildState, userId: string): void => {
    const at = guild.voiceStates.findIndex((state) => state.userId === userId);
    const [gone] = at < 0 ? [] : guild.voiceStates.splice(at, 1);
    if (gone) announce(guild, gone, gone.channelId, true);
  };

  /** A ticket for the voice server, and the event that carries it. */
  const admitBot = (guild: GuildState, channel: ChannelState, { sessionId }: VoiceStateRecord): void => {
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
    const flags = { selfMute: self_mute, selfDeaf: self_deaf };
    const state = voiceStateOf(guild, botId);
    // Asking again for the channel one is connected in changes the flags and nothing else.
    if (state?.channelId === channel.id && voice.call(channel.id)?.botConnected) {
      return announce(guild, Object.assign(state, flags), channel.id);
    }
    // What a killed process has left behind is there already for Discord, which then names no voice server (discord.js issue 3417).
    if (state?.channelId === channel.id && state.sessionId !== botSessionId()) {
      return announce(guild, Object.assign(state, flags), channel.id);
    }
    if (admissible(guild, channel)) admitBot(guild, channel, enter(guild, channel, botId, flags));
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
      if (channel && isVoice(channel)) botEnters(guild, channel, request);
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
      const member = memberOf(guild, userId);
      if (member) Object.assign(member, { serverMute: state.serverMute, serverDeaf: state.serverDeaf });
      announce(guild, state, state.channelId);
    },
    terminate(guild, channel) {
      for (const { channelId, userId } of [...guild.voiceStates]) {
        if (channelId !== channel.id) continue;
        if (userId === botId) botLeaves(guild, CALL_TERMINATED);
        else leave(guild, userId);
      }
    },
    async moveServer() {
      const here = (): GuildState[] => world.guilds.filter((guild) => voiceStateOf(guild, botId));
      for (const guild of here()) dispatch('VOICE_SERVER_UPDATE', { token: '', guild_id: guild.id, endpoint: null });
      await voice.moveEndpoint();
      for (const guild of here()) {
        const state = voiceStateOf(guild, botId);
        const channel = state && channelOf(guild, state.channelId);
        if (state && channel) admitBot(guild, channel, state);
      }
    },
    botGone(sessionId) {
      for (const guild of world.guilds) {
        const state = voiceStateOf(guild, botId);
        if (state && (sessionId === undefined || state.sessionId === sessionId)) botLeaves(guild);
      }
    },
  };
}

/** On a stage everybody comes as audience; elsewhere whoever may not speak is not heard. */
function suppressed(guild: GuildState, channel: ChannelState, userId: string): boolean {
  const member = memberOf(guild, userId);
  return channel.kind === 'stage' || !member || !has(permissionsIn(guild, channel, member), 'Speak');
}

/** Of somebody who was in no channel; what moderators did lasts. */
function firstState(guild: GuildState, userId: string, channelId: string): VoiceStateRecord {
  const { serverMute = false, serverDeaf = false } = memberOf(guild, userId) ?? {};
  return {
    userId,
    channelId,
    sessionId: '',
    selfMute: false,
    selfDeaf: false,
    serverMute,
    serverDeaf,
    suppress: false,
    requestToSpeakAt: null,
  };
}
