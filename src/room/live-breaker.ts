/**
 * The circuit breaker of the Live service: one for the process, since all its rooms have the same key. While the service, or the
 * quota of the key, is in trouble, one room at a time tries whether it is back, and the others wait. Pure; times in ms.
 */
import type { Problem } from '../errors.ts';
import type { Random } from '../types/clock.ts';
import type { ReachReport } from '../types/reach.ts';

type Circuit =
  /** Everybody dials as it likes. */
  | { readonly status: 'closed' }
  /** Nobody does until `until`; then the first that wants to is to try. */
  | { readonly status: 'open'; readonly until: number; readonly problem: Problem }
  /** One is trying; without a word of it until `until` it has failed. */
  | { readonly status: 'probing'; readonly by: string; readonly until: number; readonly problem: Problem };

export interface Breaker {
  readonly circuit: Circuit;
  /** When sessions failed of late, while the circuit was closed. */
  readonly failures: readonly number[];
  /** How often in a row it has opened or a probe has failed. */
  readonly level: number;
  /** When it last closed. */
  readonly closedAt: number;
  /** Who would dial if it might, the longest waiting first. */
  readonly waiting: readonly string[];
}

export type BreakerEvent =
  | { readonly type: 'report'; readonly id: string; readonly report: ReachReport }
  /** A session is to be opened for somebody who waits for it. */
  | { readonly type: 'opening'; readonly id: string }
  /** The session is gone. */
  | { readonly type: 'gone'; readonly id: string }
  | { readonly type: 'tick' };

export type BreakerEffect =
  /** To everybody. */
  | { readonly type: 'shut'; readonly problem: Problem }
  | { readonly type: 'open' }
  | { readonly type: 'probe'; readonly id: string };

export interface BreakerContext {
  readonly now: number;
  readonly random: Random;
  /** Sessions there are. */
  readonly sessions: number;
}

export interface BreakerStep {
  readonly breaker: Breaker;
  readonly effects: readonly BreakerEffect[];
}

/** Failures that open it, within so long: three in a row are no accident for a few rooms, and daily business for many. */
const FAILURES = 3;
const ROOMS_A_FAILURE = 4;
const WINDOW_MS = 60_000;
/** Until the first probe, at most; twice as long after each that fails. */
const FIRST_MS = 2_000;
/** Storms of 1011 last minutes (reference/live-api.md §11): once a minute is often enough. */
const LONGEST_MS = 60_000;
/** Connecting takes 10 s at most, closing what was before one more. */
export const PROBE_MS = 15_000;
/** After so long without trouble the next starts from the beginning. */
const FORGET_MS = 5 * 60_000;

export const NEW_BREAKER: Breaker = {
  circuit: { status: 'closed' },
  failures: [],
  level: 0,
  closedAt: Number.NEGATIVE_INFINITY,
  waiting: [],
};

export function stepBreaker(breaker: Breaker, event: BreakerEvent, context: BreakerContext): BreakerStep {
  switch (event.type) {
    case 'report':
      return onReport(breaker, event.id, event.report, context);
    case 'opening':
      return next(isDue(breaker, context.now) ? withFirst(breaker, event.id) : breaker, context);
    case 'gone':
      return onGone(breaker, event.id, context);
    case 'tick':
      return onTick(breaker, context);
  }
}

/** When to tick, or null. */
export function breakerDeadline({ circuit, waiting }: Breaker): number | null {
  if (circuit.status === 'closed' || (circuit.status === 'open' && waiting.length === 0)) return null;
  return circuit.until;
}

/** Why somebody may not dial now, and when it may be worth asking again; null: it may. */
export function refusal({ circuit }: Breaker, id: string): Problem | null {
  if (circuit.status === 'closed' || (circuit.status === 'probing' && circuit.by === id)) return null;
  return problemUntil(circuit.problem, circuit.until);
}

function onReport(breaker: Breaker, id: string, report: ReachReport, context: BreakerContext): BreakerStep {
  switch (report.type) {
    case 'connected':
      return close(breaker, context.now);
    case 'waits': {
      // Told to wait when it was over already: what it needs to hear is on its way.
      if (breaker.circuit.status === 'closed' || breaker.waiting.includes(id)) return same(breaker);
      return next({ ...breaker, waiting: [...breaker.waiting, id] }, context);
    }
    case 'failed':
      return onFailure(breaker, id, report, context);
  }
}

