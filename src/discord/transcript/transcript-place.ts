/**
 * Where a conversation is written down: a public thread of the text channel where that was switched on, one a voice channel and
 * day; in the chats of voice and stage channels, and in threads, which cannot hold threads, that very channel.
 */
import {
  ChannelType,
  type Client,
  DiscordAPIError,
  type GuildTextBasedChannel,
  MessageFlags,
  type NewsChannel,
  RESTJSONErrorCodes,
  type TextChannel,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import type { PermissionName } from '../permissions.ts';
import { StuckError } from './transcript-failure.ts';
import type { TranscriptPlace } from './transcript-writer.ts';

/** Discord's limit for the name of a thread is 100 characters; the rest is for the date. */
const CHANNEL_NAME_LENGTH = 80;

export interface WantedPlace {
  /** Where it was switched on. */
  readonly channelId: string;
  /** Of the thread: the voice channel and the day. */
  readonly name: string;
  /** What was written in last; gone on with if it is of the same name. */
  readonly known: { readonly id: string; readonly name: string } | null;
}

/** What it takes to write a transcript in a channel; null where none can be written. */
export function permissionsToTranscribe(channel: GuildTextBasedChannel): readonly PermissionName[] {
  if (holdsThreads(channel)) return ['ViewChannel', 'CreatePublicThreads', 'SendMessagesInThreads'];
  if (channel.isThread()) return ['ViewChannel', 'SendMessagesInThreads'];
  // The chat of a voice channel is closed to whoever may not connect (discord-api-docs #5111).
  return channel.isVoiceBased() ? ['ViewChannel', 'Connect', 'SendMessages'] : ['ViewChannel', 'SendMessages'];
}

/** @param day `YYYY-MM-DD` */
export function placeName(voiceChannelName: string, day: string): string {
  return `${[...voiceChannelName].slice(0, CHANNEL_NAME_LENGTH).join('')} · ${day}`;
}

/**
 * @returns the place, and whether it is a new one
 * @throws StuckError, and what Discord refuses
 */
export async function openPlace(
  client: Client,
  { channelId, name, known }: WantedPlace,
): Promise<{ readonly place: TranscriptPlace; readonly isNew: boolean }> {
  const before = known?.name === name ? await channelNamed(client, known.id).catch(unlessDeleted) : null;
  if (before !== null && !(before.isThread() && before.locked === true))
    return { place: placeIn(before), isNew: false };
  const channel = await channelNamed(client, channelId);
  if (channel === null) throw new StuckError('gone');
  return { place: placeIn(holdsThreads(channel) ? await openThread(channel, name) : channel), isNew: true };
}

function holdsThreads(channel: GuildTextBasedChannel): channel is TextChannel | NewsChannel {
  return channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement;
}

async function channelNamed(client: Client, id: string): Promise<GuildTextBasedChannel | null> {
  const channel = await client.channels.fetch(id);
  return channel?.isTextBased() && !channel.isDMBased() ? channel : null;
}

function unlessDeleted(error: unknown): null {
  if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownChannel) return null;
  throw error;
}

function openThread(channel: TextChannel | NewsChannel, name: string): Promise<GuildTextBasedChannel> {
  const options = { name, autoArchiveDuration: ThreadAutoArchiveDuration.OneDay };
  return channel.type === ChannelType.GuildText
    ? channel.threads.create({ ...options, type: ChannelType.PublicThread })
    : channel.threads.create({ ...options, type: ChannelType.AnnouncementThread });
}

function placeIn(channel: GuildTextBasedChannel): TranscriptPlace {
  const allowedMentions = { parse: [] };
  return {
    id: channel.id,
    async post(content) {
      // Whoever follows the channel is not called to every sentence.
      const flags = MessageFlags.SuppressNotifications;
      const { id } = await channel.send({ content, allowedMentions, flags });
      return id;
    },
    edit: (id, content) => awake(channel, () => channel.messages.edit(id, { content, allowedMentions })),
    remove: (id) => awake(channel, () => channel.messages.delete(id)),
  };
}

/** A new message wakes an archived thread by itself, a change of an old one is refused. */
async function awake(channel: GuildTextBasedChannel, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    const archived =
      error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InvalidActionOnArchivedThread;
    if (!archived || !channel.isThread()) throw error;
    // A locked one stays asleep, and that is what is in the way, not the permission to wake it.
    await channel.setArchived(false).catch(() => Promise.reject(error));
    await call();
  }
}
