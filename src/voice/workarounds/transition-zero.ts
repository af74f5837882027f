/**
 * @discordjs/voice 0.19.2 takes DAVE transition id 0 for "no transition": when packets cannot be decrypted it throws instead of
 * re-initialising the session (`DAVESession.decrypt`: `if (this.lastTransitionId)`), for ever. Id 0 is normal for a first group.
 *
 * Upstream: discordjs/discord.js#11419, #11445; openclaw/openclaw#81518.
 * Remove when transition-zero.test.ts fails.
 */
import type { DAVESession } from '@discordjs/voice';

/**
 * Re-initialises a session that cannot by itself; op 31 and a new key package go out, and the server adds us again.
 *
 * @param error what receiving a packet threw; anything that is not this defect is left alone
 * @returns whether it was this defect
 */
export function recoverFromTransitionZero(dave: DAVESession | undefined, error: unknown): boolean {
  if (!dave || dave.lastTransitionId || dave.reinitializing || !isDecryptionFailure(error)) return false;
  dave.recoverFromInvalidTransition(0);
  return true;
}

/** Davey's errors are plain; a packet that fails its transport encryption says "unable to authenticate data" instead. */
export function isDecryptionFailure(error: unknown): boolean {
  return error instanceof Error && error.message.includes('DecryptionFailed');
}
