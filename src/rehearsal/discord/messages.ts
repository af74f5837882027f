/**
 * The messages of the simulated servers: made, changed and deleted, by the bot and by members, and told to the bot.
 */
import type { DiscordHappening } from './discord-event.ts';
import type { AttachmentBody, Files } from './files.ts';
import { type AllowedMentions, mentionsOf } from './mentions.ts';
import { pollJson } from './poll-json.ts';
import type { UploadedFile } from './rest/request.ts';
import type { AttachmentState, ChannelState, GuildState, MessageState, UserState } from './world/guild-state.ts';
import { memberOf } from './world/guild-state.ts';
import { messageJson } from './world/message-json.ts';
import { memberJson } from './world/serialise.ts';
import type { World } from './world/world.ts';

/** A body that was checked: only what is used of it is named. */
export interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly unknown[] | null;
  readonly components?: readonly unknown[] | null;
  readonly flags?: number | null;
  readonly poll?: unknown;
  readonly attachments?: readonly AttachmentBody[] | null;
  readonly allowed_mentions?: AllowedMentions | null;
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean | null;
  readonly message_reference?: { readonly message_id: string; readonly fail_if_not_exists?: boolean } | null;
}

export interface NewMessage {
  readonly guild: GuildState;
  readonly channel: ChannelState;
  readonly author: UserState;
  readonly body: MessageBody;
  readonly files: readonly UploadedFile[];
  readonly replyTo?: MessageState | null;
  readonly interaction?: MessageState['interaction'];
  readonly privateTo?: string | null;
  readonly viaWebhook?: string | null;
}

export interface Messages {
  post(message: NewMessage): MessageState;
  /** "Thinking…": the message of a deferred answer, before its words. */
  announce(message: Omit<NewMessage, 'body' | 'files'>): MessageState;
  /** Gives a deferred answer its words. */
  fill(message: MessageState, body: MessageBody, files: readonly UploadedFile[]): MessageState;
  edit(message: MessageState, body: MessageBody, files: readonly UploadedFile[]): MessageState;
  remove(message: MessageState): void;
  /** A message that is there and is seen by others than one member. */
  find(channelId: string, messageId: string): MessageState | undefined;
  /** What an author sent under that mark a short time ago. */
  sentUnder(nonce: string | number, authorId: string): MessageState | undefined;
}

export interface MessagesOptions {
  readonly world: World;
  readonly files: Files;
  /** ms since 1970 */
  readonly wallClock: () => number;
  readonly dispatch: (event: string, data: object) => void;
  readonly tell: (happening: DiscordHappening) => void;
}

/** Messages kept in a channel: a rehearsal that is left running must not grow for ever. */
const MOST_MESSAGES = 1_000;

/** How long Discord knows a mark again: "in the past few minutes" (Discord, "Create Message", `enforce_nonce`). */
const NONCE_MS = 300_000;

export const MessageFlag = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  voiceMessage: 1 << 13,
  componentsV2: 1 << 15,
} as const;

