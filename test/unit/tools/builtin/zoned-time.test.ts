import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf, localTime, offsetMs } from '../../../../src/tools/builtin/zoned-time.ts';

const HOUR_MS = 3_600_000;
const zones = fc.constantFrom(
  ...['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Chatham', 'America/Los_Angeles'],
  ...['Australia/Lord_Howe', 'Pacific/Kiritimati', 'Africa/Casablanca', 'America/Sao_Paulo'],
);
/** Seconds, 2026 to 2046: a clock on the wall shows no less. */
const instants = fc.integer({ min: 1_770_000_000, max: 2_400_000_000 }).map((seconds) => seconds * 1_000);

const shown = (at: number, zone: string): string => {
  const { date, time } = localTime(at, zone);
  return `${date}T${time}`;
};

test('a clock shows the time of its zone, in summer and in winter', () => {
  expect(localTime(Date.parse('2026-07-01T22:30:05Z'), 'Europe/Berlin')).toEqual({
    date: '2026-07-02',
    weekday: 'Thursday',
    time: '00:30:05',
    utcOffset: '+02:00',
  });
  expect(localTime(Date.parse('2026-12-31T23:59:59Z'), 'UTC')).toMatchObject({ time: '23:59:59', utcOffset: '+00:00' });
  expect(offsetMs(Date.parse('2026-01-01T00:00:00Z'), 'America/St_Johns')).toBe(-3.5 * HOUR_MS);
});

test('what a clock shows is found again as a moment when it shows that', () => {
  fc.assert(
    fc.property(instants, zones, (at, zone) => {
      expect(shown(instantOf(shown(at, zone), zone), zone)).toBe(shown(at, zone));
    }),
  );
});

test('the hour that comes twice is one of the two, the one that never comes is not far off', () => {
  const twice = instantOf('2026-10-25T02:30', 'Europe/Berlin');
  expect(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']).toContain(new Date(twice).toISOString());
  const never = instantOf('2026-03-29T02:30', 'Europe/Berlin');
  expect(Math.abs(never - Date.parse('2026-03-29T01:00:00Z'))).toBeLessThanOrEqual(HOUR_MS);
});
