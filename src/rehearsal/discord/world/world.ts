/**
 * The simulated servers of the loopback Discord, as a test or the rehearsal asks for them, and the application under test.
 */
import type { ChannelKind, ChannelState, GuildState, MemberState, RoleState, UserState } from './guild-state.ts';
import { bits, DEFAULT_PERMISSIONS, type PermissionName } from './permissions.ts';
import { createSnowflakes } from './snowflake.ts';

export interface ChannelSpec {
  readonly name: string;
  readonly kind?: Exclude<ChannelKind, 'thread'>;
  readonly userLimit?: number;
}

export interface ThreadSpec {
  readonly name: string;
  /** A user's id. */
  readonly openedBy: string;
  /** Of the message that it hangs on, and takes its id from. */
  readonly messageId?: string | undefined;
  /** Three days unless told, as new servers have it. */
  readonly archiveAfterMinutes?: number | undefined;
}

export interface PersonSpec {
  readonly name: string;
  /** Permissions beyond those of everyone. */
  readonly permissions?: readonly PermissionName[];
  /** Another bot. */
  readonly bot?: boolean;
  /** The language of the client, a Discord locale; `en-US` unless told. */
  readonly locale?: string;
}

export interface GuildSpec {
  readonly name?: string;
  /** A Discord locale. */
  readonly locale?: string;
  readonly channels?: readonly ChannelSpec[];
  /** By name: where Discord itself posts; none unless told. */
  readonly systemChannel?: string;
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
  /** Somebody who is on another server joins this one too. */
  admit(guild: GuildState, user: UserState): MemberState;
  addChannel(guild: GuildState, spec: ChannelSpec): ChannelState;
  /** A public thread in a text channel. */
  addThread(parent: ChannelState, spec: ThreadSpec): ChannelState;
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

const DEFAULT_LOCALE = 'en-US';

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
  const bot: UserState = { id: applicationId, name: botName, bot: true, locale: DEFAULT_LOCALE };
  const guilds: GuildState[] = [];

  const addRole = (guild: GuildState, name: string, permissions: bigint, ofBot: string | null = null): RoleState => {
    const role = { id: nextId(), name, permissions, ofBot };
    guild.roles.push(role);
    return role;
  };
  const join = (guild: GuildState, user: UserState, roleIds: string[]): MemberState => {
    const voice = { serverMute: false, serverDeaf: false };
    const member: MemberState = { user, nick: null, roleIds, joinedAt: now(), ...voice };
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
      guild.systemChannelId = textChannelId(guild, spec.systemChannel);
      if (!spec.withoutBot) world.addBot(guild, spec.botPermissions);
      return guild;
    },
    addMember(guild, { name, permissions = [], bot: isBot = false, locale = DEFAULT_LOCALE }) {
      const roles = permissions.length > 0 ? [addRole(guild, `${name}'s role`, bits(...permissions)).id] : [];
      return join(guild, { id: nextId(), name, bot: isBot, locale }, roles);
    },
    admit: (guild, user) => join(guild, user, []),
    addChannel(guild, { name, kind = 'text', userLimit = 0 }) {
      const channel = createChannel({ id: nextId(), guildId: guild.id, kind, name, userLimit });
      guild.channels.push(channel);
      return channel;
    },
    addThread({ id: parentId, guildId }, { messageId, archiveAfterMinutes = 4_320, ...spec }) {
      const id = messageId ?? nextId();
      const thread = createChannel({ id, guildId, kind: 'thread', parentId, archiveAfterMinutes, ...spec });
      world.guild(guildId)?.channels.push(thread);
      return thread;
    },
    addBot: (guild, permissions = INVITED) =>
      join(guild, bot, [addRole(guild, botName, bits(...permissions), bot.id).id]),
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

function createChannel(
  given: Pick<ChannelState, 'id' | 'guildId' | 'kind' | 'name'> & Partial<ChannelState>,
): ChannelState {
  const thread = { parentId: null, openedBy: null, archiveAfterMinutes: null, archived: false, locked: false };
  return { ...thread, userLimit: 0, status: null, overwrites: [], messages: [], ...given };
}

/** Discord takes no other kind for it. */
function textChannelId({ channels }: GuildState, name: string | undefined): string | null {
  if (name === undefined) return null;
  const channel = channels.find((one) => one.name === name && one.kind === 'text');
  if (!channel) throw new RangeError(`there is no text channel ${name}`);
  return channel.id;
}

function createGuild(id: string, { name = 'Rehearsal', locale = 'en-US' }: GuildSpec, createdAt: number): GuildState {
  return {
    id,
    name,
    ownerId: id,
    preferredLocale: locale,
    systemChannelId: null,
    available: true,
    roles: [{ id, name: '@everyone', permissions: DEFAULT_PERMISSIONS, ofBot: null }],
    channels: [],
    members: [],
    voiceStates: [],
    createdAt,
  };
}
