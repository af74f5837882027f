/**
 * Who is in a voice channel, from the voice states that the gateway keeps current. The bot itself is not on the roster.
 */
import type { VoiceBasedChannel } from 'discord.js';
import type { RosterEntry } from '../types/settings.ts';
import type { OptOuts } from './opt-outs.ts';

/**
 * A voice state whose member is not known yet is left out: whether that is a bot cannot be told, and every update of a voice
 * state brings its member along (Discord, "Voice State Object").
 */
export function rosterOf(channel: VoiceBasedChannel, optOuts: Pick<OptOuts, 'has'>): readonly RosterEntry[] {
  const { guild, client } = channel;
  return [...guild.voiceStates.cache.values()].flatMap((state) => {
    const { member } = state;
    if (state.channelId !== channel.id || member === null || member.id === client.user.id) return [];
    const { id, displayName: name, user } = member;
    return [{ id, name, bot: user.bot, optedOut: optOuts.has(id), locale: null }];
  });
}

/** How many of a roster are company: bots are none. */
export function people(roster: readonly RosterEntry[]): number {
  return roster.filter((entry) => !entry.bot).length;
}
