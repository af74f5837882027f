/**
 * The state of the simulated servers, in the loopback's own words. What goes over the wire is made of it by `serialise.ts`.
 */

export interface UserState {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
}

export interface MemberState {
  readonly user: UserState;
  nick: string | null;
  roleIds: string[];
  readonly joinedAt: number;
}

export interface RoleState {
  readonly id: string;
  name: string;
  permissions: bigint;
}

export interface OverwriteState {
  /** Of a role or a member; the server's id stands for everyone. */
  readonly id: string;
  readonly type: 'role' | 'member';
  allow: bigint;
  deny: bigint;
}

export type ChannelKind = 'text' | 'voice' | 'stage';

export interface ChannelState {
  readonly id: string;
  readonly guildId: string;
  readonly kind: ChannelKind;
  name: string;
  /** Most members; 0 is no limit. */
  userLimit: number;
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

export interface MessageState {
  readonly id: string;
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
  readonly replyTo: MessageState | null;
  /** The interaction that this message answers. */
  readonly interaction: { readonly id: string; readonly name: string | null; readonly user: UserState } | null;
  /** Shown to one member only, and to no bot. */
  readonly privateTo: string | null;
  readonly viaWebhook: string | null;
  deleted: boolean;
}

export interface GuildState {
  readonly id: string;
  name: string;
  ownerId: string;
  /** A Discord locale. */
  preferredLocale: string;
  available: boolean;
  readonly roles: RoleState[];
  readonly channels: ChannelState[];
  readonly members: MemberState[];
  readonly voiceStates: VoiceStateRecord[];
  readonly createdAt: number;
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
