import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type BreakerEffect,
  type BreakerEvent,
  breakerDeadline,
  NEW_BREAKER,
  PROBE_MS,
  refusal,
  stepBreaker,
} from '../../../src/room/live-breaker.ts';
import type { ReachReport } from '../../../src/types/reach.ts';

const IDS = ['a', 'b', 'c', 'd'] as const;
const problem = { code: 'LIVE_UNREACHABLE', details: {} } as const;
const QUOTA = { code: 'LIVE_QUOTA', details: {} } as const;

const anyEvent: fc.Arbitrary<BreakerEvent> = fc.oneof(
  fc.record({
    type: fc.constant('report' as const),
    id: fc.constantFrom(...IDS),
    report: fc.oneof(
      { weight: 4, arbitrary: fc.constant({ type: 'failed' as const, problem, waitMs: null }) },
      {
        weight: 1,
        arbitrary: fc.record({
          type: fc.constant('failed' as const),
          problem: fc.constant(QUOTA),
          waitMs: fc.nat(90_000),
        }),
      },
      { weight: 3, arbitrary: fc.constant({ type: 'waits' as const }) },
      { weight: 1, arbitrary: fc.constant({ type: 'connected' as const }) },
    ),
  }),
  fc.record({ type: fc.constant('opening' as const), id: fc.constantFrom(...IDS) }),
  fc.record({ type: fc.constant('gone' as const), id: fc.constantFrom(...IDS) }),
  fc.constant({ type: 'tick' as const }),
);
const script = fc.array(
  fc.tuple(anyEvent, fc.nat(20_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
);

/** A breaker on a clock, with the probe that is out, as the world sees it. */
function bench() {
  let breaker = NEW_BREAKER;
  let now = 1_000_000;
  /** Who tries, and when that is over without a word. */
  let out: { readonly id: string; readonly since: number } | null = null;
  const step = (event: BreakerEvent, random = 0.5): readonly BreakerEffect[] => {
    const before = out;
    const settles =
      (event.type === 'report' &&
        (event.report.type === 'connected' || (event.report.type === 'failed' && event.id === out?.id))) ||
      (event.type === 'gone' && event.id === out?.id) ||
      (out !== null && now - out.since >= PROBE_MS);
    if (settles) out = null;
    const next = stepBreaker(breaker, event, { now, random: () => random, sessions: IDS.length });
    breaker = next.breaker;
    for (const effect of next.effects) {
      if (effect.type !== 'probe') continue;
      expect(out, `two probes at once: ${before?.id} and ${effect.id}`).toBeNull();
      out = { id: effect.id, since: now };
    }
    return next.effects;
  };
  return {
    step,
    wait(ms: number) {
      now += ms;
    },
    get breaker() {
      return breaker;
    },
    get now() {
      return now;
    },
    /** Lets time pass until something is due, and takes it. */
    turn(): readonly BreakerEffect[] {
      const due = breakerDeadline(breaker);
      if (due === null) return [];
      now = Math.max(now, due);
      return step({ type: 'tick' });
    },
  };
}

test('there is never more than one probe, and nobody but its owner may dial while the circuit is open', () => {
  fc.assert(
    fc.property(script, (events) => {
      const it = bench();
      for (const [event, ms, random] of events) {
        it.wait(ms);
        it.step(event, random);
        const may = IDS.filter((id) => refusal(it.breaker, id) === null);
        const { circuit } = it.breaker;
        expect(may).toEqual(circuit.status === 'closed' ? [...IDS] : circuit.status === 'probing' ? [circuit.by] : []);
      }
    }),
  );
});

test('whoever waits gets its turn while nothing works, and all are let go when something does', () => {
  fc.assert(
    fc.property(script, fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1 }), (events, waiters) => {
      const it = bench();
      for (const [event, ms, random] of events) {
        it.wait(ms);
        it.step(event, random);
      }
      const report = (id: string, its: ReachReport) => it.step({ type: 'report', id, report: its });
      const failed = { type: 'failed', problem, waitMs: null } as const;
      for (let failures = 0; failures < 3; failures++) report('a', failed);
      const due = waiters.flatMap((id) => report(id, { type: 'waits' }));
      const tried = new Set<string>();
      for (let turn = 0; turn < 40 && !waiters.every((id) => tried.has(id)); turn++) {
        const effect = due.shift() ?? it.turn()[0];
        if (effect?.type !== 'probe') continue;
        tried.add(effect.id);
        due.push(...report(effect.id, failed), ...report(effect.id, { type: 'waits' }));
      }
      expect([...tried]).toEqual(expect.arrayContaining(waiters));
      const effects = it.step({ type: 'report', id: 'd', report: { type: 'connected' } });
      expect(effects).toEqual([{ type: 'open' }]);
      expect(it.breaker.circuit.status).toBe('closed');
      expect(breakerDeadline(it.breaker)).toBeNull();
    }),
  );
});

