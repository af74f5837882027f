/**
 * What admins of the simulated servers do, and Discord itself: servers, channels, roles and permissions that come, change and go.
 */
import type { VoiceStates } from './voice-states.ts';
import type { ChannelState, GuildState, RoleState } from './world/guild-state.ts';
import { memberOf } from './world/guild-state.ts';
import { bits, type PermissionName } from './world/permissions.ts';
import { channelJson, guildJson, guildSettingsJson, memberJson, roleJson } from './world/serialise.ts';
import type { ChannelSpec, GuildSpec, World } from './world/world.ts';

export interface OverwriteChange {
  readonly deny?: readonly PermissionName[];
  readonly allow?: readonly PermissionName[];
}

export interface GuildControl {
  /** A new server; the bot is invited to it unless told. */
  addGuild(spec: GuildSpec): GuildState;
  /** The bot is invited to a server that it is not on, again or for the first time. */
  addBot(guild: GuildState, permissions?: readonly PermissionName[]): void;
  /** The bot is thrown out. */
  removeGuild(guild: GuildState): void;
  /** The server is unavailable for a while, as during an outage, or available again. */
  setAvailable(guild: GuildState, available: boolean): void;
  /** Another language for the server, a Discord locale. */
  setLocale(guild: GuildState, locale: string): void;
  addChannel(spec: ChannelSpec, guild?: GuildState): ChannelState;
  deleteChannel(channel: ChannelState): void;
  renameChannel(channel: ChannelState, name: string): void;
  setUserLimit(channel: ChannelState, limit: number): void;
  /** A moderator puts a thread away, and may lock it. */
  archiveThread(thread: ChannelState, locked?: boolean): void;
  /** Takes permissions from a member or a role in a channel, and gives others; the server's own id stands for everyone. */
  overwrite(channel: ChannelState, id: string, change: OverwriteChange): void;
  overwriteBot(channel: ChannelState, change: OverwriteChange): void;
  /** A moderator takes all its roles from a member. Only bots that may know every member hear of it. */
  takeRoles(userId: string, guild?: GuildState): void;
  /** What the bot's own role allows from now on. */
  setBotPermissions(permissions: readonly PermissionName[], guild?: GuildState): void;
}

export interface GuildControlDeps {
  readonly world: World;
  readonly voiceStates: VoiceStates;
  readonly dispatch: (event: string, data: object) => void;
  /** The server that is meant when none is named. */
  readonly firstGuild: () => GuildState;
}

export function createGuildControl({ world, voiceStates, dispatch, firstGuild }: GuildControlDeps): GuildControl {
  const botId = world.bot.id;
  const guildOf = ({ guildId }: ChannelState): GuildState => {
    const guild = world.guild(guildId);
    if (!guild) throw new RangeError(`there is no server ${guildId}`);
    return guild;
  };
  const botRole = (guild: GuildState): RoleState | undefined => guild.roles.find(({ ofBot }) => ofBot === botId);
  const updated = (channel: ChannelState): void => dispatch('CHANNEL_UPDATE', channelJson(guildOf(channel), channel));
  const overwrite = (channel: ChannelState, id: string, { deny = [], allow = [] }: OverwriteChange): void => {
    const type = memberOf(guildOf(channel), id) ? 'member' : 'role';
    channel.overwrites = channel.overwrites.filter((one) => one.id !== id);
    channel.overwrites.push({ id, type, deny: bits(...deny), allow: bits(...allow) });
    updated(channel);
  };

  return {
    addGuild(spec) {
      const guild = world.addGuild(spec);
      if (memberOf(guild, botId)) dispatch('GUILD_CREATE', guildJson(guild, botId));
      return guild;
    },
    addBot(guild, permissions) {
      if (memberOf(guild, botId)) throw new Error(`the bot is on ${guild.name} already`);
      world.addBot(guild, permissions);
      dispatch('GUILD_CREATE', guildJson(guild, botId));
    },
    removeGuild(guild) {
      const [member, role] = [memberOf(guild, botId), botRole(guild)];
      if (!member) return;
      // Nothing of what happens on the server reaches the bot from here on; its call ends all the same.
      guild.members.splice(guild.members.indexOf(member), 1);
      if (role) guild.roles.splice(guild.roles.indexOf(role), 1);
      voiceStates.move(guild, botId, null);
      dispatch('GUILD_DELETE', { id: guild.id });
    },
    setAvailable(guild, available) {
      guild.available = available;
      if (available) dispatch('GUILD_CREATE', guildJson(guild, botId));
      else dispatch('GUILD_DELETE', { id: guild.id, unavailable: true });
    },
    setLocale(guild, locale) {
      guild.preferredLocale = locale;
      dispatch('GUILD_UPDATE', guildSettingsJson(guild));
    },
    addChannel(spec, guild = firstGuild()) {
      const channel = world.addChannel(guild, spec);
      dispatch('CHANNEL_CREATE', channelJson(guild, channel));
      return channel;
    },
    deleteChannel(channel) {
      const guild = guildOf(channel);
      const at = guild.channels.indexOf(channel);
      if (at < 0) return;
      const told = channelJson(guild, channel);
      guild.channels.splice(at, 1);
      if (guild.systemChannelId === channel.id) guild.systemChannelId = null;
      for (const thread of guild.channels.filter(({ parentId }) => parentId === channel.id))
        guild.channels.splice(guild.channels.indexOf(thread), 1);
      dispatch(channel.kind === 'thread' ? 'THREAD_DELETE' : 'CHANNEL_DELETE', told);
      voiceStates.terminate(guild, channel);
    },
    renameChannel(channel, name) {
      channel.name = name;
      updated(channel);
    },
    setUserLimit(channel, limit) {
      channel.userLimit = limit;
      updated(channel);
    },
    archiveThread(thread, locked = false) {
      Object.assign(thread, { archived: true, locked });
      dispatch('THREAD_UPDATE', channelJson(guildOf(thread), thread));
    },
    overwrite,
    overwriteBot: (channel, change) => overwrite(channel, botId, change),
    takeRoles(userId, guild = firstGuild()) {
      const member = memberOf(guild, userId);
      if (!member) throw new RangeError(`there is no member ${userId} on ${guild.name}`);
      member.roleIds = [];
      dispatch('GUILD_MEMBER_UPDATE', { ...memberJson(member), guild_id: guild.id });
    },
    setBotPermissions(permissions, guild = firstGuild()) {
      const role = botRole(guild);
      if (!role) throw new Error(`the bot is not on ${guild.name}`);
      role.permissions = bits(...permissions);
      const told = roleJson(role, guild.roles.indexOf(role));
      dispatch('GUILD_ROLE_UPDATE', { guild_id: guild.id, role: told });
    },
  };
}

/** A new member, and its own role if it has one, as a bot is told of them. */
export function tellOfMember(guild: GuildState, userId: string, dispatch: GuildControlDeps['dispatch']): void {
  const member = memberOf(guild, userId);
  if (!member) return;
  for (const role of guild.roles.filter(({ id }) => member.roleIds.includes(id))) {
    dispatch('GUILD_ROLE_CREATE', { guild_id: guild.id, role: roleJson(role, guild.roles.indexOf(role)) });
  }
  dispatch('GUILD_MEMBER_ADD', { ...memberJson(member), guild_id: guild.id });
}
