import { expect, test } from 'vitest';
import { decideRecovery, MOST_ABSENT_MS, type RecoveryFacts } from '../../../src/discord/recovery/recovery-decision.ts';

const FACTS = {
  absentMs: 3_000,
  guild: 'here',
  allowed: true,
  roomOpen: false,
  channel: { channelId: '7', people: 1, botLacks: [], full: false },
} as const satisfies RecoveryFacts;

const decide = (change: Partial<RecoveryFacts>, channel: Partial<RecoveryFacts['channel']> = {}) =>
  decideRecovery({ ...FACTS, channel: { ...FACTS.channel, ...channel }, ...change });

test('it comes back to whoever is still there, up to two hours later', () => {
  expect(decide({})).toEqual({ kind: 'return' });
  expect(decide({ absentMs: MOST_ABSENT_MS })).toEqual({ kind: 'return' });
  expect(decide({ absentMs: MOST_ABSENT_MS + 1 })).toEqual({ kind: 'forget', why: 'absentTooLong' });
});

test('a clock that was set back makes nothing too old', () => {
  expect(decide({ absentMs: -MOST_ABSENT_MS * 9 })).toEqual({ kind: 'return' });
});

test('nobody is told anything where nobody waits', () => {
  expect(decide({ guild: 'gone' }).kind).toBe('forget');
  expect(decide({ roomOpen: true }).kind).toBe('forget');
  expect(decide({}, { people: 0, botLacks: ['Connect'], full: true }).kind).toBe('forget');
  expect(decide({ allowed: false }, { people: 0 }).kind).toBe('forget');
});

test('a server in an outage is waited for, but not for longer than two hours', () => {
  expect(decide({ guild: 'unavailable', channel: null })).toEqual({ kind: 'wait' });
  expect(decide({ guild: 'unavailable', channel: null, absentMs: MOST_ABSENT_MS + 1 }).kind).toBe('forget');
});

test('of several reasons why it cannot come the one that the people there can mend last is told last', () => {
  expect(decide({ channel: null })).toMatchObject({ problem: { code: 'VOICE_CALL_TERMINATED' } });
  expect(decide({ allowed: false }, { botLacks: ['Speak'] })).toMatchObject({ problem: { code: 'GUILD_NOT_ALLOWED' } });
  expect(decide({}, { botLacks: ['Speak'], full: true })).toEqual({ kind: 'botLacks', permissions: ['Speak'] });
  expect(decide({}, { full: true })).toEqual({
    kind: 'cannot',
    problem: { code: 'VOICE_CHANNEL_FULL', details: { channel: '<#7>' } },
  });
});
