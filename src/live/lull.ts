/**
 * The lull in which a connection is replaced: nobody is in the middle of anything, and the next one will know all that was said.
 * Pure; times in ms.
 */
import type { DrainReason } from './session-model.ts';

/** Since when it has been quiet; null: it is not. */
export type Lull = number | null;

export interface LullFacts {
  readonly reason: DrainReason;
  /** An answer is coming, or a call has no response. */
  readonly modelBusy: boolean;
  /** Something was asked and has no answer. */
  readonly asked: boolean;
  /** Nobody has asked or is saying anything. */
  readonly nobodySpeaks: boolean;
}

/**
 * How long a handle is waited for. It follows the end of a turn within a second (reference/live-api.md §3.6), and one from before
 * would continue a session that has heard neither the last question nor its answer; without one both are told in text.
 */
export const HANDLE_WAIT_MS = 1_500;

export function lullAfter(lull: Lull, facts: LullFacts, now: number): Lull {
  return isQuiet(facts) ? (lull ?? now) : null;
}

/** @param inHandle a session that continues from the newest handle knows everything */
export function mayReplace(lull: Lull, inHandle: boolean, now: number): boolean {
  return lull !== null && (inHandle || now - lull >= HANDLE_WAIT_MS);
}

/** When to look again; null: there is nothing to wait for. */
export function lullDeadline(lull: Lull): number | null {
  return lull === null ? null : lull + HANDLE_WAIT_MS;
}

/**
 * What people say is sent again whole, so for settings, which somebody waits for, it is enough that no answer is due: among people
 * who talk all the time there may be no other moment. A connection that is only getting old can wait for a better one.
 */
function isQuiet({ reason, modelBusy, asked, nobodySpeaks }: LullFacts): boolean {
  return !modelBusy && (reason === 'settings' ? !asked : nobodySpeaks);
}
