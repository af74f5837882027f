/**
 * What is made of a connection that failed: again at once, after a while, without the handle, with the old settings, or no more.
 * Pure.
 */
import type { ErrorCode, Problem } from '../errors.ts';
import { nextAttempt } from './backoff.ts';
import type { CloseVerdict } from './close-reasons.ts';
import type { SessionEffect, SessionModel, SessionTransition, StepContext } from './session-model.ts';
import { after, close, dial, enter, same } from './session-transitions.ts';
import type { TransportClose } from './transport.ts';

export function decide(
  model: SessionModel,
  verdict: CloseVerdict,
  it: TransportClose,
  context: StepContext,
): SessionTransition {
  switch (verdict.kind) {
    case 'fatal':
      return close(model, { code: verdict.code, details: verdict.details });
    case 'revert': {
      const { code, details } = verdict;
      return after([{ type: 'revert', problem: { code, details } }], dial(model, context));
    }
    case 'dropHandle':
      return after([{ type: 'dropHandle' }], dial({ ...model, handleFailures: 0 }, { ...context, hasHandle: false }));
    case 'resume':
      // At once, but not in a circle: a connection that ends over and over without an answer is a failure like any other.
      if (model.failures === 0) return dial({ ...model, failures: 1 }, context);
      return retry(model, 'LIVE_UNREACHABLE', it, null, context);
    case 'retry':
      return failed(model, 'LIVE_UNREACHABLE', it, context);
    case 'quota':
      return outOfQuota(model, verdict.retryAfterMs, it, context);
  }
}

/** As `retry`, and others with the same key should know. */
export function failed(
  model: SessionModel,
  code: ErrorCode,
  it: TransportClose | null,
  context: StepContext,
): SessionTransition {
  const problem: Problem = { code, details: whyOf(it) };
  const report: SessionEffect = { type: 'report', report: { type: 'failed', problem, waitMs: null } };
  return after([report], retry(model, code, it, null, context));
}

export function retry(
  before: SessionModel,
  code: ErrorCode,
  it: TransportClose | null,
  atLeastMs: number | null,
  context: StepContext,
): SessionTransition {
  const model = { ...before, failures: before.failures + 1 };
  const { failures, everReady } = model;
  const next = nextAttempt({ failures, everReady, atLeastMs, random: context.random });
  if (next.action === 'wait') return same(enter(model, { kind: 'waiting' }, context.now + next.ms));
  return close(model, { code: everReady && code !== 'LIVE_QUOTA' ? 'LIVE_LOST' : code, details: whyOf(it) });
}

function whyOf(it: TransportClose | null): Problem['details'] {
  if (it === null) return {};
  return { closeCode: it.code, reason: it.reason, ...(it.httpStatus !== null && { httpStatus: it.httpStatus }) };
}

/** A quota is a minute or a day; the service seldom says which. Whoever waits for `/join` is told at once, a room once. */
const QUOTA_MS = 60_000;

function outOfQuota(
  model: SessionModel,
  retryAfterMs: number | null,
  it: TransportClose,
  context: StepContext,
): SessionTransition {
  const waitMs = Math.max(1_000, retryAfterMs ?? QUOTA_MS);
  const problem: Problem = { code: 'LIVE_QUOTA', details: { retryAt: context.now + waitMs, reason: it.reason } };
  const report: SessionEffect = { type: 'report', report: { type: 'failed', problem, waitMs } };
  if (!model.everReady) return close(model, problem, [report]);
  const next = retry({ ...model, toldQuota: true }, 'LIVE_QUOTA', it, waitMs, context);
  if (model.toldQuota || next.model.state.status === 'closed') return after([report], next);
  return after([report, { type: 'problem', problem }], next);
}
