/**
 * Whether somebody in the room's channel is heard, and why not.
 */
import type { VoiceBasedChannel, VoiceState } from 'discord.js';
import type { OptOuts } from './opt-outs.ts';

/** `muted`: by themselves, by a moderator, or in the audience of a stage. */
export type Audibility = 'heard' | 'muted' | 'optedOut' | 'bot';

export interface Attendee {
  readonly id: string;
  readonly audibility: Audibility;
}

export function audibilityOf({ id, member, mute, suppress }: VoiceState, optOuts: Pick<OptOuts, 'has'>): Audibility {
  if (optOuts.has(id)) return 'optedOut';
  if (member?.user.bot === true) return 'bot';
  return mute === true || suppress === true ? 'muted' : 'heard';
}

/** Everybody in the channel but the bot itself, as they are just now. */
export function attendeesOf(channel: VoiceBasedChannel, optOuts: Pick<OptOuts, 'has'>): readonly Attendee[] {
  const { guild, client } = channel;
  return [...guild.voiceStates.cache.values()]
    .filter((state) => state.channelId === channel.id && state.id !== client.user.id)
    .map((state) => ({ id: state.id, audibility: audibilityOf(state, optOuts) }));
}
