import { expect, test } from 'vitest';
import { createLiveHarness, handleMessage } from './harness.ts';

const DOWN = { code: 'LIVE_UNREACHABLE', details: { retryAt: 5 } } as const;
const QUOTA = { code: 'LIVE_QUOTA', details: { retryAt: 5 } } as const;
const shut = { status: 'shut', problem: DOWN } as const;
const OLD = { value: 'h0', model: 'gemini-3.8-live', issuedAt: 1_000_000 };
const INTERNAL = { code: 1011, reason: 'Internal error encountered.' };

test('whoever waits for /join is told at once what is wrong, and nothing is dialled', () => {
  const live = createLiveHarness({ gate: shut });
  live.session.open();
  expect(live.connections).toHaveLength(0);
  expect(live.problems).toEqual([DOWN]);
  expect(live.session.state).toEqual({ status: 'closed', problem: DOWN });
});

test('so is whoever waits while the gate is shut by others', () => {
  const live = createLiveHarness();
  live.session.open();
  live.latest().ends(INTERNAL);
  live.session.gate(shut);
  expect(live.session.state).toEqual({ status: 'closed', problem: DOWN });
});

test('a conversation that goes on waits for its turn, and dials when it is to try', () => {
  const live = createLiveHarness({ gate: shut, handle: OLD });
  live.session.open();
  expect(live.reports).toEqual([{ type: 'waits' }]);
  live.clock.advance(100_000);
  expect(live.connections).toHaveLength(0);
  live.session.gate({ status: 'probe' });
  expect(live.latest().becomesReady()['sessionResumption']).toEqual({ handle: 'h0' });
  expect(live.reports.at(-1)).toEqual({ type: 'connected' });
});

test('when the gate opens, those that waited dial within two seconds, not all at once', () => {
  const live = createLiveHarness();
  live.start();
  live.session.gate(shut);
  live.latest().ends();
  live.session.gate({ status: 'open' });
  expect(live.connections).toHaveLength(1);
  live.clock.advance(999);
  expect(live.connections).toHaveLength(1);
  live.clock.advance(1);
  expect(live.connections).toHaveLength(2);
});

test('a room that waits for itself does so no longer than for the others', () => {
  const live = createLiveHarness();
  live.start();
  for (let failures = 0; failures < 3; failures++) {
    live.latest().ends(INTERNAL);
    if (failures < 2) live.clock.advance(2_000);
  }
  const dialled = live.connections.length;
  live.clock.advance(10_000);
  expect(live.connections).toHaveLength(dialled);
  live.session.gate(shut);
  live.session.gate({ status: 'open' });
  live.clock.advance(1_000);
  expect(live.connections).toHaveLength(dialled + 1);
});

test('a connection that works is not given up while no other can be had', () => {
  const live = createLiveHarness();
  live.start();
  live.latest().says(handleMessage('h1'));
  live.session.gate(shut);
  live.latest().says({ goAway: { timeLeft: '50s' } });
  live.clock.advance(40_000);
  expect(live.latest().end).toBe('open');
  live.session.gate({ status: 'open' });
  expect(live.latest().end).toBe('closed');
  expect(live.clock.pending).toBeLessThanOrEqual(1);
});

test('without the model for five minutes the room is told that it is lost', () => {
  const live = createLiveHarness();
  live.start();
  live.session.gate(shut);
  live.latest().ends();
  live.clock.advance(299_000);
  expect(live.session.state.status).toBe('resuming');
  live.clock.advance(1_000);
  expect(live.problems).toEqual([{ code: 'LIVE_LOST', details: {} }]);
  expect(live.clock.pending).toBe(0);
});

test('a room that waits for a quota is told so once', () => {
  const live = createLiveHarness();
  live.start();
  live.session.gate({ status: 'shut', problem: QUOTA });
  live.latest().ends();
  expect(live.problems).toEqual([QUOTA]);
  live.session.gate({ status: 'probe' });
  live.latest().ends({ code: 1011, reason: 'You exceeded your current quota.' });
  expect(live.problems).toHaveLength(1);
  expect(live.reports.at(-1)).toMatchObject({ type: 'failed', problem: { code: 'LIVE_QUOTA' }, waitMs: 60_000 });
});

test('what concerns the service is reported, what concerns one session alone is not', () => {
  const live = createLiveHarness();
  live.start();
  live.latest().says(handleMessage('h1'));
  live.latest().ends({ code: 1000 });
  live.latest().opens();
  live.latest().ends({ code: 1007, reason: 'Request contains an invalid argument.' });
  live.latest().becomesReady();
  expect(live.reports.map(({ type }) => type)).toEqual(['connected', 'connected']);
  live.latest().ends(INTERNAL);
  live.clock.advance(2_000);
  live.clock.advance(10_000);
  expect(live.reports.slice(2)).toEqual([
    {
      type: 'failed',
      problem: { code: 'LIVE_UNREACHABLE', details: { closeCode: 1011, reason: INTERNAL.reason } },
      waitMs: null,
    },
    { type: 'failed', problem: { code: 'LIVE_CONNECT_TIMEOUT', details: {} }, waitMs: null },
  ]);
});
