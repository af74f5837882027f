/**
 * Snowflakes: Discord's ids, which carry the time at which they were made (Discord, "Reference", Snowflakes).
 */

/** Milliseconds since 1970 of Discord's first second. */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;
const TIME_SHIFT = 22n;
const COUNT_MASK = 0x3f_ffffn;

/** Makes ids that go up, unique for as long as it lives. @param now ms since 1970 */
export function createSnowflakes(now: () => number = Date.now): () => string {
  let last = 0n;
  return () => {
    const base = (BigInt(Math.floor(now())) - DISCORD_EPOCH_MS) << TIME_SHIFT;
    last = base > last ? base : last + 1n;
    return last.toString();
  };
}

/** When an id was made, ms since 1970. */
export function snowflakeTime(id: string): number {
  return Number((BigInt(id) & ~COUNT_MASK) >> TIME_SHIFT) + Number(DISCORD_EPOCH_MS);
}

export function isSnowflake(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,20}$/.test(value);
}
