/**
 * Members by what they are called, and of each what every member of the server could look up too.
 */
import { type Guild, type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { MemberFacts } from '../../tools/guild-actions.ts';
import type { OptOuts } from '../opt-outs.ts';
import { onOneLine } from '../quote.ts';
import { fold } from '../search.ts';

/** Who is meant is asked for when there are more. */
const MOST = 5;

const MENTION = /^(?:<@!?)?(\d{15,20})>?$/;

interface Lookup {
  /** Who opted out is in no conversation: as if they were not known. */
  readonly optOuts: Pick<OptOuts, 'has'>;
  /** The channel of the room that asks. */
  readonly hereId: string | null;
}

/** Of the members that the gateway has told of. */
export function findMembers(guild: Guild, name: string, { optOuts, hereId }: Lookup): readonly MemberFacts[] {
  const members = [...guild.members.cache.values()].filter(({ id }) => !optOuts.has(id));
  const id = MENTION.exec(name.trim())?.[1];
  const wanted = fold(name).replace(/^@/, '');
  const called = (fits: (name: string) => boolean) => members.filter((member) => namesOf(member).some(fits));
  const exactly = id === undefined ? called((one) => one === wanted) : members.filter((member) => member.id === id);
  const found = exactly.length > 0 || id !== undefined ? exactly : called((one) => one.includes(wanted));
  return found.slice(0, MOST).map((member) => factsOf(member, hereId));
}

function namesOf({ displayName, user }: GuildMember): readonly string[] {
  return [displayName, user.username, user.globalName ?? ''].map(fold).filter((name) => name !== '');
}

function factsOf(member: GuildMember, hereId: string | null): MemberFacts {
  const { guild, user, id, displayName, joinedTimestamp, roles } = member;
  return {
    id,
    name: onOneLine(displayName),
    username: user.username,
    bot: user.bot,
    owner: guild.ownerId === id,
    joinedAt: joinedTimestamp,
    roles: [...roles.cache.values()]
      .filter((role) => role.id !== guild.id)
      .toSorted((one, other) => other.comparePositionTo(one))
      .map(({ name }) => onOneLine(name)),
    voiceChannel: voiceChannelOf(member, hereId),
  };
}

/** Who is in a channel that not everybody can see is nobody's business. */
function voiceChannelOf({ voice, guild }: GuildMember, hereId: string | null): string | null {
  const { channel } = voice;
  if (channel === null) return null;
  const isPublic = channel.permissionsFor(guild.roles.everyone).has(PermissionFlagsBits.ViewChannel);
  return isPublic || channel.id === hereId ? onOneLine(channel.name) : null;
}
