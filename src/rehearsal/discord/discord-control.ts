/**
 * What tests and the rehearsal may do with the loopback Discord beyond what people do: what moderators, admins and Discord itself do.
 */
import type { Commands } from './commands.ts';
import type { GatewayServer } from './gateway/gateway-server.ts';
import type { Interactions } from './interactions/interactions.ts';
import type { Messages } from './messages.ts';
import { createPerson } from './people/create-person.ts';
import type { Person } from './people/person.ts';
import type { RestFaults } from './rest/rest-server.ts';
import type { VoiceServer } from './voice/voice-server.ts';
import type { VoiceStates } from './voice-states.ts';
import type { ChannelState, GuildState, VoiceStateRecord } from './world/guild-state.ts';
import { memberOf } from './world/guild-state.ts';
import { bits, type PermissionName } from './world/permissions.ts';
import { channelJson, guildJson, guildSettingsJson, memberJson, roleJson } from './world/serialise.ts';
import type { ChannelSpec, GuildSpec, PersonSpec, World } from './world/world.ts';

export interface DiscordControl {
  /** The first server unless named. */
  guild(name?: string): GuildState;
  channel(name: string, guild?: GuildState): ChannelState;
  /** A member by name. */
  person(name: string, guild?: GuildState): Person;
  addPerson(spec: PersonSpec, guild?: GuildState): Person;
  addChannel(spec: ChannelSpec, guild?: GuildState): ChannelState;
  /** The bot is invited to a new server. */
  addGuild(spec: GuildSpec): GuildState;
  /** The bot is thrown out. */
  removeGuild(guild: GuildState): void;
  /** The server is unavailable for a while, as during an outage, or available again. */
  setAvailable(guild: GuildState, available: boolean): void;
  deleteChannel(channel: ChannelState): void;
  /** Takes permissions from the bot in a channel, and gives others. */
  overwriteBot(
    channel: ChannelState,
    change: { deny?: readonly PermissionName[]; allow?: readonly PermissionName[] },
  ): void;
  setUserLimit(channel: ChannelState, limit: number): void;
  /** Moves a member, or the bot, as a moderator does; null disconnects. */
  move(userId: string, channel: ChannelState | null, guild?: GuildState): void;
  changeVoice(userId: string, change: Partial<VoiceStateRecord>, guild?: GuildState): void;
  /** Another voice server takes over. */
  moveVoiceServer(guild?: GuildState): Promise<void>;
  /** Where the bot is, or null. */
  botChannel(guild?: GuildState): ChannelState | null;
  readonly botId: string;
  readonly commands: Commands;
  readonly gateway: {
    close(code: number, reason?: string): void;
    cut(): void;
    askReconnect(): void;
    invalidate(resumable: boolean): void;
    answerHeartbeats(on: boolean): void;
  };
  readonly rest: RestFaults;
  /** The bot's owner has reset the token: the old one opens nothing any more. */
  resetToken(): void;
  setMessageContent(allowed: boolean): void;
}

export interface DiscordControlDeps {
  readonly world: World;
  readonly commands: Commands;
  readonly interactions: Interactions;
  readonly messages: Messages;
  readonly voiceStates: VoiceStates;
  readonly voice: VoiceServer;
  readonly gateway: GatewayServer;
  readonly faults: RestFaults;
  readonly token: { value: string };
  readonly dispatch: (event: string, data: object) => void;
}

const AUTHENTICATION_FAILED = 4004;

