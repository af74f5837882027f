/**
 * The state of the simulated servers, in the loopback's own words. What goes over the wire is made of it by `serialise.ts`.
 */

export interface UserState {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  /** Of the user's own client; a Discord locale. */
  readonly locale: string;
}

export interface MemberState {
  readonly user: UserState;
  nick: string | null;
  roleIds: string[];
  readonly joinedAt: number;
  /** By a moderator; both outlast leaving the voice channel. */
  serverMute: boolean;
  serverDeaf: boolean;
}

export interface RoleState {
  readonly id: string;
  name: string;
  permissions: bigint;
  /** The bot whose own role it is, made when it was invited. */
  readonly ofBot: string | null;
}

export interface OverwriteState {
  /** Of a role or a member; the server's id stands for everyone. */
  readonly id: string;
  readonly type: 'role' | 'member';
  allow: bigint;
  deny: bigint;
}

/** A thread is a public one in a text channel. */
export type ChannelKind = 'text' | 'voice' | 'stage' | 'thread';

export interface ChannelState {
  readonly id: string;
  readonly guildId: string;
  readonly kind: ChannelKind;
  /** Of a thread: the channel it is in, and who opened it. */
  readonly parentId: string | null;
  readonly openedBy: string | null;
  /** Of a thread: minutes without a message after which it is put away. */
  readonly archiveAfterMinutes: number | null;
  /** Of a thread: put away; a new message brings it back, unless it is locked. */
  archived: boolean;
  locked: boolean;
  name: string;
  /** Most members; 0 is no limit. */
  userLimit: number;
  /** The line under a voice channel's name. */
  status: string | null;
  overwrites: OverwriteState[];
  /** Oldest first, bounded. */
  readonly messages: MessageState[];
}

export interface VoiceStateRecord {
  readonly userId: string;
  channelId: string;
  sessionId: string;
  selfMute: boolean;
  selfDeaf: boolean;
  serverMute: boolean;
  serverDeaf: boolean;
  /** On a stage: in the audience. */
  suppress: boolean;
  requestToSpeakAt: number | null;
}

export interface AttachmentState {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly url: string;
  readonly description: string | null;
  readonly durationSecs: number | null;
  readonly waveform: string | null;
}

/** The interaction that a message answers. */
export interface MessageOrigin {
  readonly id: string;
  /** Discord's number for the kind of interaction. */
  readonly type: number;
  /** Null when it was no command. */
  readonly name: string | null;
  readonly user: UserState;
}

export interface MessageState {
  readonly id: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly author: UserState;
  readonly createdAt: number;
  editedAt: number | null;
  content: string;
  embeds: unknown[];
  components: unknown[];
  attachments: AttachmentState[];
  poll: unknown;
  flags: number;
  mentions: UserState[];
  mentionRoles: string[];
  mentionEveryone: boolean;
  /** Emojis that the bot put under it, as Discord writes them in a path: the emoji itself, or `name:id`. */
  botReactions: string[];
  readonly replyTo: MessageState | null;
  readonly interaction: MessageOrigin | null;
  /** Shown to one member only, and to no bot. */
  readonly privateTo: string | null;
  readonly viaWebhook: string | null;
  /** The mark that its author gave it, or null. */
  readonly nonce: string | number | null;
  deleted: boolean;
}

export interface GuildState {
  readonly id: string;
  name: string;
  ownerId: string;
  /** A Discord locale. */
  preferredLocale: string;
  /** Where Discord itself posts, or null. */
  systemChannelId: string | null;
  available: boolean;
  readonly roles: RoleState[];
  readonly channels: ChannelState[];
  readonly members: MemberState[];
  readonly voiceStates: VoiceStateRecord[];
  readonly createdAt: number;
}

/** A channel with a call in it; its own chat comes with it. */
export function isVoice({ kind }: ChannelState): boolean {
  return kind === 'voice' || kind === 'stage';
}

export function channelOf(guild: GuildState, id: string): ChannelState | undefined {
  return guild.channels.find((channel) => channel.id === id);
}

export function memberOf(guild: GuildState, userId: string): MemberState | undefined {
  return guild.members.find(({ user }) => user.id === userId);
}

export function voiceStateOf(guild: GuildState, userId: string): VoiceStateRecord | undefined {
  return guild.voiceStates.find((state) => state.userId === userId);
}
