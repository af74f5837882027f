/**
 * Brings one room back that was open when the process was killed, or tells those who wait for it why it cannot.
 */
import type { Guild, GuildTextBasedChannel, VoiceBasedChannel } from 'discord.js';
import { ParleyError } from '../../errors.ts';
import { type Locale, publicLocale } from '../../i18n/locales.ts';
import { describeProblem, translator } from '../../i18n/translate.ts';
import type { Rooms } from '../../room/rooms.ts';
import type { StoredPanel, StoredRoom } from '../../store/store.ts';
import type { Log } from '../../types/log.ts';
import type { GuildSettings } from '../guild-settings.ts';
import { createNoticeBoard } from '../notice-board.ts';
import type { OptOuts } from '../opt-outs.ts';
import { isFull, missingToTalk, permissionWords } from '../permissions.ts';
import type { FormerRoom, OpenedRoom, RoomKeeper } from '../room-keeper.ts';
import { createRoomPlace } from '../room-place.ts';
import { people, rosterOf } from '../roster.ts';
import { banishGhost, type GhostServices, ghostChannelId } from './ghost.ts';
import { decideRecovery, type PastChannelFacts, type RecoveryDecision } from './recovery-decision.ts';

export interface OpenAgainServices extends GhostServices {
  readonly rooms: Pick<Rooms, 'ofGuild'>;
  readonly keeper: Pick<RoomKeeper, 'open'>;
  readonly settings: Pick<GuildSettings, 'read'>;
  readonly optOuts: Pick<OptOuts, 'has'>;
  readonly allowedGuilds: readonly string[] | null;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

export interface OpenedAgain extends OpenedRoom {
  /** The one that the room goes on with, if it is still there. */
  readonly panel: StoredPanel | null;
  /** Once it can talk: whether the model goes on with what it knew. */
  remembers(): boolean;
}

/** Why a room could not come back, in a language. */
type Why = (locale: Locale) => string;

/**
 * To be kept apart from everything else that opens or ends the guild's room.
 *
 * @param panels that the guild has from before the restart
 * @returns `waiting` while nothing can be told of it; null when nothing comes of it, and who had to know knows
 */
export async function openAgain(
  stored: StoredRoom,
  panels: readonly StoredPanel[],
  services: OpenAgainServices,
): Promise<OpenedAgain | 'waiting' | null> {
  const { client, rooms, log } = services;
  const guild = client.guilds.cache.get(stored.guildId);
  const channel = guild === undefined ? null : channelOf(guild, stored);
  const decision = decideRecovery(lookUp(stored, guild, channel, services));
  log.info({ roomId: stored.roomId, guildId: stored.guildId, decision }, 'a room was open when the process ended');
  if (decision.kind === 'wait') return 'waiting';
  if (guild === undefined) return null;
  if (rooms.ofGuild(guild.id) === undefined) await banishGhost(guild, services);
  if (decision.kind === 'return' && channel !== null) return openIn(channel, stored, panels, services);
  const why = reasonOf(decision, channel);
  if (why !== null) await tellWhy(guild, stored, services, why);
  return null;
}

/** Why the room could not come back is told where it had its notices. */
export async function tellWhy(
  guild: Guild,
  stored: StoredRoom,
  { settings, log }: Pick<OpenAgainServices, 'settings' | 'log'>,
  why: Why,
): Promise<void> {
  const places = [textChannel(guild, stored.channelId), textChannel(guild, stored.originId)];
  const saved = await settings.read(guild.id);
  const locale = publicLocale(saved.settings.language, guild.preferredLocale);
  const board = createNoticeBoard(
    places.filter((place) => place !== null),
    log,
  );
  await board.post(translator(locale)('recovery.notBack', { why: why(locale) }));
}

async function openIn(
  channel: VoiceBasedChannel,
  stored: StoredRoom,
  panels: readonly StoredPanel[],
  services: OpenAgainServices,
): Promise<OpenedAgain | 'waiting' | null> {
  const { keeper } = services;
  const origin = textChannel(channel.guild, stored.originId);
  const panel = newestIn(panels, [channel.id, origin?.id]);
  const former = formerRoom(stored, services);
  const since = former.vitals.conversationSince;
  try {
    const opened = await keeper.open(createRoomPlace(channel, origin, services, panel), former);
    return { ...opened, panel, remembers: () => since !== null && opened.room.vitals.conversationSince === since };
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    const problem = error.toProblem();
    // The next process may still bring it back, if this one leaves it to do so.
    if (problem.code === 'SHUTTING_DOWN') return 'waiting';
    await tellWhy(channel.guild, stored, services, (locale) => describeProblem(locale, problem));
    return null;
  }
}

/** The stored times are the calendar's, a room's are the clock's. */
function formerRoom(stored: StoredRoom, { clock, now }: Pick<OpenAgainServices, 'clock' | 'now'>): FormerRoom {
  const onClock = (at: number): number => clock.now() - (now() - at);
  const { roomId, handle, openedAt, conversationSince } = stored;
  const vitals = {
    readyAt: onClock(openedAt),
    conversationSince: conversationSince === null ? null : onClock(conversationSince),
  };
  return { roomId, handle, openedAt, vitals };
}

function lookUp(
  stored: StoredRoom,
  guild: Guild | undefined,
  channel: VoiceBasedChannel | null,
  { rooms, optOuts, allowedGuilds, now }: OpenAgainServices,
): Parameters<typeof decideRecovery>[0] {
  return {
    absentMs: now() - stored.aliveAt,
    guild: guild === undefined ? 'gone' : guild.available ? 'here' : 'unavailable',
    allowed: allowedGuilds?.includes(stored.guildId) ?? true,
    roomOpen: rooms.ofGuild(stored.guildId) !== undefined,
    channel: channel === null ? null : channelFacts(channel, optOuts),
  };
}

function channelFacts(channel: VoiceBasedChannel, optOuts: Pick<OptOuts, 'has'>): PastChannelFacts {
  const { me } = channel.guild.members;
  return {
    channelId: channel.id,
    people: people(rosterOf(channel, optOuts)),
    botLacks: me === null ? ['ViewChannel'] : missingToTalk(channel, me),
    full: me !== null && isFull(channel, me),
  };
}

function reasonOf(decision: RecoveryDecision, channel: VoiceBasedChannel | null): Why | null {
  if (decision.kind === 'cannot') return (locale) => describeProblem(locale, decision.problem);
  if (decision.kind !== 'botLacks') return null;
  return (locale) => {
    const permissions = permissionWords(translator(locale), decision.permissions);
    const details = { channel: `<#${channel?.id ?? ''}>`, permissions };
    return describeProblem(locale, { code: 'VOICE_PERMISSION_MISSING', details });
  };
}

/** Where it was; where its ghost is, if a moderator has moved that meanwhile: a bot that is moved follows. */
function channelOf(guild: Guild, stored: StoredRoom): VoiceBasedChannel | null {
  const channel = guild.channels.cache.get(ghostChannelId(guild) ?? stored.channelId);
  return channel?.isVoiceBased() === true ? channel : null;
}

function textChannel(guild: Guild, channelId: string | null): GuildTextBasedChannel | null {
  const channel = channelId === null ? undefined : guild.channels.cache.get(channelId);
  return channel?.isTextBased() === true ? channel : null;
}

/** Ids of Discord's grow with time. */
function newestIn(panels: readonly StoredPanel[], channelIds: readonly (string | undefined)[]): StoredPanel | null {
  const here = panels.filter(({ channelId }) => channelIds.includes(channelId));
  return here.toSorted((a, b) => (BigInt(a.messageId) < BigInt(b.messageId) ? 1 : -1))[0] ?? null;
}