export function createDiscordControl(deps: DiscordControlDeps): DiscordControl {
  const { world, voiceStates, gateway, dispatch } = deps;
  const botId = world.bot.id;
  const guildOf = (name?: string): GuildState => {
    const guild = world.guilds.find((one) => name === undefined || one.name === name);
    if (!guild) throw new RangeError(`there is no server ${name ?? ''}`);
    return guild;
  };
  const personOf = (name: string, guild = guildOf()): Person => {
    const member = guild.members.find(({ user }) => user.name === name);
    if (!member) throw new RangeError(`there is no member ${name}`);
    return createPerson(guild, member, deps);
  };
  const updated = (channel: ChannelState): void => dispatch('CHANNEL_UPDATE', channelJson(channel));

  return {
    ...guildControl(deps),
    guild: guildOf,
    channel(name, guild = guildOf()) {
      const channel = guild.channels.find((one) => one.name === name);
      if (!channel) throw new RangeError(`there is no channel ${name}`);
      return channel;
    },
    person: personOf,
    addPerson(spec, guild = guildOf()) {
      const member = world.addMember(guild, spec);
      for (const role of guild.roles.filter(({ id }) => member.roleIds.includes(id))) {
        dispatch('GUILD_ROLE_CREATE', { guild_id: guild.id, role: roleJson(role, guild.roles.indexOf(role)) });
      }
      dispatch('GUILD_MEMBER_ADD', { ...memberJson(member), guild_id: guild.id });
      return createPerson(guild, member, deps);
    },
    addChannel(spec, guild = guildOf()) {
      const channel = world.addChannel(guild, spec);
      dispatch('CHANNEL_CREATE', channelJson(channel));
      return channel;
    },
    overwriteBot(channel, { deny = [], allow = [] }) {
      channel.overwrites = channel.overwrites.filter(({ id }) => id !== botId);
      channel.overwrites.push({ id: botId, type: 'member', deny: bits(...deny), allow: bits(...allow) });
      updated(channel);
    },
    setUserLimit(channel, limit) {
      channel.userLimit = limit;
      updated(channel);
    },
    move: (userId, channel, guild = guildOf()) => voiceStates.move(guild, userId, channel),
    changeVoice: (userId, change, guild = guildOf()) => voiceStates.change(guild, userId, change),
    moveVoiceServer: (guild = guildOf()) => voiceStates.moveServer(guild),
    botChannel(guild = guildOf()) {
      const state = guild.voiceStates.find(({ userId }) => userId === botId);
      return guild.channels.find(({ id }) => id === state?.channelId) ?? null;
    },
    botId,
    commands: deps.commands,
    gateway: {
      close: (code, reason) => gateway.connection?.close(code, reason),
      cut: () => gateway.connection?.cut(),
      askReconnect: () => gateway.connection?.askReconnect(),
      invalidate: (resumable) => gateway.connection?.invalidate(resumable),
      answerHeartbeats(on) {
        if (gateway.connection) gateway.connection.answersHeartbeats = on;
      },
    },
    rest: deps.faults,
    resetToken() {
      deps.token.value = `${deps.token.value}-reset`;
      gateway.connection?.close(AUTHENTICATION_FAILED, 'Authentication failed.');
    },
    setMessageContent(allowed) {
      world.messageContentAllowed = allowed;
    },
  };
}

/** Servers and channels that come and go. */
function guildControl({ world, voiceStates, voice, dispatch }: DiscordControlDeps) {
  const botId = world.bot.id;
  const emptied = (guild: GuildState, channelId?: string): void => {
    for (const state of [...guild.voiceStates]) {
      if (channelId === undefined || state.channelId === channelId) voiceStates.move(guild, state.userId, null);
    }
  };
  return {
    addGuild(spec: GuildSpec): GuildState {
      const guild = world.addGuild(spec);
      if (memberOf(guild, botId)) dispatch('GUILD_CREATE', guildJson(guild, botId));
      return guild;
    },
    removeGuild(guild: GuildState): void {
      voice.dismiss(guild.id, botId);
      guild.voiceStates.splice(0);
      const at = guild.members.findIndex(({ user }) => user.id === botId);
      if (at >= 0) guild.members.splice(at, 1);
      dispatch('GUILD_DELETE', { id: guild.id });
    },
    setAvailable(guild: GuildState, available: boolean): void {
      guild.available = available;
      dispatch(
        available ? 'GUILD_CREATE' : 'GUILD_DELETE',
        available ? guildJson(guild, botId) : { id: guild.id, unavailable: true },
      );
      if (available) dispatch('GUILD_UPDATE', guildSettingsJson(guild));
    },
    deleteChannel(channel: ChannelState): void {
      const guild = world.guild(channel.guildId);
      if (!guild) return;
      // Discord ends the call with 4022 and tells of the channel; the voice states go with it.
      const at = guild.channels.indexOf(channel);
      if (at >= 0) guild.channels.splice(at, 1);
      dispatch('CHANNEL_DELETE', channelJson(channel));
      emptied(guild, channel.id);
    },
  };
}
