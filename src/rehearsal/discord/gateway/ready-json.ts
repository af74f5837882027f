/**
 * READY: what a bot is told of itself; its servers follow one by one (Discord, "Gateway Events", Ready).
 */
import { memberOf } from '../world/guild-state.ts';
import { userJson } from '../world/serialise.ts';
import type { World } from '../world/world.ts';

/** @param url for resuming */
export function readyJson(world: World, sessionId: string, url: string): object {
  const mine = world.guilds.filter((guild) => memberOf(guild, world.bot.id));
  return {
    v: 10,
    user: { ...userJson(world.bot), mfa_enabled: false, verified: true, email: null, flags: 0 },
    application: { id: world.applicationId, flags: applicationFlags(world) },
    guilds: mine.map(({ id }) => ({ id, unavailable: true })),
    private_channels: [],
    session_id: sessionId,
    resume_gateway_url: url,
    shard: [0, 1],
  };
}

/** Bit 19: the message content intent of an application on few servers (Discord, "Application", Flags). */
export function applicationFlags(world: World): number {
  return world.messageContentAllowed ? 1 << 19 : 0;
}