export function createMessages({ world, files, wallClock, dispatch, tell }: MessagesOptions): Messages {
  const attach = (channelId: string, body: MessageBody, uploads: readonly UploadedFile[]): AttachmentState[] =>
    uploads.map((upload) => {
      const described = body.attachments?.find(({ id }) => Number(id) === upload.index);
      return files.keep(channelId, upload, described);
    });

  const give = (event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', message: MessageState): void => {
    // Private answers come as if they were direct messages (discord-api-docs issue 4557), for whose intent no bot here asks.
    if (message.privateTo !== null) return;
    const guild = world.guild(message.guildId);
    const member = guild && memberOf(guild, message.author.id);
    const { user: _user, ...partial } = member ? memberJson(member) : { user: null };
    dispatch(event, { ...messageJson(message), guild_id: message.guildId, ...(member ? { member: partial } : {}) });
  };

  const mention = (message: MessageState, { allowed_mentions }: MessageBody, pingsReplied: boolean): void => {
    const guild = world.guild(message.guildId);
    if (guild) Object.assign(message, mentionsOf(message, guild, allowed_mentions, pingsReplied));
  };

  const make = (from: NewMessage): MessageState => {
    const { guild, channel, body, privateTo = null } = from;
    const message = {
      ...blank(world.nextId(), from),
      createdAt: wallClock(),
      content: body.content ?? '',
      embeds: [...(body.embeds ?? [])],
      components: [...(body.components ?? [])],
      attachments: attach(channel.id, body, from.files),
      poll: body.poll ? pollJson(body.poll, wallClock()) : null,
      flags: (body.flags ?? 0) | (privateTo === null ? 0 : MessageFlag.ephemeral),
    };
    Object.assign(message, mentionsOf(message, guild, body.allowed_mentions, true));
    return message;
  };

  /** Where others see it, unless it is private. */
  const place = (message: MessageState, channel: ChannelState): void => {
    if (message.privateTo !== null) return;
    channel.messages.push(message);
    if (channel.messages.length > MOST_MESSAGES) channel.messages.shift();
    give('MESSAGE_CREATE', message);
  };

  const change = (message: MessageState, body: MessageBody, uploads: readonly UploadedFile[]): void => {
    if (body.content !== undefined) message.content = body.content ?? '';
    if (body.embeds !== undefined) message.embeds = [...(body.embeds ?? [])];
    if (body.components !== undefined) message.components = [...(body.components ?? [])];
    const { attachments } = body;
    if (attachments) {
      message.attachments = message.attachments.filter((file) => attachments.some(({ id }) => String(id) === file.id));
    }
    message.attachments = [...message.attachments, ...attach(message.channelId, body, uploads)];
    message.flags = editedFlags(message.flags, body.flags ?? null);
    const { replyTo } = message;
    mention(message, body, replyTo !== null && message.mentions.some(({ id }) => id === replyTo.author.id));
  };

  return {
    post(from) {
      const message = make(from);
      tell({ type: 'messagePosted', message });
      place(message, from.channel);
      return message;
    },
    announce(from) {
      const message = make({ ...from, body: { flags: MessageFlag.loading }, files: [] });
      place(message, from.channel);
      return message;
    },
    fill(message, body, uploads) {
      change(message, body, uploads);
      message.flags &= ~MessageFlag.loading;
      tell({ type: 'messagePosted', message });
      give('MESSAGE_UPDATE', message);
      return message;
    },
    edit(message, body, uploads) {
      change(message, body, uploads);
      message.editedAt = wallClock();
      tell({ type: 'messageEdited', message });
      give('MESSAGE_UPDATE', message);
      return message;
    },
    remove(message) {
      if (message.deleted) return;
      message.deleted = true;
      const messages = world.channel(message.channelId)?.channel.messages;
      const at = messages?.indexOf(message) ?? -1;
      if (at >= 0) messages?.splice(at, 1);
      tell({ type: 'messageDeleted', message });
      const { id, channelId, guildId, privateTo } = message;
      if (privateTo === null) dispatch('MESSAGE_DELETE', { id, channel_id: channelId, guild_id: guildId });
    },
    sentUnder(nonce, authorId) {
      const isIt = (one: MessageState): boolean =>
        one.nonce === nonce && one.author.id === authorId && wallClock() - one.createdAt < NONCE_MS;
      return world.guilds.flatMap(({ channels }) => channels.flatMap(({ messages }) => messages)).find(isIt);
    },
    find: (channelId, messageId) => world.channel(channelId)?.channel.messages.find(({ id }) => id === messageId),
  };
}

/** A message without content yet. */
function blank(id: string, from: NewMessage) {
  const { guild, channel, author, replyTo = null, interaction = null, privateTo = null, viaWebhook = null } = from;
  return {
    ...{ id, guildId: guild.id, channelId: channel.id, author, replyTo, interaction, privateTo, viaWebhook },
    ...{ mentions: [], mentionRoles: [], mentionEveryone: false, botReactions: [] },
    ...{ editedAt: null, deleted: false, nonce: ('body' in from ? from.body.nonce : null) ?? null },
  };
}

/** An edit shows and hides previews of links, and makes a message one of Components V2; Discord passes over all other flags. */
function editedFlags(before: number, asked: number | null): number {
  if (asked === null) return before;
  return (before & ~MessageFlag.suppressEmbeds) | (asked & (MessageFlag.suppressEmbeds | MessageFlag.componentsV2));
}
