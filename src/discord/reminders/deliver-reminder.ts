/**
 * Tells one reminder: aloud where its owner hears it, else where it was set, pinging its owner and nobody else.
 */
import { type Client, DiscordAPIError, type Guild, type GuildTextBasedChannel } from 'discord.js';
import { publicLocale } from '../../i18n/locales.ts';
import { translator } from '../../i18n/translate.ts';
import type { Room, Rooms } from '../../room/rooms.ts';
import type { StoredReminder } from '../../store/reminders.ts';
import type { GuildSettings } from '../guild-settings.ts';
import type { OptOuts } from '../opt-outs.ts';
import type { Delivery } from './reminder-schedule.ts';
import { reminderNote, reminderPost } from './reminder-words.ts';

export interface DeliveryServices {
  readonly rooms: Pick<Rooms, 'ofGuild'>;
  readonly settings: Pick<GuildSettings, 'read'>;
  readonly optOuts: Pick<OptOuts, 'has'>;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
}

/** The place to post in is not there for the bot any more. */
class NoPlace extends Error {
  override readonly name = 'NoPlace';
}

/** Whether trying again is of little use: Discord has understood and does not want to. */
export function isRefusal(error: unknown): boolean {
  return error instanceof NoPlace || error instanceof DiscordAPIError;
}

/**
 * @param signal aborted when the process is about to end: then nothing is told that could not be noted as told
 * @throws what REST throws, also when the channel is gone
 */
export async function deliverReminder(
  client: Client<true>,
  reminder: StoredReminder,
  services: DeliveryServices,
  signal: AbortSignal,
): Promise<Delivery> {
  const guild = client.guilds.cache.get(reminder.guildId);
  if (guild?.available !== true) return 'waits';
  const room = services.rooms.ofGuild(guild.id);
  if (room !== undefined && isHeard(guild, room, reminder, services)) {
    const owner = reminder.ownerId === null ? undefined : guild.members.cache.get(reminder.ownerId);
    if (await room.speakUp(reminderNote(reminder, owner?.displayName ?? null, services.now()))) return 'spoken';
  }
  if (signal.aborted) return 'waits';
  await post(guild, reminder, services);
  return 'posted';
}

/** Who opted out is not talked about with the model; who has deafened themselves hears nothing. */
function isHeard(guild: Guild, room: Room, { ownerId }: StoredReminder, { optOuts }: DeliveryServices): boolean {
  if (ownerId === null) return true;
  const voice = guild.voiceStates.cache.get(ownerId);
  return voice?.channelId === room.channelId && voice.deaf !== true && !optOuts.has(ownerId);
}

async function post(guild: Guild, reminder: StoredReminder, { settings, now }: DeliveryServices): Promise<void> {
  const { ownerId } = reminder;
  const channel = await textChannel(guild, reminder.channelId);
  const saved = await settings.read(guild.id);
  const t = translator(publicLocale(saved.settings.language, guild.preferredLocale));
  await channel.send({
    content: reminderPost(t, reminder, now()),
    allowedMentions: { parse: [], users: ownerId === null ? [] : [ownerId] },
    nonce: nonceOf(reminder),
    enforceNonce: true,
  });
}

/**
 * Discord does not post what it was given under the same mark within the past few minutes, and answers with what it posted then
 * (Discord, "Create Message", `enforce_nonce`): so a reminder is not read twice when the answer, or the process, was lost right
 * after the post. At most 25 characters.
 */
function nonceOf({ id }: StoredReminder): string {
  return `reminder-${id}`;
}

/** A thread that was put away is not among those that are known. */
async function textChannel(guild: Guild, channelId: string): Promise<GuildTextBasedChannel> {
  const channel = guild.channels.cache.get(channelId) ?? (await guild.channels.fetch(channelId));
  if (channel?.isTextBased() === true) return channel;
  throw new NoPlace('nothing can be posted where a reminder was set');
}
