/**
 * Discord's JSON for messages (Discord, "Message Resource").
 */
import type { AttachmentState, MessageState } from './guild-state.ts';
import { userJson } from './serialise.ts';
import { snowflakeTime } from './snowflake.ts';

/** Discord's numbers for the kinds of messages. */
const MessageType = { plain: 0, reply: 19, slashCommand: 20 } as const;

const iso = (ms: number): string => new Date(ms).toISOString();

/** @param depth how many replies back the quoted message is given whole */
export function messageJson(message: MessageState, depth = 1): Record<string, unknown> {
  const { replyTo, interaction, viaWebhook } = message;
  return {
    id: message.id,
    channel_id: message.channelId,
    type: interaction?.name ? MessageType.slashCommand : replyTo ? MessageType.reply : MessageType.plain,
    author: userJson(message.author),
    content: message.content,
    timestamp: iso(snowflakeTime(message.id)),
    edited_timestamp: message.editedAt === null ? null : iso(message.editedAt),
    tts: false,
    mention_everyone: message.mentionEveryone,
    mentions: message.mentions.map(userJson),
    mention_roles: message.mentionRoles,
    attachments: message.attachments.map(attachmentJson),
    embeds: message.embeds,
    components: message.components,
    pinned: false,
    flags: message.flags,
    ...(message.botReactions.length > 0 ? { reactions: message.botReactions.map(reactionJson) } : {}),
    ...(message.poll === null ? {} : { poll: message.poll }),
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(viaWebhook === null ? {} : { webhook_id: viaWebhook, application_id: viaWebhook }),
    ...(interaction === null ? {} : { interaction_metadata: metadataOf(interaction, message.guildId) }),
    ...(replyTo === null ? {} : quoted(replyTo, depth)),
  };
}

function metadataOf({ id, type, user }: NonNullable<MessageState['interaction']>, guildId: string) {
  return { id, type, user: userJson(user), authorizing_integration_owners: { 0: guildId } };
}

function quoted(message: MessageState, depth: number) {
  const { id, channelId, guildId, deleted } = message;
  return {
    message_reference: { type: 0, message_id: id, channel_id: channelId, guild_id: guildId },
    referenced_message: deleted || depth === 0 ? null : messageJson(message, depth - 1),
  };
}

function reactionJson(emoji: string) {
  const [name = emoji, id = null] = emoji.split(':');
  return { emoji: { id, name }, count: 1, count_details: { normal: 1, burst: 0 }, me: true, burst_colors: [] };
}

export function attachmentJson(file: AttachmentState) {
  return {
    id: file.id,
    filename: file.filename,
    size: file.bytes.length,
    url: file.url,
    proxy_url: file.url,
    content_type: file.contentType,
    ...(file.description === null ? {} : { description: file.description }),
    ...(file.durationSecs === null ? {} : { duration_secs: file.durationSecs }),
    ...(file.waveform === null ? {} : { waveform: file.waveform }),
  };
}
