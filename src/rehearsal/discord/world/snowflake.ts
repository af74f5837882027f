/**
 * Snowflakes: Discord's ids, which carry the time at which they were made (Discord, "Reference", Snowflakes).
 */
import { randomInt } from 'node:crypto';

/** Milliseconds since 1970 of Discord's first second. */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;
const TIME_SHIFT = 22n;
const COUNT_MASK = 0x3f_ffffn;
/** Of the bits below the time: ids made in one millisecond, and who made them. */
const COUNT_BITS = 8n;
const MACHINE_BITS = 14;

/**
 * Makes ids that go up and that no other world makes, though it was made in the same moment: libraries keep voice connections
 * by the server's id for a whole process.
 *
 * @param now ms since 1970
 */
export function createSnowflakes(now: () => number = Date.now): () => string {
  const machine = BigInt(randomInt(2 ** MACHINE_BITS)) << COUNT_BITS;
  let last = 0n;
  return () => {
    const base = ((BigInt(Math.floor(now())) - DISCORD_EPOCH_MS) << TIME_SHIFT) | machine;
    last = base > last ? base : last + 1n;
    return last.toString();
  };
}

/** When an id was made, ms since 1970. */
export function snowflakeTime(id: string): number {
  return Number((BigInt(id) & ~COUNT_MASK) >> TIME_SHIFT) + Number(DISCORD_EPOCH_MS);
}
