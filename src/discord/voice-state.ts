/**
 * Watches what happens to the bot's voice channels from outside: who comes and goes, being moved, muted or deafened by a
 * moderator, permissions lost, channel or server gone. The room is told, its channel is told, or the room ends.
 */
import { type Client, Events, type Guild, type VoiceBasedChannel, type VoiceState } from 'discord.js';
import type { EndReason } from '../room/protocol.ts';
import type { Room, Rooms } from '../room/rooms.ts';
import type { Clock } from '../types/clock.ts';
import type { Log } from '../types/log.ts';
import type { RosterEntry } from '../types/settings.ts';
import { createCompanyWatch } from './company.ts';
import type { OptOuts } from './opt-outs.ts';
import { missingToTalk, type PermissionName, permissionWords } from './permissions.ts';
import type { RoomKeeper } from './room-keeper.ts';
import { people, rosterOf } from './roster.ts';

export interface VoiceWatchOptions {
  readonly rooms: Rooms;
  readonly keeper: RoomKeeper;
  readonly optOuts: Pick<OptOuts, 'has'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface VoiceWatch {
  /** Listens to a client; its listeners go with the client. */
  attach(client: Client): void;
  /** A room was opened: who is, or is not, there already counts too. */
  opened(room: Room, present: readonly RosterEntry[]): void;
  ended(room: Room): void;
  /** Who may be heard has changed, in whatever server. */
  refreshAll(): void;
  close(): void;
}

export function createVoiceWatch({ rooms, keeper, optOuts, clock, log }: VoiceWatchOptions): VoiceWatch {
  const end = (room: Room | undefined, reason: EndReason): void => {
    room?.close(reason).catch((error: unknown) => log.error({ err: error, roomId: room.id }, 'a room did not close'));
  };
  let clients: readonly Client[] = [];
  const company = createCompanyWatch(clock, (roomId) => end(rooms.get(roomId), { kind: 'alone' }));
  /** What is known to be missing, by room, so that each loss is told once. */
  const lost = new Map<string, readonly PermissionName[]>();

  const inRoom = (guild: Guild, act: (room: Room, channel: VoiceBasedChannel) => void): void => {
    const room = rooms.ofGuild(guild.id);
    const channel = room === undefined ? null : channelOf(guild, room);
    if (room !== undefined && channel !== null) act(room, channel);
  };

  const refresh = (guild: Guild): void =>
    inRoom(guild, (room, channel) => {
      const roster = rosterOf(channel, optOuts);
      room.roster(roster);
      company.update(room.id, people(roster));
      keeper.changed(guild.id);
    });

  const checkPermissions = (guild: Guild): void =>
    inRoom(guild, (room, channel) => {
      const { me } = guild.members;
      if (me === null) return;
      const before = lost.get(room.id) ?? [];
      const now = missingToTalk(channel, me);
      lost.set(room.id, now);
      if (now.every((name) => before.includes(name))) return;
      keeper.say(guild.id, (t) =>
        t('notice.permissionLost', { channel: `<#${channel.id}>`, permissions: permissionWords(t, now) }),
      );
    });

  const ownState = (before: VoiceState, { guild, channel, serverMute, serverDeaf }: VoiceState): void => {
    if (serverMute === true && before.serverMute !== true) keeper.say(guild.id, (t) => t('notice.serverMuted'));
    if (serverDeaf === true && before.serverDeaf !== true) keeper.say(guild.id, (t) => t('notice.serverDeafened'));
    const moved = before.channelId !== null && channel !== null && before.channelId !== channel.id;
    if (moved) keeper.moved(guild.id, (place) => place.movedTo(channel));
  };

  return {
    attach(client) {
      clients = [client];
      client.on(Events.VoiceStateUpdate, (before, after) => {
        if (after.id === client.user?.id) ownState(before, after);
        refresh(after.guild);
      });
      client.on(Events.GuildAvailable, refresh);
      // The server may speak another language now.
      client.on(Events.GuildUpdate, (_, guild) => keeper.changed(guild.id));
      client.on(Events.ChannelUpdate, (_, channel) => {
        if (!channel.isDMBased()) checkPermissions(channel.guild);
      });
      client.on(Events.GuildRoleUpdate, (_, role) => checkPermissions(role.guild));
      client.on(Events.GuildMemberUpdate, (_, member) => {
        if (member.id === client.user?.id) checkPermissions(member.guild);
      });
      client.on(Events.ChannelDelete, (channel) => {
        const room = channel.isDMBased() ? undefined : rooms.ofGuild(channel.guild.id);
        if (room?.channelId !== channel.id) return;
        end(room, { kind: 'failed', problem: { code: 'VOICE_CALL_TERMINATED', details: {} } });
      });
      client.on(Events.GuildDelete, (guild) => end(rooms.ofGuild(guild.id), { kind: 'guildGone' }));
    },
    opened: (room, present) => company.update(room.id, people(present)),
    ended(room) {
      company.forget(room.id);
      lost.delete(room.id);
    },
    refreshAll() {
      for (const client of clients) for (const guild of client.guilds.cache.values()) refresh(guild);
    },
    close: () => company.close(),
  };
}

/** Where the bot really is; while it is on its way, where it is going. */
function channelOf(guild: Guild, room: Room): VoiceBasedChannel | null {
  const present = guild.members.me?.voice.channel;
  if (present) return present;
  const channel = guild.channels.cache.get(room.channelId);
  return channel?.isVoiceBased() ? channel : null;
}
