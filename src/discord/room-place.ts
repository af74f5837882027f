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
import type { OptOuts } from './opt-outs.ts';
import type { PanelAddress } from './panel/edit-panel.ts';
import type { SelfState } from './panel/panel-state.ts';
import { rosterOf } from './roster.ts';

export interface RoomPlace {
  readonly guildId: string;
  readonly channelId: string;
  readonly channelKind: 'voice' | 'stage';
  /** Where `/join` was run. */
  readonly originId: string | null;
  readonly selfId: string;
  /** What the bot is called on this server. */
  readonly selfName: string;
  /** The server's Discord locale, as it is now. */
  readonly guildLocale: string;
  readonly adapterCreator: Guild['voiceAdapterCreator'];
  readonly board: NoticeBoard;
  /** What the board stands in, in the order of preference. */
  readonly textChannels: readonly GuildTextBasedChannel[];
  roster(): readonly RosterEntry[];
  /** What is done to the bot's own voice now. */
  self(): SelfState;
  /** On a stage: becomes a speaker, or asks to. False when somebody has to let the bot speak first. */
  takeTheFloor(): Promise<boolean>;
  /** The same for another channel of the server, with the same second choice for notices. */
  movedTo(channel: VoiceBasedChannel): RoomPlace;
}

/** Where a room posts. */
export type PostPlace = Pick<RoomPlace, 'board' | 'textChannels' | 'guildLocale'>;

export interface PostPlaces {
  /** Null without the room. */
  placeOf(roomId: string): PostPlace | null;
}

interface RoomPlaceServices {
  readonly optOuts: Pick<OptOuts, 'has'>;
  readonly log: Log;
}

/**
 * @param origin where `/join` was run, the second choice for notices
 * @param former the room's panel of before a restart
 */
export function createRoomPlace(
  channel: VoiceBasedChannel,
  origin: GuildTextBasedChannel | null,
  services: RoomPlaceServices,
  former: PanelAddress | null = null,
): RoomPlace {
  const { optOuts, log } = services;
  const { guild } = channel;
  const isStage = channel.type === ChannelType.GuildStageVoice;
  const places = origin === null || origin.id === channel.id ? [channel] : [channel, origin];
  return {
    guildId: guild.id,
    channelId: channel.id,
    channelKind: isStage ? 'stage' : 'voice',
    originId: origin?.id ?? null,
    selfId: channel.client.user.id,
    selfName: guild.members.me?.displayName ?? channel.client.user.displayName,
    get guildLocale() {
      return guild.preferredLocale;
    },
    adapterCreator: guild.voiceAdapterCreator,
    board: createNoticeBoard(places, log, former),
    textChannels: places,
    roster: () => rosterOf(channel, optOuts),
    self: () => selfState(guild, isStage),
    takeTheFloor: async () => !isStage || (await speakOnStage(channel, log)),
    movedTo: (next) => createRoomPlace(next, origin, services),
  };
}

function selfState({ members }: Guild, isStage: boolean): SelfState {
  const voice = members.me?.voice;
  return {
    muted: voice?.serverMute === true,
    deafened: voice?.serverDeaf === true,
    inAudience: isStage && voice?.suppress === true,
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
