/**
 * The messages of the simulated servers: made, changed and deleted, by the bot and by members, and told to the bot.
 */
import type { DiscordHappening } from './discord-event.ts';
import type { UploadedFile } from './rest/request.ts';
import type { AttachmentState, ChannelState, GuildState, MessageState, UserState } from './world/guild-state.ts';
import { memberOf } from './world/guild-state.ts';
import { memberJson, messageJson } from './world/serialise.ts';
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
  readonly message_reference?: { readonly message_id: string } | null;
}

interface AttachmentBody {
  readonly id: string | number;
  readonly filename?: string;
  readonly description?: string | null;
  readonly duration_secs?: number;
  readonly waveform?: string;
}

interface AllowedMentions {
  readonly parse?: readonly string[];
  readonly users?: readonly string[];
  readonly replied_user?: boolean;
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
  edit(message: MessageState, body: MessageBody, files: readonly UploadedFile[]): MessageState;
  remove(message: MessageState): void;
  /** A message that is there and is seen by others than one member. */
  find(channelId: string, messageId: string): MessageState | undefined;
  /** A file that somebody posted; its path on the CDN. */
  file(path: string): AttachmentState | undefined;
}

export interface MessagesOptions {
  readonly world: World;
  /** Base of the CDN: `http://127.0.0.1:PORT`. */
  readonly cdn: () => string;
  /** ms since 1970 */
  readonly wallClock: () => number;
  readonly dispatch: (event: string, data: object) => void;
  readonly tell: (happening: DiscordHappening) => void;
}

/** Messages kept in a channel, and files of the CDN: a rehearsal that is left running must not grow for ever. */
const MOST_MESSAGES = 1_000;
const MOST_FILES = 200;
/** Flags that a bot may set itself; the rest are Discord's. */
const EPHEMERAL = 1 << 6;

export function createMessages({ world, cdn, wallClock, dispatch, tell }: MessagesOptions): Messages {
  const files = new Map<string, AttachmentState>();

  const keepFile = (
    channelId: string,
    upload: UploadedFile,
    described: AttachmentBody | undefined,
  ): AttachmentState => {
    const id = world.nextId();
    const path = `/attachments/${channelId}/${id}/${encodeURIComponent(upload.name)}`;
    const file: AttachmentState = {
      id,
      filename: upload.name,
      contentType: upload.contentType,
      bytes: upload.bytes,
      url: `${cdn()}${path}`,
      description: described?.description ?? null,
      durationSecs: described?.duration_secs ?? null,
      waveform: described?.waveform ?? null,
    };
    files.set(path, file);
    if (files.size > MOST_FILES) files.delete(files.keys().next().value ?? '');
    return file;
  };

  const attach = (channelId: string, body: MessageBody, uploads: readonly UploadedFile[]): AttachmentState[] =>
    uploads.map((upload) =>
      keepFile(
        channelId,
        upload,
        body.attachments?.find(({ id }) => Number(id) === upload.index),
      ),
    );

  const mentionsOf = (message: MessageState, allowed: AllowedMentions | null | undefined): UserState[] => {
    const guild = world.channel(message.channelId)?.guild;
    const named = [...message.content.matchAll(/<@!?(\d+)>/g)].map(([, id = '']) => id);
    const pinged = named.filter(
      (id) => allowed == null || allowed.parse?.includes('users') || allowed.users?.includes(id),
    );
    const { replyTo } = message;
    if (replyTo && (allowed?.replied_user ?? true)) pinged.push(replyTo.author.id);
    const users = [...new Set(pinged)].map((id) => (guild ? memberOf(guild, id)?.user : undefined));
    return users.filter((user) => user !== undefined);
  };

  const announce = (event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', message: MessageState): void => {
    const guild = world.channel(message.channelId)?.guild;
    const member = guild ? memberOf(guild, message.author.id) : undefined;
    const { user: _user, ...partial } = member ? memberJson(member) : { user: null };
    dispatch(event, { ...messageJson(message), guild_id: guild?.id, ...(member ? { member: partial } : {}) });
  };

  return {
    post({
      channel,
      author,
      body,
      files: uploads,
      replyTo = null,
      interaction = null,
      privateTo = null,
      viaWebhook = null,
    }) {
      const message: MessageState = {
        id: world.nextId(),
        channelId: channel.id,
        author,
        createdAt: wallClock(),
        editedAt: null,
        content: body.content ?? '',
        embeds: [...(body.embeds ?? [])],
        components: [...(body.components ?? [])],
        attachments: attach(channel.id, body, uploads),
        poll: body.poll ?? null,
        flags: (body.flags ?? 0) | (privateTo === null ? 0 : EPHEMERAL),
        mentions: [],
        replyTo,
        interaction,
        privateTo,
        viaWebhook,
        deleted: false,
      };
      message.mentions = mentionsOf(message, body.allowed_mentions);
      tell({ type: 'messagePosted', message });
      if (privateTo !== null) return message;
      channel.messages.push(message);
      if (channel.messages.length > MOST_MESSAGES) channel.messages.shift();
      announce('MESSAGE_CREATE', message);
      return message;
    },
    edit(message, body, uploads) {
      if (body.content !== undefined) message.content = body.content ?? '';
      if (body.embeds !== undefined) message.embeds = [...(body.embeds ?? [])];
      if (body.components !== undefined) message.components = [...(body.components ?? [])];
      if (body.flags != null) message.flags |= body.flags;
      const { attachments } = body;
      if (attachments)
        message.attachments = message.attachments.filter((file) =>
          attachments.some(({ id }) => String(id) === file.id),
        );
      message.attachments = [...message.attachments, ...attach(message.channelId, body, uploads)];
      message.editedAt = wallClock();
      message.mentions = mentionsOf(message, body.allowed_mentions);
      tell({ type: 'messageEdited', message });
      if (message.privateTo === null) announce('MESSAGE_UPDATE', message);
      return message;
    },
    remove(message) {
      if (message.deleted) return;
      message.deleted = true;
      const found = world.channel(message.channelId);
      const messages = found?.channel.messages;
      const at = messages?.indexOf(message) ?? -1;
      if (at >= 0) messages?.splice(at, 1);
      tell({ type: 'messageDeleted', message });
      if (message.privateTo !== null) return;
      dispatch('MESSAGE_DELETE', { id: message.id, channel_id: message.channelId, guild_id: found?.guild.id });
    },
    find: (channelId, messageId) => world.channel(channelId)?.channel.messages.find(({ id }) => id === messageId),
    file: (path) => files.get(path),
  };
}
