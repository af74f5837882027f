import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decideRejoin,
  FORGET_MS,
  type LinkFailure,
  MAX_ENCRYPTION_FAILURES,
  MAX_REJOINS,
  type PastFailure,
} from '../../../src/voice/rejoin-policy.ts';

const closed = (code: number): LinkFailure => ({ kind: 'closed', code });
const times = (count: number, failure: LinkFailure, at = 0): PastFailure[] =>
  Array.from({ length: count }, () => ({ failure, at }));
const decide = (failure: LinkFailure, history: readonly PastFailure[] = [], now = 1000) =>
  decideRejoin(failure, history, { now, random: () => 0.5 });

test.each([4006, 4009, 1006, 4015])('close code %i is answered with a rejoin', (code) => {
  expect(decide(closed(code))).toEqual({ action: 'rejoin', afterMs: 750, leaveFirst: false });
});

test.each([
  [4017, 'VOICE_ENCRYPTION_REQUIRED'],
  [4021, 'VOICE_RATE_LIMITED'],
] as const)('close code %i ends the link at once with %s', (code, reason) => {
  expect(decide(closed(code))).toEqual({ action: 'stop', code: reason });
});

test('4014 waits five seconds for a move, 4022 fifteen for a new server: neither rejoins', () => {
  expect(decide(closed(4014))).toEqual({ action: 'wait', forMs: 5000, otherwise: 'VOICE_KICKED' });
  expect(decide(closed(4022))).toEqual({ action: 'wait', forMs: 15_000, otherwise: 'VOICE_CALL_TERMINATED' });
});

test.each([4001, 4002, 4003, 4004, 4005, 4011, 4012, 4016, 4020])(
  'close code %i, our own fault, is tried once more',
  (code) => {
    expect(decide(closed(code)).action).toBe('rejoin');
    expect(decide(closed(code), times(1, closed(4003)))).toEqual({ action: 'stop', code: 'VOICE_REJECTED' });
  },
);

test('delays double, and after five rejoins within five minutes the room is told', () => {
  const delays = Array.from({ length: MAX_REJOINS }, (_, before) => decide(closed(4006), times(before, closed(4006))));
  expect(delays.map((it) => it.action === 'rejoin' && it.afterMs)).toEqual([750, 1500, 3000, 6000, 12_000]);
  expect(decide(closed(4006), times(MAX_REJOINS, closed(4009)))).toEqual({ action: 'stop', code: 'VOICE_LOST' });
});

test('failures of more than five minutes ago are forgotten', () => {
  expect(decide(closed(4006), times(MAX_REJOINS, closed(4006)), FORGET_MS).action).toBe('rejoin');
  expect(decide(closed(4006), times(MAX_REJOINS, closed(4006)), FORGET_MS - 1).action).toBe('stop');
});

test('a connection that is stuck is left before it is joined again', () => {
  expect(decide({ kind: 'timeout' })).toMatchObject({ action: 'rejoin', leaveFirst: true });
  expect(decide({ kind: 'resumes' })).toMatchObject({ action: 'rejoin', leaveFirst: true });
});

test('encryption that fails is repaired in place, then by rejoining, and the fifth failure is the end', () => {
  const actions = Array.from({ length: MAX_ENCRYPTION_FAILURES }, (_, before) =>
    decide({ kind: 'encryption' }, times(before, { kind: 'encryption' })),
  );
  expect(actions.map((it) => it.action)).toEqual(['recover', 'rejoin', 'recover', 'rejoin', 'stop']);
  expect(actions.at(-1)).toEqual({ action: 'stop', code: 'VOICE_ENCRYPTION_FAILED' });
});

test('whatever code comes again and again, the policy stops, and never asks sooner than half a second', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1000, max: 4999 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (code, random) => {
        const history: PastFailure[] = [];
        for (let now = 0, tries = 0; ; tries++) {
          expect(tries).toBeLessThanOrEqual(MAX_REJOINS);
          const decision = decideRejoin(closed(code), history, { now, random: () => random });
          if (decision.action !== 'rejoin') return;
          expect(decision.afterMs).toBeGreaterThanOrEqual(500);
          history.push({ failure: closed(code), at: now });
          now += decision.afterMs;
        }
      },
    ),
  );
});
