/**
 * What to do when the voice connection fails: resume, rejoin, wait for somebody else, or stop and say why.
 *
 * @discordjs/voice 0.19.2 answers nearly every close code with an immediate rejoin, without back-off: a channel that keeps
 * closing was measured at 67 to 80 gateway payloads a second, where Discord allows 120 a minute for a whole shard. The table is
 * Discord's (Voice Close Event Codes) as reference/ecosystem.md §1 reads it. Pure.
 */
import type { ErrorCode } from '../errors.ts';
import type { Random } from '../types/clock.ts';

export type LinkFailure =
  /** The voice socket was closed and the library cannot resume. */
  | { readonly kind: 'closed'; readonly code: number }
  /** Connecting or resuming took too long. */
  | { readonly kind: 'timeout' }
  /** The socket drops and resumes over and over. */
  | { readonly kind: 'resumes' }
  /** Discord took the voice server away and will name another. */
  | { readonly kind: 'endpointRemoved' }
  /** The gateway says that we are in no channel. */
  | { readonly kind: 'removed' }
  /** The call is encrypted and we cannot take part in it. */
  | { readonly kind: 'encryption' };

export interface PastFailure {
  readonly failure: LinkFailure;
  /** ms on the clock. */
  readonly at: number;
}

export type RejoinDecision =
  /** Ask the gateway again after `afterMs`; `leaveFirst` where Discord may still think that we are connected. */
  | { readonly action: 'rejoin'; readonly afterMs: number; readonly leaveFirst: boolean }
  /** Somebody else has the next move; if it does not come, the link ends. */
  | { readonly action: 'wait'; readonly forMs: number; readonly otherwise: ErrorCode }
  /** Re-initialise the end-to-end encryption in place. */
  | { readonly action: 'recover' }
  | { readonly action: 'stop'; readonly code: ErrorCode };

/** Failures count against a link for this long: one that held for five minutes since then has earned a new start. */
export const FORGET_MS = 5 * 60_000;

/** Rejoins within `FORGET_MS`. With the back-off below the fifth comes about half a minute after the first. */
export const MAX_REJOINS = 5;

/** Craig, the largest recorder of Discord calls, also stops after five recoveries of the encryption. */
export const MAX_ENCRYPTION_FAILURES = 5;

/** A move by a moderator closes with 4014 and brings a new server within a second or two; a kick brings nothing. */
export const MOVE_WAIT_MS = 5_000;

/** A change of region or a crashed voice server: Discord names the next one in seconds, rarely in more than ten. */
export const SERVER_WAIT_MS = 15_000;

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/** We said something wrong or our credentials are: trying the same again cannot help, once is for a hiccup at their end. */
const OUR_FAULT: ReadonlySet<number> = new Set([4001, 4002, 4003, 4004, 4005, 4011, 4012, 4016, 4020]);

const DISCONNECTED = 4014;
const ENCRYPTION_REQUIRED = 4017;
const RATE_LIMITED = 4021;
const CALL_TERMINATED = 4022;

/** @param history earlier failures, oldest first, this one not among them */
export function decideRejoin(
  failure: LinkFailure,
  history: readonly PastFailure[],
  { now, random }: { readonly now: number; readonly random: Random },
): RejoinDecision {
  const recent = recentFailures(history, now);
  switch (failure.kind) {
    case 'closed':
      return decideOnClose(failure.code, recent, random);
    case 'timeout':
    case 'resumes':
      return rejoin(recent, random, { leaveFirst: true });
    case 'endpointRemoved':
      return { action: 'wait', forMs: SERVER_WAIT_MS, otherwise: 'VOICE_LOST' };
    case 'removed':
      return { action: 'wait', forMs: MOVE_WAIT_MS, otherwise: 'VOICE_KICKED' };
    case 'encryption':
      return decideOnEncryption(recent);
  }
}

/** Those of the history that still count. */
export function recentFailures(history: readonly PastFailure[], now: number): readonly PastFailure[] {
  return history.filter(({ at }) => now - at < FORGET_MS);
}

function decideOnClose(code: number, recent: readonly PastFailure[], random: Random): RejoinDecision {
  switch (code) {
    case DISCONNECTED:
      return { action: 'wait', forMs: MOVE_WAIT_MS, otherwise: 'VOICE_KICKED' };
    case ENCRYPTION_REQUIRED:
      return { action: 'stop', code: 'VOICE_ENCRYPTION_REQUIRED' };
    case RATE_LIMITED:
      return { action: 'stop', code: 'VOICE_RATE_LIMITED' };
    case CALL_TERMINATED:
      return { action: 'wait', forMs: SERVER_WAIT_MS, otherwise: 'VOICE_CALL_TERMINATED' };
  }
  if (OUR_FAULT.has(code) && recent.some(({ failure }) => isOurFault(failure))) {
    return { action: 'stop', code: 'VOICE_REJECTED' };
  }
  return rejoin(recent, random, { leaveFirst: false });
}

/** In place first, which takes 60 ms and is not heard; every other time a rejoin, which starts from nothing. */
function decideOnEncryption(recent: readonly PastFailure[]): RejoinDecision {
  const failures = 1 + recent.filter(({ failure }) => failure.kind === 'encryption').length;
  if (failures >= MAX_ENCRYPTION_FAILURES) return { action: 'stop', code: 'VOICE_ENCRYPTION_FAILED' };
  return failures % 2 === 1 ? { action: 'recover' } : { action: 'rejoin', afterMs: 0, leaveFirst: true };
}

/** Doubles from 1 s; the upper half of each delay is random, so that the rooms of a dead server do not come back as one. */
function rejoin(
  recent: readonly PastFailure[],
  random: Random,
  { leaveFirst }: { readonly leaveFirst: boolean },
): RejoinDecision {
  const before = recent.filter(({ failure }) => causesRejoin(failure)).length;
  if (before >= MAX_REJOINS) return { action: 'stop', code: 'VOICE_LOST' };
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** before);
  return { action: 'rejoin', afterMs: delay * (0.5 + random() / 2), leaveFirst };
}

function causesRejoin(failure: LinkFailure): boolean {
  if (failure.kind === 'closed') return failure.code !== DISCONNECTED && failure.code !== CALL_TERMINATED;
  return failure.kind === 'timeout' || failure.kind === 'resumes';
}

function isOurFault(failure: LinkFailure): boolean {
  return failure.kind === 'closed' && OUR_FAULT.has(failure.code);
}
