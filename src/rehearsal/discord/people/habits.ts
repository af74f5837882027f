/**
 * What everything that a simulated member does stands on: what it may do where, and how an interaction begins.
 */
import type { Commands } from '../commands.ts';
import type { Files } from '../files.ts';
import type { InteractionWatch } from '../interactions/interaction.ts';
import type { Interactions, Started } from '../interactions/interactions.ts';
import type { Messages } from '../messages.ts';
import type { VoiceStates } from '../voice-states.ts';
import type { ChannelState, GuildState, MemberState, MessageState } from '../world/guild-state.ts';
import { channelOf } from '../world/guild-state.ts';
import { messageJson } from '../world/message-json.ts';
import { entersChat, has, type PermissionName, permissionsIn } from '../world/permissions.ts';
import type { World } from '../world/world.ts';
import { interactionPayload } from './interaction-payload.ts';
import { watchInteraction } from './watch-interaction.ts';

export interface PersonDeps {
  readonly world: World;
  readonly commands: Commands;
  readonly interactions: Interactions;
  readonly messages: Messages;
  readonly files: Files;
  readonly voiceStates: VoiceStates;
  readonly dispatch: (event: string, data: object) => void;
  /** The first truthy answer of `look`, which is asked again after everything that happens. @throws Error after `timeoutMs` */
  readonly until: <Found>(look: () => Found, timeoutMs?: number) => Promise<NonNullable<Found>>;
}

export interface Habits {
  readonly guild: GuildState;
  readonly member: MemberState;
  readonly deps: PersonDeps;
  may(channel: ChannelState, permission: PermissionName): boolean;
  /** @throws Error when a permission is missing */
  needs(channel: ChannelState, ...permissions: readonly PermissionName[]): void;
  /** The first text channel that the member sees. */
  somewhere(): ChannelState;
  /** Where a message is. @throws Error when the member cannot see it */
  reach(message: MessageState): ChannelState;
  start(started: Omit<Started, 'user' | 'guild'>, data: object, locale?: string): InteractionWatch;
}

export function createHabits(guild: GuildState, member: MemberState, deps: PersonDeps): Habits {
  const { world, interactions } = deps;
  const { id, name, locale: ownLocale } = member.user;
  const permissions = (channel: ChannelState): bigint => permissionsIn(guild, channel, member);

  return {
    guild,
    member,
    deps,
    may: (channel, permission) => has(permissions(channel), permission),
    needs(channel, ...needed) {
      const lacking = needed.find((one) => !has(permissions(channel), one));
      if (lacking) throw new Error(`${name} lacks ${lacking} in ${channel.name}`);
    },
    somewhere() {
      const channel = guild.channels.find((one) => one.kind === 'text' && has(permissions(one), 'ViewChannel'));
      if (!channel) throw new Error(`${name} sees no text channel`);
      return channel;
    },
    reach(message) {
      const channel = message.deleted ? undefined : channelOf(guild, message.channelId);
      const shown = message.privateTo === null || message.privateTo === id;
      if (!channel || !shown || !entersChat(channel, permissions(channel)))
        throw new Error(`${name} does not see that message`);
      return channel;
    },
    start(started, data, locale = ownLocale) {
      const message = started.source ? messageJson(started.source) : undefined;
      const all = { ...started, user: member.user, guild };
      const interaction = interactions.start(all, (one) => interactionPayload(one, world, locale, data, message));
      return watchInteraction(interactions, interaction);
    },
  };
}
