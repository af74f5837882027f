/**
 * Where a room's notices go: the voice channel's own chat if the bot may view and send there, else where `/join` was run
 * (DESIGN.md §4). Decided anew for each notice, since permissions change and channels go.
 */
import { type GuildTextBasedChannel, PermissionFlagsBits } from 'discord.js';
import type { Log } from '../types/log.ts';

export interface NoticeBoard {
  /** Posts for everybody, pinging nobody. False when there is no place left to post to. */
  post(text: string): Promise<boolean>;
}

/** @param places in the order of preference */
export function createNoticeBoard(places: readonly GuildTextBasedChannel[], log: Log): NoticeBoard {
  return {
    async post(content) {
      for (const channel of places) {
        if (!maySend(channel)) continue;
        try {
          await channel.send({ content, allowedMentions: { parse: [] } });
          return true;
        } catch (error) {
          log.info({ err: error, channelId: channel.id }, 'a notice could not be posted here');
        }
      }
      log.warn({ channelIds: places.map(({ id }) => id) }, 'a notice could not be posted anywhere');
      return false;
    },
  };
}

function maySend(channel: GuildTextBasedChannel): boolean {
  const { me } = channel.guild.members;
  if (me === null) return false;
  const send = channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  return channel.permissionsFor(me).has(PermissionFlagsBits.ViewChannel | send);
}