const fail = (it: ReturnType<typeof bench>, id: string) =>
  it.step({ type: 'report', id, report: { type: 'failed', problem, waitMs: null } }, 0.999);

test('three failures within a minute open it, whoever they happen to; three in an hour do not', () => {
  const it = bench();
  for (const id of IDS) {
    fail(it, id);
    it.wait(20 * 60_000);
  }
  expect(it.breaker.circuit.status).toBe('closed');
  fail(it, 'a');
  fail(it, 'b');
  expect(fail(it, 'c')).toMatchObject([{ type: 'shut', problem: { code: 'LIVE_UNREACHABLE' } }]);
});

test('the wait grows with every probe that fails, to a minute, and starts anew after a quiet while', () => {
  const it = bench();
  for (const id of ['a', 'b', 'c']) fail(it, id);
  const waits: number[] = [];
  for (let probes = 0; probes < 8; probes++) {
    it.step({ type: 'report', id: 'a', report: { type: 'waits' } });
    const from = it.now;
    it.turn();
    waits.push(Math.round((it.now - from) / 1_000));
    fail(it, 'a');
  }
  expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  it.step({ type: 'report', id: 'a', report: { type: 'connected' } });
  it.wait(5 * 60_000);
  for (const id of ['a', 'b', 'c']) fail(it, id);
  expect((refusal(it.breaker, 'a')?.details['retryAt'] as number) - it.now).toBeLessThanOrEqual(2_000);
});

test('a quota opens it at once, for as long as the service says, also when it is only heard of later', () => {
  const it = bench();
  it.step({ type: 'report', id: 'a', report: { type: 'failed', problem: QUOTA, waitMs: 34_000 } });
  expect(refusal(it.breaker, 'b')).toEqual({ code: 'LIVE_QUOTA', details: { retryAt: it.now + 34_000 } });
  it.wait(1_000);
  it.step({ type: 'report', id: 'b', report: { type: 'failed', problem: QUOTA, waitMs: 80_000 } });
  expect(refusal(it.breaker, 'c')?.details['retryAt']).toBe(it.now + 80_000);
  fail(it, 'c');
  expect(refusal(it.breaker, 'c')?.details['retryAt']).toBe(it.now + 80_000);
});

test('somebody who calls the bot when it is time tries by that, and is refused before and while another tries', () => {
  const it = bench();
  for (const id of ['a', 'b', 'c']) fail(it, id);
  it.step({ type: 'opening', id: 'd' });
  expect(refusal(it.breaker, 'd')).not.toBeNull();
  it.wait(2_000);
  it.step({ type: 'opening', id: 'd' });
  expect(refusal(it.breaker, 'd')).toBeNull();
  it.step({ type: 'opening', id: 'a' });
  expect(refusal(it.breaker, 'a')).not.toBeNull();
  expect(it.step({ type: 'report', id: 'd', report: { type: 'connected' } })).toEqual([{ type: 'open' }]);
});

test('a probe that is never heard of again, or whose room ends, does not keep the others waiting', () => {
  const it = bench();
  for (const id of ['a', 'b', 'c']) fail(it, id);
  it.step({ type: 'report', id: 'a', report: { type: 'waits' } });
  it.step({ type: 'report', id: 'b', report: { type: 'waits' } });
  expect(it.turn()).toEqual([{ type: 'probe', id: 'a' }]);
  expect(it.step({ type: 'gone', id: 'a' })).toEqual([{ type: 'probe', id: 'b' }]);
  it.step({ type: 'report', id: 'c', report: { type: 'waits' } });
  expect(it.turn()).toMatchObject([{ type: 'shut' }]);
  expect(it.turn()).toEqual([{ type: 'probe', id: 'c' }]);
});
