/**
 * The stored transcript of the latest conversation, as far as a member could have listened to it.
 */
import { type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { Store, StoredTurn } from '../../store/store.ts';

export interface ReadTranscript {
  readonly roomId: string;
  /** The voice channel of the latest turn. */
  readonly channelId: string;
  /** At least one, the oldest first. */
  readonly turns: readonly StoredTurn[];
}

/** Null: there is none, or none that is for this member; which of the two is nobody's business. */
export async function readTranscript(
  store: Pick<Store, 'conversations' | 'transcript'>,
  member: GuildMember,
): Promise<ReadTranscript | null> {
  const conversations = await store.conversations(member.guild.id);
  const latest = conversations.find(({ channelId }) => mayListen(member, channelId));
  if (latest === undefined) return null;
  const { roomId, channelId } = latest;
  const turns = await store.transcript(member.guild.id, roomId);
  return { roomId, channelId, turns: turns.filter((turn) => mayListen(member, turn.channelId)) };
}

/** To see a voice channel is not enough: many servers show channels that only some may enter. */
function mayListen(member: GuildMember, channelId: string): boolean {
  const channel = member.guild.channels.cache.get(channelId);
  // Who could listen in a channel that is gone cannot be told any more, but for those who may do everything.
  if (channel === undefined) return member.permissions.has(PermissionFlagsBits.Administrator);
  if (member.voice.channelId === channelId) return true;
  return channel.permissionsFor(member).has(PermissionFlagsBits.ViewChannel | PermissionFlagsBits.Connect);
}
