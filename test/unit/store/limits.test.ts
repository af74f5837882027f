import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge, type Limits, mayOpen, nextReset, utcDay } from '../../../src/store/limits.ts';

const LIMITS: Limits = { maxRooms: 2, maxMinutesPerDay: 60, maxTokensPerDay: 1000 };
const NOON = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;
const RESET = `<t:${Date.UTC(2026, 10, 25) / 1000}:R>`;

const used = (minutes: number, tokens = 0) => ({ voiceMs: minutes * MINUTE, tokens });

test('a room may open while rooms, minutes and tokens are left', () => {
  expect(mayOpen(LIMITS, 1, used(59, 999), NOON)).toBeNull();
  expect(mayOpen(LIMITS, 2, used(0), NOON)).toEqual({ code: 'ROOM_LIMIT', details: { limit: 2 } });
  expect(mayOpen(LIMITS, 0, used(60), NOON)).toEqual({ code: 'MINUTES_LIMIT', details: { reset: RESET } });
  expect(mayOpen(LIMITS, 0, used(0, 1000), NOON)).toEqual({ code: 'TOKENS_LIMIT', details: { reset: RESET } });
});

test('an open room is warned five minutes, or ten percent, before its end', () => {
  expect(judge(LIMITS, used(54.9), NOON)).toEqual({ kind: 'within' });
  expect(judge(LIMITS, used(55), NOON)).toEqual({ kind: 'minutesNearing', minutes: 5, reset: RESET });
  expect(judge(LIMITS, used(59.9), NOON)).toEqual({ kind: 'minutesNearing', minutes: 1, reset: RESET });
  expect(judge(LIMITS, used(0, 899), NOON)).toEqual({ kind: 'within' });
  expect(judge(LIMITS, used(0, 900), NOON)).toEqual({ kind: 'tokensNearing', percent: 10, reset: RESET });
  expect(judge(LIMITS, used(0, 999), NOON)).toMatchObject({ kind: 'tokensNearing', percent: 1 });
});

test('what is reached ends the room, whatever else is only near', () => {
  expect(judge(LIMITS, used(56, 1000), NOON)).toMatchObject({ kind: 'reached', problem: { code: 'TOKENS_LIMIT' } });
});

test('without a limit nothing is ever near', () => {
  const none: Limits = { maxRooms: 1, maxMinutesPerDay: null, maxTokensPerDay: null };
  expect(judge(none, used(1e6, 1e12), NOON)).toEqual({ kind: 'within' });
});

test('using more never makes a verdict milder', () => {
  const severity = { within: 0, tokensNearing: 1, minutesNearing: 2, reached: 3 };
  const amount = fc.nat(100);
  fc.assert(
    fc.property(amount, amount, amount, amount, (minutes, tokens, moreMinutes, moreTokens) => {
      const before = judge(LIMITS, used(minutes, tokens * 10), NOON);
      const after = judge(LIMITS, used(minutes + moreMinutes, (tokens + moreTokens) * 10), NOON);
      expect(severity[after.kind]).toBeGreaterThanOrEqual(severity[before.kind]);
    }),
  );
});

test('the day is UTC and starts again at midnight', () => {
  const lastMoment = Date.UTC(2026, 11, 31, 23, 59, 59, 999);
  expect(utcDay(lastMoment)).toBe('2026-12-31');
  expect(nextReset(lastMoment)).toBe(lastMoment + 1);
  expect(utcDay(nextReset(lastMoment))).toBe('2027-01-01');
  expect(nextReset(nextReset(lastMoment))).toBe(lastMoment + 1 + 24 * 60 * MINUTE);
});
