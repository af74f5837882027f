/**
 * A voice channel as the control plane needs it for a room: plain values and plain functions, bound to that channel.
 */
import {
  ChannelType,
  type Guild,
  type GuildTextBasedChannel,
  PermissionFlagsBits,
  type VoiceBasedChannel,
} from 'discord.js';
import type { Log } from '../types/log.ts';
import type { RosterEntry } from '../types/settings.ts';
import { createNoticeBoard, type NoticeBoard } from './notice-board.ts';
import { rosterOf } from './roster.ts';

export interface RoomPlace {
  readonly guildId: string;
  readonly channelId: string;
  readonly channelKind: 'voice' | 'stage';
  readonly selfId: string;
  /** What the bot is called on this server. */
  readonly selfName: string;
  /** The server's Discord locale. */
  readonly guildLocale: string;
  readonly adapterCreator: Guild['voiceAdapterCreator'];
  readonly board: NoticeBoard;
  roster(): readonly RosterEntry[];
  /** On a stage: becomes a speaker, or asks to. False when somebody has to let the bot speak first. */
  takeTheFloor(): Promise<boolean>;
  /** The same for another channel of the server, with the same second choice for notices. */
  movedTo(channel: VoiceBasedChannel): RoomPlace;
}

/** @param origin where `/join` was run, the second choice for notices */
export function createRoomPlace(channel: VoiceBasedChannel, origin: GuildTextBasedChannel | null, log: Log): RoomPlace {
  const { guild } = channel;
  const isStage = channel.type === ChannelType.GuildStageVoice;
  const places = origin === null || origin.id === channel.id ? [channel] : [channel, origin];
  return {
    guildId: guild.id,
    channelId: channel.id,
    channelKind: isStage ? 'stage' : 'voice',
    selfId: channel.client.user.id,
    selfName: guild.members.me?.displayName ?? channel.client.user.displayName,
    guildLocale: guild.preferredLocale,
    adapterCreator: guild.voiceAdapterCreator,
    board: createNoticeBoard(places, log),
    roster: () => rosterOf(channel),
    takeTheFloor: async () => !isStage || (await speakOnStage(channel, log)),
    movedTo: (next) => createRoomPlace(next, origin, log),
  };
}

/** A stage moderator lifts its own suppression; everybody else raises a hand (Discord, "Modify Current User Voice State"). */
async function speakOnStage(channel: VoiceBasedChannel, log: Log): Promise<boolean> {
  const { me } = channel.guild.members;
  if (me === null) return false;
  try {
    if (channel.permissionsFor(me).has(PermissionFlagsBits.MuteMembers)) {
      await me.voice.setSuppressed(false);
      return true;
    }
    await me.voice.setRequestToSpeak(true);
  } catch (error) {
    log.warn({ err: error, channelId: channel.id }, 'could not ask to speak on the stage');
  }
  return false;
}
