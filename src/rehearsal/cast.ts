/**
 * The people of the rehearsal, in their voice channel.
 */
import type { LoopbackDiscord } from './discord/loopback-discord.ts';
import type { Person } from './discord/people/person.ts';
import type { VoiceMember } from './discord/voice/member.ts';
import type { ChannelState } from './discord/world/guild-state.ts';
import type { ScriptedTurn } from './script.ts';

export type Speaker = ScriptedTurn['speaker'];

export interface Cast {
  readonly channel: ChannelState;
  readonly people: Readonly<Record<Speaker, Person>>;
  voiceOf(speaker: Speaker): VoiceMember;
  /** Whose ears the rehearsal listens with. */
  readonly listener: VoiceMember;
  nameOf(userId: string): string;
  leave(): void;
}

const CHANNEL = 'Lounge';

/** Adam and Beth meet in the lounge. */
export function gather({ control, world }: LoopbackDiscord): Cast {
  const channel = control.channel(CHANNEL);
  const people = { Adam: control.person('Adam'), Beth: control.person('Beth') };
  const voices = { Adam: people.Adam.joinVoice(channel), Beth: people.Beth.joinVoice(channel) };
  return {
    channel,
    people,
    voiceOf: (speaker) => voices[speaker],
    listener: voices.Adam,
    nameOf(userId) {
      if (userId === world.bot.id) return world.bot.name;
      return Object.values(people).find(({ id }) => id === userId)?.name ?? userId;
    },
    leave() {
      for (const person of Object.values(people)) person.leaveVoice();
    },
  };
}
