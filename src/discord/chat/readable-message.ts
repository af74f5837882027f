/**
 * A message of Discord's as the chat sees it: its words with names in the place of ids, its files by what they are for.
 */
import type { Attachment, Guild, Message } from 'discord.js';
import { MessageFlags } from 'discord.js';
import { MOST_IMAGES, type PostedFile } from '../../chat/question-files.ts';
import { type Names, readableText } from '../../chat/readable-text.ts';
import { onOneLine } from '../quote.ts';
import { transcriptName } from '../transcript/transcript-names.ts';

export interface ReadableMessage {
  /** For the model; files that it does not get are named. */
  readonly text: string;
  /** At most `MOST_IMAGES`. */
  readonly images: readonly PostedFile[];
  readonly voice: PostedFile | null;
  /** Files that are neither. */
  readonly otherFiles: number;
  /** Discord says nothing of what is in it. */
  readonly isBlank: boolean;
}

export function readMessage(message: Message<true>): ReadableMessage {
  const files = [...message.attachments.values()];
  const isVoice = message.flags.has(MessageFlags.IsVoiceMessage);
  const [recording] = isVoice ? files : [];
  const images = isVoice ? [] : files.filter(isImage);
  const others = isVoice ? [] : files.filter((file) => !isImage(file));
  const words = readableText(message.content, ownIds(message.guild), namesIn(message));
  const shown = images.slice(0, MOST_IMAGES);
  return {
    text: words === '' ? '' : [words, ...unseen(others, images.length - shown.length)].join('\n'),
    images: shown.map(postedFile),
    voice: recording === undefined ? null : postedFile(recording),
    otherFiles: others.length,
    isBlank: message.content === '' && files.length === 0,
  };
}

/** What the author of a message is called, never as the bot itself is. */
export function authorName({ member, author, guild }: Message<true>): string {
  const self = guild.members.me?.displayName ?? guild.client.user.displayName;
  return onOneLine(transcriptName(member?.displayName ?? author.displayName, author.username, self));
}

/** The bot, and the role that is its own on the server. */
export function ownIds({ client, roles }: Guild): ReadonlySet<string> {
  const role = roles.botRoleFor(client.user);
  return new Set([client.user.id, ...(role === null ? [] : [role.id])]);
}

export function postedFile({ url, size, contentType }: Attachment): PostedFile {
  return { url, sizeBytes: size, contentType };
}

/** What it is is seen when it is decoded; here it is only what it says. */
function isImage({ contentType, name }: Attachment): boolean {
  return contentType === null ? /\.(png|jpe?g|webp|gif)$/i.test(name) : contentType.startsWith('image/');
}

function unseen(others: readonly Attachment[], moreImages: number): readonly string[] {
  const named = others.map(({ name }) => `(A file is attached that you cannot open: ${onOneLine(name)})`);
  return [...named, ...(moreImages > 0 ? [`(${moreImages} more pictures are attached that you do not see.)`] : [])];
}

function namesIn({ mentions, guild, client }: Message<true>): Names {
  const name = (shown: string | undefined): string | null => (shown === undefined ? null : onOneLine(shown));
  return {
    member: (id) =>
      name(
        mentions.members.get(id)?.displayName ??
          guild.members.cache.get(id)?.displayName ??
          (mentions.users.get(id) ?? client.users.cache.get(id))?.displayName,
      ),
    role: (id) => name(guild.roles.cache.get(id)?.name),
    channel: (id) => name(guild.channels.cache.get(id)?.name),
  };
}
