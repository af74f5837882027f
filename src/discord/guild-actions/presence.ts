import type { VoiceBasedChannel } from 'discord.js';
import type { Presence } from '../../tools/guild-actions.ts';
import type { OptOuts } from '../opt-outs.ts';
import { onOneLine } from '../quote.ts';
import { rosterOf } from '../roster.ts';

/** Who is in a voice channel now, but for the bot itself. */
export function presenceIn(channel: VoiceBasedChannel, optOuts: Pick<OptOuts, 'has'>): Presence {
  const roster = rosterOf(channel, optOuts);
  const named = (bot: boolean): readonly string[] =>
    roster.filter((entry) => entry.bot === bot && !entry.optedOut).map(({ name }) => onOneLine(name));
  return {
    channel: onOneLine(channel.name),
    people: named(false),
    bots: named(true),
    notHeard: roster.filter(({ optedOut }) => optedOut).length,
  };
}
