/**
 * What tools can find out and do in one server (`src/tools/guild-actions.ts`), through discord.js: everything of it stays in here,
 * out go plain data and functions that are bound to the server and the room.
 */
import { type Guild, PermissionFlagsBits } from 'discord.js';
import { ParleyError } from '../../errors.ts';
import type { Rooms } from '../../room/rooms.ts';
import { REMINDERS_A_GUILD, REMINDERS_A_MEMBER, type ReminderStore } from '../../store/reminders.ts';
import { ToolFailure } from '../../tools/define-tool.ts';
import type { GuildActions, NewReminder, ReminderSaved } from '../../tools/guild-actions.ts';
import type { Log } from '../../types/log.ts';
import type { OptOuts } from '../opt-outs.ts';
import type { PostPlaces } from '../room-place.ts';
import { findMembers } from './member-facts.ts';
import { presenceIn } from './presence.ts';
import { pollMessage, postIn, writablePlace } from './room-post.ts';
import { serverFacts } from './server-facts.ts';

export interface GuildActionsServices {
  /** A server that the bot is on, as it is now. */
  readonly guild: (guildId: string) => Guild | undefined;
  readonly rooms: Pick<Rooms, 'get'>;
  readonly keeper: PostPlaces;
  readonly optOuts: Pick<OptOuts, 'has'>;
  readonly store: Pick<ReminderStore, 'addReminder' | 'reminders' | 'removeReminder'>;
  /** A reminder was set that may be due before the others. */
  readonly onReminder: () => void;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

/** @param roomId whose channel is meant by "here" */
export function createGuildActions(guildId: string, roomId: string, services: GuildActionsServices): GuildActions {
  const { rooms, keeper, optOuts, store, now, log } = services;

  const guildNow = (): Guild => {
    const guild = services.guild(guildId);
    if (guild?.available) return guild;
    throw new ToolFailure('Discord cannot be reached for this server just now. Try again in a minute.');
  };
  const channelNow = () => guildNow().channels.cache.get(rooms.get(roomId)?.channelId ?? '');
  const textChannels = () => keeper.placeOf(roomId)?.textChannels ?? [];

  const addReminder = async ({ ownerId, what, dueAt }: NewReminder): Promise<ReminderSaved> => {
    guildNow();
    const channelId = writablePlace(textChannels())?.id ?? rooms.get(roomId)?.channelId;
    if (channelId === undefined) throw new ToolFailure('The conversation is over: there is no place to remind in.');
    const saved = await saving(log, () =>
      store.addReminder({ guildId, channelId, ownerId, what, setAt: now(), dueAt }),
    );
    if (saved === 'member') return { saved: false, full: 'member', limit: REMINDERS_A_MEMBER };
    if (saved === 'guild') return { saved: false, full: 'server', limit: REMINDERS_A_GUILD };
    services.onReminder();
    return { saved: true, id: saved };
  };

  return {
    presence() {
      const channel = channelNow();
      return channel?.isVoiceBased() === true ? presenceIn(channel, optOuts) : null;
    },
    findMembers: (name) => findMembers(guildNow(), name, { optOuts, hereId: channelNow()?.id ?? null }),
    server: () => serverFacts(guildNow()),
    mayManage: (memberId) => mayManage(guildNow(), memberId, log),
    post: (content) => postIn(textChannels(), { content }, [], log),
    postPoll: (poll) => postIn(textChannels(), pollMessage(poll), ['SendPolls'], log),
    addReminder,
    async reminders() {
      const all = await store.reminders(guildId);
      return all.map(({ id, ownerId, what, dueAt }) => ({ id, ownerId, what, dueAt }));
    },
    removeReminder: (id) => saving(log, () => store.removeReminder(guildId, id)),
  };
}

async function mayManage({ members }: Guild, memberId: string, log: Log): Promise<boolean> {
  try {
    // What is remembered of a member may be old: Discord tells only some bots of changed roles.
    const member = await members.fetch({ user: memberId, force: true });
    return member.permissions.has(PermissionFlagsBits.ManageGuild);
  } catch (error) {
    log.warn({ err: error, guildId: members.guild.id }, 'what a member may do could not be looked up');
    return false;
  }
}

/** @throws ToolFailure when it could not be saved */
async function saving<T>(log: Log, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof ParleyError) || error.code !== 'STORE_WRITE_FAILED') throw error;
    log.warn({ err: error }, 'what a tool had to save could not be saved');
    throw new ToolFailure('That could not be saved, and nothing has changed. Try again in a minute.');
  }
}
