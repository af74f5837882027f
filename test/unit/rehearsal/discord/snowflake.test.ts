import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSnowflakes, snowflakeTime } from '../../../../src/rehearsal/discord/world/snowflake.ts';

/** From Discord's first second to the year 2100, ms. */
const times = fc.integer({ min: 1_420_070_400_000, max: 4_102_444_800_000 });

test('an id carries the time at which it was made', () => {
  fc.assert(
    fc.property(times, (now) => {
      const id = createSnowflakes(() => now)();
      expect(snowflakeTime(id)).toBe(now);
      expect(id).toMatch(/^\d{1,20}$/);
    }),
  );
});

test('ids only go up, though many are made in one millisecond or the clock goes back', () => {
  fc.assert(
    fc.property(fc.array(times, { minLength: 2, maxLength: 50 }), (clock) => {
      let at = 0;
      const next = createSnowflakes(() => clock[at] ?? 0);
      let last = -1n;
      for (; at < clock.length; at++) {
        const id = BigInt(next());
        expect(id > last).toBe(true);
        last = id;
      }
    }),
  );
});

test('the example of Discord’s documentation', () => {
  expect(snowflakeTime('175928847299117063')).toBe(1_462_015_105_796);
});
