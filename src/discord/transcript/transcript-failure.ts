/**
 * What a refusal of Discord's means for somebody who writes into a thread or channel.
 */
import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';

/** Why nothing can be written at all, until somebody does something about it. */
export type StuckReason = 'gone' | 'forbidden' | 'locked' | 'threadLimit' | 'refused';

export type WriteFailure =
  /** The message to be changed was deleted. */
  | { readonly kind: 'messageGone' }
  /** This one message is not taken. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'stuck'; readonly why: StuckReason }
  /** Discord is slow, down or busy: later it will work. */
  | { readonly kind: 'passing' };

/** Nothing was refused, and yet there is nowhere to write. */
export class StuckError extends Error {
  override readonly name = 'StuckError';
  readonly why: StuckReason;

  constructor(why: StuckReason) {
    super(why);
    this.why = why;
  }
}

const STUCK: ReadonlyMap<unknown, StuckReason> = new Map<unknown, StuckReason>([
  [RESTJSONErrorCodes.UnknownChannel, 'gone'],
  [RESTJSONErrorCodes.MissingAccess, 'forbidden'],
  [RESTJSONErrorCodes.MissingPermissions, 'forbidden'],
  [RESTJSONErrorCodes.ThreadLocked, 'locked'],
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread, 'locked'],
  [RESTJSONErrorCodes.MaximumActiveThreads, 'threadLimit'],
]);

const TOO_MANY_REQUESTS = 429;

export function writeFailure(error: unknown): WriteFailure {
  if (error instanceof StuckError) return { kind: 'stuck', why: error.why };
  if (!(error instanceof DiscordAPIError) || error.status >= 500 || error.status === TOO_MANY_REQUESTS) {
    return { kind: 'passing' };
  }
  if (error.code === RESTJSONErrorCodes.UnknownMessage) return { kind: 'messageGone' };
  const why = STUCK.get(error.code) ?? (error.status === 403 ? 'forbidden' : undefined);
  return why === undefined ? { kind: 'refused' } : { kind: 'stuck', why };
}
