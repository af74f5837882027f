/**
 * Shows in a channel that an answer is being written, as long as anybody waits for one there.
 */
import type { Clock, Timer } from '../types/clock.ts';
import type { Log } from '../types/log.ts';

/** Discord shows it for ten seconds (Discord, "Trigger Typing Indicator"). */
const AGAIN_MS = 8_000;

export interface Typing {
  /** Begins, or goes on beside others; returns what ends it. */
  begin(channelId: string, show: () => Promise<void>): () => void;
  close(): void;
}

interface Shown {
  waiting: number;
  timer: Timer;
}

export function createTyping({ clock, log }: { readonly clock: Clock; readonly log: Log }): Typing {
  const channels = new Map<string, Shown>();

  const showNow = (channelId: string, show: () => Promise<void>): Timer => {
    // Nobody misses it: what matters is the answer.
    show().catch((error: unknown) => log.debug({ err: error, channelId }, 'typing could not be shown'));
    return clock.after(AGAIN_MS, () => {
      const shown = channels.get(channelId);
      if (shown !== undefined) shown.timer = showNow(channelId, show);
    });
  };

  const end = (channelId: string): void => {
    const shown = channels.get(channelId);
    if (shown === undefined || --shown.waiting > 0) return;
    shown.timer.cancel();
    channels.delete(channelId);
  };

  return {
    begin(channelId, show) {
      const shown = channels.get(channelId);
      if (shown === undefined) channels.set(channelId, { waiting: 1, timer: showNow(channelId, show) });
      else shown.waiting++;
      let over = false;
      return () => {
        if (!over) end(channelId);
        over = true;
      };
    },
    close() {
      for (const { timer } of channels.values()) timer.cancel();
      channels.clear();
    },
  };
}
