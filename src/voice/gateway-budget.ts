/**
 * How many voice payloads (op 4) one guild may send over the gateway.
 *
 * Discord allows 120 payloads of all kinds a minute and connection, for all guilds of a shard, and disconnects who sends more
 * (Gateway, "Rate Limiting"). Pure.
 */

/** What a payload asks for: to be in a channel, or to be in none. */
export type PayloadPurpose = 'join' | 'leave';

/** The window that Discord counts in. */
export const BUDGET_WINDOW_MS = 60_000;

/**
 * Payloads a guild may send within the window: a tenth of what the shard has.
 *
 * The worst honest minute of a link is a join with a second attempt (3) and five rejoins that leave first (10 in half a minute);
 * eleven broken channels at once still do not disconnect their shard.
 */
export const BUDGET = 13;

/** Kept back for leaving: a bot that cannot even leave stays in the channel as a ghost. */
export const LEAVE_RESERVE = 2;

/**
 * Spends one payload.
 *
 * @param spentAt when earlier ones were sent, ms
 * @returns what has been spent within the window now, or null when there is nothing left
 */
export function spendGatewayBudget(
  spentAt: readonly number[],
  purpose: PayloadPurpose,
  now: number,
): readonly number[] | null {
  const recent = spentAt.filter((at) => now - at < BUDGET_WINDOW_MS);
  const limit = purpose === 'leave' ? BUDGET : BUDGET - LEAVE_RESERVE;
  return recent.length < limit ? [...recent, now] : null;
}
