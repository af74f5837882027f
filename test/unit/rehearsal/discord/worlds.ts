/** Simulated servers for tests of what is made of them. */
import type { ChannelState, GuildState, MemberState } from '../../../../src/rehearsal/discord/world/guild-state.ts';
import { createWorld, type GuildSpec, type World } from '../../../../src/rehearsal/discord/world/world.ts';

export interface Place {
  readonly world: World;
  readonly guild: GuildState;
  channel(name: string): ChannelState;
  member(name: string): MemberState;
}

/** 2024-05-05T05:05:05Z */
export const NOW = 1_714_885_505_000;

export function createPlace(spec: GuildSpec = {}): Place {
  const world = createWorld({ guilds: [spec], botName: 'Parley', messageContent: false, now: () => NOW });
  const [guild] = world.guilds;
  if (!guild) throw new Error('no server');
  const named = <Thing>(things: readonly Thing[], is: (thing: Thing) => boolean): Thing => {
    const found = things.find(is);
    if (!found) throw new Error('no such thing');
    return found;
  };
  return {
    world,
    guild,
    channel: (name) => named(guild.channels, (one) => one.name === name),
    member: (name) => named(guild.members, ({ user }) => user.name === name),
  };
}
