/**
 * Whether what we send now would be understood: the end-to-end encryption of the call as the link sees it. Pure.
 *
 * While the session is not ready the library sends packets in the clear, which nobody in an encrypted call hears, so the first
 * word would be lost (reference/discord.md §1).
 */

export type EncryptionState =
  | { readonly status: 'pending' }
  /** The group is there, but the transition to it has not been executed. */
  | { readonly status: 'settling'; readonly since: number }
  | { readonly status: 'ready' };

export interface EncryptionSighting {
  /** The session can encrypt and is not re-initialising; also true in a call without end-to-end encryption. */
  readonly able: boolean;
  /** A transition was executed just now. */
  readonly transitioned: boolean;
  /** ms on the clock. */
  readonly at: number;
}

/**
 * A transition is executed after about 2 s at the latest (Discord's DAVE protocol); one that never is must not silence the bot.
 */
export const SETTLE_MS = 2_500;

export const ENCRYPTION_PENDING: EncryptionState = { status: 'pending' };

/**
 * The only writer.
 *
 * Davey encrypts with the new keys as soon as it has the welcome, but the others may not have theirs before the transition is
 * executed: our first word waits for that. Later re-keys do not wait, since the others keep the old keys for 10 s.
 */
export function stepEncryption(
  state: EncryptionState,
  { able, transitioned, at }: EncryptionSighting,
): EncryptionState {
  if (!able) return ENCRYPTION_PENDING;
  switch (state.status) {
    case 'ready':
      return state;
    case 'pending':
      return transitioned ? { status: 'ready' } : { status: 'settling', since: at };
    case 'settling':
      return transitioned || at - state.since >= SETTLE_MS ? { status: 'ready' } : state;
  }
}
