/**
 * Archives a thread or brings it back, and tells the bot (Discord, "Threads", Active & Archived Threads).
 */
import type { ChannelState } from '../world/guild-state.ts';
import { channelJson } from '../world/serialise.ts';
import type { ApiDeps } from './route.ts';

export function setThread(
  thread: ChannelState,
  change: Partial<Pick<ChannelState, 'archived' | 'locked' | 'name'>>,
  { world, dispatch }: Pick<ApiDeps, 'world' | 'dispatch'>,
): void {
  Object.assign(thread, change);
  const guild = world.guild(thread.guildId);
  if (guild) dispatch('THREAD_UPDATE', channelJson(guild, thread));
}
