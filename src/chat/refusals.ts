/**
 * Refusals of plain messages, one after another in each channel with a pause between, so that a crowd that is told to wait does not keep
 * the answers out: Discord takes five new messages of a channel in five seconds.
 */
import type { Clock, Timer } from '../types/clock.ts';
import type { Log } from '../types/log.ts';

const PAUSE_MS = 1_500;

export interface Refusals {
  post(channelId: string, post: () => Promise<unknown>): void;
  /** What waits is posted at once. */
  close(): void;
}

export function createRefusals({ clock, log }: { readonly clock: Clock; readonly log: Log }): Refusals {
  /** What waits in each channel in which something was posted a moment ago. */
  const channels = new Map<string, { readonly waiting: (() => void)[]; timer: Timer }>();
  let closed = false;

  const perform = (channelId: string, post: () => Promise<unknown>): void => {
    post().catch((error: unknown) => log.info({ err: error, channelId }, 'a refusal could not be posted'));
  };

  const rest = (channelId: string): Timer =>
    clock.after(PAUSE_MS, () => {
      const channel = channels.get(channelId);
      const next = channel?.waiting.shift();
      if (channel === undefined || next === undefined) return void channels.delete(channelId);
      channel.timer = rest(channelId);
      next();
    });

  return {
    post(channelId, post) {
      const channel = channels.get(channelId);
      if (channel !== undefined && !closed) return void channel.waiting.push(() => perform(channelId, post));
      if (!closed) channels.set(channelId, { waiting: [], timer: rest(channelId) });
      perform(channelId, post);
    },
    close() {
      closed = true;
      for (const { waiting, timer } of channels.values()) {
        timer.cancel();
        for (const next of waiting) next();
      }
      channels.clear();
    },
  };
}