function onFailure(
  breaker: Breaker,
  id: string,
  { problem, waitMs }: Extract<ReachReport, { type: 'failed' }>,
  context: BreakerContext,
): BreakerStep {
  const { circuit } = breaker;
  const { now, sessions } = context;
  if (circuit.status === 'probing' && circuit.by === id) return open(breaker, problem, waitMs, context);
  if (circuit.status === 'closed') {
    const failures = [...breaker.failures, now].filter((at) => now - at < WINDOW_MS);
    const enough = failures.length >= Math.max(FAILURES, Math.ceil(sessions / ROOMS_A_FAILURE));
    if (waitMs !== null || enough) return open({ ...breaker, failures }, problem, waitMs, context);
    return same({ ...breaker, failures });
  }
  // Dialled before it opened. A quota is known to the service best, whoever it tells.
  if (circuit.status === 'probing' || waitMs === null || now + waitMs <= circuit.until) return same(breaker);
  return open({ ...breaker, level: breaker.level - 1 }, problem, waitMs, context);
}

function open(before: Breaker, why: Problem, waitMs: number | null, { now, random }: BreakerContext): BreakerStep {
  const fresh = before.circuit.status === 'closed' && now - before.closedAt >= FORGET_MS;
  const level = fresh ? 0 : before.level;
  const delay = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, level)) * random();
  const until = now + Math.max(delay, waitMs ?? 0);
  const problem: Problem = why.code === 'LIVE_QUOTA' ? why : { ...why, code: 'LIVE_UNREACHABLE' };
  const breaker = { ...before, circuit: { status: 'open', until, problem } as const, failures: [], level: level + 1 };
  return { breaker, effects: [{ type: 'shut', problem: problemUntil(problem, until) }] };
}

function close(breaker: Breaker, now: number): BreakerStep {
  if (breaker.circuit.status === 'closed') return same(breaker);
  const closed = { ...breaker, circuit: { status: 'closed' }, failures: [], closedAt: now, waiting: [] } as const;
  return { breaker: closed, effects: [{ type: 'open' }] };
}

function onGone(before: Breaker, id: string, context: BreakerContext): BreakerStep {
  const breaker = { ...before, waiting: before.waiting.filter((it) => it !== id) };
  const { circuit } = breaker;
  if (circuit.status !== 'probing' || circuit.by !== id) return same(breaker);
  // It said nothing of the service: the next is to try at once.
  const { problem } = circuit;
  return next({ ...breaker, circuit: { status: 'open', until: context.now, problem } }, context);
}

function onTick(breaker: Breaker, context: BreakerContext): BreakerStep {
  const { circuit } = breaker;
  if (circuit.status !== 'probing' || context.now < circuit.until) return next(breaker, context);
  return open(breaker, circuit.problem, null, context);
}

/** Whether the next who wants to may try. */
export function isDue({ circuit }: Breaker, now: number): boolean {
  return circuit.status === 'open' && now >= circuit.until;
}

/** Lets the first in line try, if it is time. */
function next(breaker: Breaker, { now }: BreakerContext): BreakerStep {
  const { circuit, waiting } = breaker;
  const [by, ...others] = waiting;
  if (circuit.status !== 'open' || now < circuit.until || by === undefined) return same(breaker);
  const { problem } = circuit;
  const probing = { status: 'probing', by, until: now + PROBE_MS, problem } as const;
  return { breaker: { ...breaker, circuit: probing, waiting: others }, effects: [{ type: 'probe', id: by }] };
}

function withFirst(breaker: Breaker, id: string): Breaker {
  return { ...breaker, waiting: [id, ...breaker.waiting] };
}

function problemUntil(problem: Problem, until: number): Problem {
  return { ...problem, details: { ...problem.details, retryAt: until } };
}

function same(breaker: Breaker): BreakerStep {
  return { breaker, effects: [] };
}
