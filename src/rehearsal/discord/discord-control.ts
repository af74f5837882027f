/**
 * What tests and the rehearsal may do with the loopback Discord beyond what people do: what moderators, admins and Discord itself do.
 */
import type { Commands } from './commands.ts';
import type { GatewayServer } from './gateway/gateway-server.ts';
import { createGuildControl, type GuildControl, tellOfMember } from './guild-control.ts';
import { createPerson } from './people/create-person.ts';
import type { PersonDeps } from './people/habits.ts';
import type { Person } from './people/person.ts';
import type { RestFaults } from './rest/rest-server.ts';
import type { VoiceChange } from './voice-states.ts';
import type { ChannelState, GuildState, VoiceStateRecord } from './world/guild-state.ts';
import { channelOf, memberOf, voiceStateOf } from './world/guild-state.ts';
import type { PersonSpec } from './world/world.ts';

export interface DiscordControl extends GuildControl {
  /** The first server unless named. */
  guild(name?: string): GuildState;
  channel(name: string, guild?: GuildState): ChannelState;
  /** A member by name. */
  person(name: string, guild?: GuildState): Person;
  addPerson(spec: PersonSpec, guild?: GuildState): Person;
  /** A member of one server joins another too. */
  admit(person: Person, guild: GuildState): Person;
  /** Moves a member, or the bot, as a moderator does; null disconnects. */
  move(userId: string, channel: ChannelState | null, guild?: GuildState): void;
  changeVoice(userId: string, change: VoiceChange, guild?: GuildState): void;
  /** Another voice server takes over; for every call that the bot is in. */
  moveVoiceServer(): Promise<void>;
  /** Where the bot is, or null. */
  botChannel(guild?: GuildState): ChannelState | null;
  /** The bot's voice state, or null. */
  botVoice(guild?: GuildState): VoiceStateRecord | null;
  readonly botId: string;
  readonly commands: Commands;
  readonly gateway: GatewayFaults;
  readonly rest: RestFaults;
  /** The bot's owner has reset the token: the old one opens nothing any more. */
  resetToken(): void;
  setMessageContent(allowed: boolean): void;
}

/** What the gateway does to the bot's connection. */
export interface GatewayFaults {
  close(code: number, reason?: string): void;
  /** Without a closing handshake. */
  cut(): void;
  /** Op 7. */
  askReconnect(): void;
  /** Op 9. */
  invalidate(resumable: boolean): void;
  answerHeartbeats(on: boolean): void;
}

export interface DiscordControlDeps extends PersonDeps {
  readonly gateway: GatewayServer;
  readonly faults: RestFaults;
  readonly token: { value: string };
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
  const botVoice = (guild = guildOf()): VoiceStateRecord | null => voiceStateOf(guild, botId) ?? null;

  return {
    ...createGuildControl({ world, voiceStates, dispatch, firstGuild: guildOf }),
    guild: guildOf,
    channel(name, guild = guildOf()) {
      const channel = guild.channels.find((one) => one.name === name);
      if (!channel) throw new RangeError(`there is no channel ${name}`);
      return channel;
    },
    person(name, guild = guildOf()) {
      const member = guild.members.find(({ user }) => user.name === name);
      if (!member) throw new RangeError(`there is no member ${name}`);
      return createPerson(guild, member, deps);
    },
    addPerson(spec, guild = guildOf()) {
      const member = world.addMember(guild, spec);
      tellOfMember(guild, member.user.id, dispatch);
      return createPerson(guild, member, deps);
    },
    admit({ id }, guild) {
      const user = world.guilds.flatMap(({ members }) => members).find((one) => one.user.id === id)?.user;
      if (!user || memberOf(guild, id)) throw new RangeError(`${id} is nobody, or on ${guild.name} already`);
      const member = world.admit(guild, user);
      tellOfMember(guild, id, dispatch);
      return createPerson(guild, member, deps);
    },
    move: (userId, channel, guild = guildOf()) => voiceStates.move(guild, userId, channel),
    changeVoice: (userId, change, guild = guildOf()) => voiceStates.change(guild, userId, change),
    moveVoiceServer: () => voiceStates.moveServer(),
    botChannel(guild = guildOf()) {
      const state = botVoice(guild);
      return (state && channelOf(guild, state.channelId)) ?? null;
    },
    botVoice,
    botId,
    commands: deps.commands,
    gateway: gatewayFaults(gateway),
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

function gatewayFaults(gateway: GatewayServer): GatewayFaults {
  return {
    close: (code, reason) => gateway.connection?.close(code, reason),
    cut: () => gateway.connection?.cut(),
    askReconnect: () => gateway.connection?.askReconnect(),
    invalidate: (resumable) => gateway.invalidate(resumable),
    answerHeartbeats(on) {
      if (gateway.connection) gateway.connection.answersHeartbeats = on;
    },
  };
}
