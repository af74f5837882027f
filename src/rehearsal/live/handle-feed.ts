/**
 * `sessionResumptionUpdate`: a handle whenever the session can be resumed, and word when it cannot (live-api.md §3.6, §8.5).
 */
import type { LiveTimer } from './live-clock.ts';
import type { Handles } from './resumption.ts';
import type { SessionContext } from './session-context.ts';

export interface HandleFeed {
  /** Whether the session could be resumed now may have changed. */
  update(resumable: boolean): void;
  close(): void;
}

export function createHandleFeed(context: SessionContext, handles: Handles): HandleFeed {
  const { accepted, clock, conversation, options, script } = context;
  let timer: LiveTimer | null = null;
  let last: boolean | null = null;

  function issue(): void {
    if (!script.withholdHandles) {
      const newHandle = handles.issue(conversation);
      context.send({ sessionResumptionUpdate: { newHandle, resumable: true } });
    }
    if (options.handleIntervalMs !== null) timer = clock.after(options.handleIntervalMs, issue);
  }

  return {
    update(resumable) {
      if (!accepted.sendsHandles || resumable === last) return;
      last = resumable;
      timer?.cancel();
      timer = null;
      if (resumable) issue();
      else context.send({ sessionResumptionUpdate: { resumable: false } });
    },
    close() {
      timer?.cancel();
      last = false;
    },
  };
}
