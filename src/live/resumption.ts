/**
 * The resumption handle a session holds: what continues the conversation on the next connection (reference/live-api.md §8.5).
 */
import type { ResumptionHandle } from '../types/live.ts';

export interface Resumption {
  /** The value to resume with at `now` (ms since 1970), or null. */
  usable(now: number): string | null;
  /** A handle as the service issued it. */
  issued(value: string, now: number): void;
  /** It was refused, or is no more worth trying. */
  drop(): void;
}

/** Valid for two hours after its last connection ended (§8.3); counted from its issue, which is never later. */
export const HANDLE_MS = 2 * 60 * 60_000;

/** @param onChange the handle there is now; told of changes only */
export function createResumption(
  initial: ResumptionHandle | null,
  model: string,
  onChange: (handle: ResumptionHandle | null) => void,
): Resumption {
  let handle = initial;
  const set = (next: ResumptionHandle | null): void => {
    if (next?.value === handle?.value) return;
    handle = next;
    onChange(next);
  };
  return {
    usable(now) {
      if (handle !== null && (handle.model !== model || now - handle.issuedAt >= HANDLE_MS)) set(null);
      return handle?.value ?? null;
    },
    issued: (value, now) => set({ value, model, issuedAt: now }),
    drop: () => set(null),
  };
}
