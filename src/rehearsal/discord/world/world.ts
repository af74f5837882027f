/**
 * The simulated servers of the loopback Discord, as a test or the rehearsal asks for them, and the application under test.
 */
import type {
  ChannelKind,
  ChannelState,
  GuildState,
  MemberState,
  OverwriteState,
  RoleState,
  UserState,
} from './guild-state.ts';
import { bits, DEFAULT_PERMISSIONS, type PermissionName } from './permissions.ts';
import { createSnowflakes } from './snowflake.ts';

export interface ChannelSpec {
  readonly name: string;
  readonly kind?: ChannelKind;
  readonly userLimit?: number;
}

export interface PersonSpec {
  readonly name: string;
  /** Permissions beyond those of everyone. */
  readonly permissions?: readonly PermissionName[];
  /** Another bot. */
  readonly bot?: boolean;
}

export interface GuildSpec {
  readonly name?: string;
  /** A Discord locale. */
  readonly locale?: string;
  readonly channels?: readonly ChannelSpec[];
  /** The first one owns the server. */
  readonly people?: readonly PersonSpec[];
  /** What the bot's own role allows; the permissions of the README's invite link unless told. */
  readonly botPermissions?: readonly PermissionName[];
  /** The bot is not on it yet; `control.addBot` brings it in. */
  readonly withoutBot?: boolean;
}

export interface World {
  readonly applicationId: string;
  readonly bot: UserState;
  readonly guilds: GuildState[];
  /** Bit 18 and 19 of the application's flags: the message content intent, below and above 100 servers. */
  messageContentAllowed: boolean;
  nextId(): string;
  addGuild(spec: GuildSpec): GuildState;
  addMember(guild: GuildState, spec: PersonSpec): MemberState;
  addChannel(guild: GuildState, spec: ChannelSpec): ChannelState;
  addBot(guild: GuildState, permissions?: readonly PermissionName[]): MemberState;
  guild(id: string): GuildState | undefined;
  channel(id: string): { readonly guild: GuildState; readonly channel: ChannelState } | undefined;
}

export const DEFAULT_GUILD: GuildSpec = {
  name: 'Rehearsal',
  channels: [
    { name: 'general' },
    { name: 'Lounge', kind: 'voice' },
    { name: 'Studio', kind: 'voice' },
    { name: 'Stage', kind: 'stage' },
  ],
  people: [{ name: 'Olive' }, { name: 'Adam' }, { name: 'Beth' }],
};

/** What the invite link asks for: see, write, read back, connect, speak, and the rest of discord.md §7. */
const INVITED: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'ReadMessageHistory',
  'Connect',
  'Speak',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'CreatePublicThreads',
  'SendMessagesInThreads',
  'SendVoiceMessages',
  'SendPolls',
  'SetVoiceChannelStatus',
  'RequestToSpeak',
];

export interface WorldOptions {
  readonly guilds: readonly GuildSpec[];
  readonly botName: string;
  readonly messageContent: boolean;
  /** ms since 1970 */
  readonly now: () => number;
}

export function createWorld({ guilds: specs, botName, messageContent, now }: WorldOptions): World {
  const nextId = createSnowflakes(now);
  const applicationId = nextId();
  const bot: UserState = { id: applicationId, name: botName, bot: true };
  const guilds: GuildState[] = [];

  const addRole = (guild: GuildState, name: string, permissions: bigint): RoleState => {
    const role = { id: nextId(), name, permissions };
    guild.roles.push(role);
    return role;
  };
  const join = (guild: GuildState, user: UserState, roleIds: string[]): MemberState => {
    const member: MemberState = { user, nick: null, roleIds, joinedAt: now() };
    guild.members.push(member);
    return member;
  };

  const world: World = {
    applicationId,
    bot,
    guilds,
    messageContentAllowed: messageContent,
    nextId,
    addGuild(spec) {
      const guild = createGuild(nextId(), spec, now());
      guilds.push(guild);
      for (const person of spec.people ?? DEFAULT_GUILD.people ?? []) world.addMember(guild, person);
      guild.ownerId = guild.members[0]?.user.id ?? guild.id;
      for (const channel of spec.channels ?? DEFAULT_GUILD.channels ?? []) world.addChannel(guild, channel);
      if (!spec.withoutBot) world.addBot(guild, spec.botPermissions);
      return guild;
    },
    addMember(guild, { name, permissions = [], bot: isBot = false }) {
      const roles = permissions.length > 0 ? [addRole(guild, `${name}'s role`, bits(...permissions)).id] : [];
      return join(guild, { id: nextId(), name, bot: isBot }, roles);
    },
    addChannel(guild, { name, kind = 'text', userLimit = 0 }) {
      const overwrites: OverwriteState[] = [];
      const channel = { id: nextId(), guildId: guild.id, kind, name, userLimit, overwrites, messages: [] };
      guild.channels.push(channel);
      return channel;
    },
    addBot: (guild, permissions = INVITED) => join(guild, bot, [addRole(guild, botName, bits(...permissions)).id]),
    guild: (id) => guilds.find((guild) => guild.id === id),
    channel(id) {
      for (const guild of guilds) {
        const channel = guild.channels.find((one) => one.id === id);
        if (channel) return { guild, channel };
      }
      return undefined;
    },
  };
  for (const spec of specs) world.addGuild(spec);
  return world;
}

function createGuild(id: string, { name = 'Rehearsal', locale = 'en-US' }: GuildSpec, createdAt: number): GuildState {
  return {
    id,
    name,
    ownerId: id,
    preferredLocale: locale,
    available: true,
    roles: [{ id, name: '@everyone', permissions: DEFAULT_PERMISSIONS }],
    channels: [],
    members: [],
    voiceStates: [],
    createdAt,
  };
}
