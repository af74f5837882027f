/**
 * Spending limits: whether a room may open, when an open one has to end, and when to say so beforehand.
 *
 * Pure. The day is UTC (DESIGN.md §4), so that a restart or a server's time zone changes nothing about it.
 */
import type { Problem } from '../errors.ts';
import { relativeTime } from '../i18n/relative-time.ts';
import type { Usage } from './store.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Long enough before the end to finish a thought, short enough not to be forgotten. */
export const WARN_MINUTES_LEFT = 5;
export const WARN_TOKENS_LEFT_PERCENT = 10;

export interface Limits {
  readonly maxRooms: number;
  /** Null for no limit. */
  readonly maxMinutesPerDay: number | null;
  /** Null for no limit. */
  readonly maxTokensPerDay: number | null;
}

/** `reset` is when the limit starts again, in Discord's markup. */
export type Verdict =
  | { readonly kind: 'within' }
  | { readonly kind: 'minutesNearing'; readonly minutes: number; readonly reset: string }
  | { readonly kind: 'tokensNearing'; readonly percent: number; readonly reset: string }
  | { readonly kind: 'reached'; readonly problem: Problem };

/** The UTC day of a moment (ms since 1970) as `YYYY-MM-DD`. */
export function utcDay(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** When the day of `now` is over and every limit starts again, ms since 1970. */
export function nextReset(now: number): number {
  return (Math.floor(now / DAY_MS) + 1) * DAY_MS;
}

/** Why one more room may not open, or null. `rooms` are open already, `usage` is the guild's of today. */
export function mayOpen(limits: Limits, rooms: number, usage: Usage, now: number): Problem | null {
  if (rooms >= limits.maxRooms) return { code: 'ROOM_LIMIT', details: { limit: limits.maxRooms } };
  const verdict = judge(limits, usage, now);
  return verdict.kind === 'reached' ? verdict.problem : null;
}

/** What an open room's guild has to be told or has to stop, given what it used today. */
export function judge(limits: Limits, usage: Usage, now: number): Verdict {
  const { maxMinutesPerDay: minutes, maxTokensPerDay: tokens } = limits;
  const msLeft = minutes === null ? Number.POSITIVE_INFINITY : minutes * MINUTE_MS - usage.voiceMs;
  const tokensLeft = tokens === null ? Number.POSITIVE_INFINITY : tokens - usage.tokens;
  const reset = relativeTime(nextReset(now));
  if (msLeft <= 0) return { kind: 'reached', problem: { code: 'MINUTES_LIMIT', details: { reset } } };
  if (tokensLeft <= 0) return { kind: 'reached', problem: { code: 'TOKENS_LIMIT', details: { reset } } };
  if (msLeft <= WARN_MINUTES_LEFT * MINUTE_MS) {
    return { kind: 'minutesNearing', minutes: Math.ceil(msLeft / MINUTE_MS), reset };
  }
  const percent = tokens === null ? 100 : (tokensLeft / tokens) * 100;
  if (percent <= WARN_TOKENS_LEFT_PERCENT)
    return { kind: 'tokensNearing', percent: Math.max(1, Math.round(percent)), reset };
  return { kind: 'within' };
}
