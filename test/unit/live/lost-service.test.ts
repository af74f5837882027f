import { expect, test } from 'vitest';
import { createLiveHarness } from './harness.ts';

test.each([
  [1007, 'API key not valid. Please pass a valid API key.', 'LIVE_KEY_REFUSED', 'GEMINI_API_KEY'],
  [1008, 'models/x is not found for API version v1beta, or is not supp', 'LIVE_MODEL_REFUSED', 'GEMINI_MODEL'],
  [1007, 'Request contains an invalid argument.', 'LIVE_SETUP_REFUSED', 'setup'],
])('a fatal close (%i %s) ends the session and names the setting, once', (code, reason, problem, setting) => {
  const live = createLiveHarness();
  live.session.open();
  live.latest().opens();
  live.latest().ends({ code, reason });
  expect(live.problems).toEqual([{ code: problem, details: expect.objectContaining({ setting }) }]);
  expect(live.session.state).toEqual({ status: 'closed', problem: live.problems[0] });
  live.clock.advance(600_000);
  expect(live.connections).toHaveLength(1);
  expect(live.clock.pending).toBe(0);
});

test('a server that never answers setup is tried three times, then it is said', () => {
  const live = createLiveHarness();
  live.session.open();
  for (let ms = 0; ms < 40_000; ms += 100) live.clock.advance(100);
  expect(live.connections.map(({ end }) => end)).toEqual(['terminated', 'terminated', 'terminated']);
  expect(live.problems.map(({ code }) => code)).toEqual(['LIVE_CONNECT_TIMEOUT']);
  expect(live.session.state.status).toBe('closed');
  expect(live.clock.pending).toBe(0);
});

test('a service that cannot be reached any more ends the session after minutes, not seconds, and never two sockets at once', () => {
  const live = createLiveHarness();
  live.start();
  live.clock.advance(120_000);
  live.latest().ends();
  let attempts = 0;
  for (let ms = 0; ms < 600_000 && live.session.state.status !== 'closed'; ms += 100) {
    live.clock.advance(100);
    expect(live.connections.filter(({ end, over }) => end === 'open' && !over).length).toBeLessThanOrEqual(1);
    if (live.connections.length > attempts + 1) {
      attempts++;
      live.latest().ends();
    }
  }
  expect(live.problems.map(({ code }) => code)).toEqual(['LIVE_LOST']);
  expect(live.clock.now() - 1_000_000).toBeGreaterThan(180_000);
});

test('a quota that is used up is told once, with the time to wait, and tried again after it', () => {
  const live = createLiveHarness();
  live.start();
  const close = { code: 1011, reason: 'You exceeded your current quota. Please retry in 34.5s.' };
  live.latest().ends(close);
  expect(live.problems).toEqual([
    { code: 'LIVE_QUOTA', details: expect.objectContaining({ retryAt: live.clock.now() + 34_500 }) },
  ]);
  live.clock.advance(34_000);
  expect(live.connections).toHaveLength(1);
  live.clock.advance(1_000);
  live.latest().ends(close);
  live.clock.advance(34_500);
  live.latest().becomesReady();
  expect(live.problems).toHaveLength(1);
});

test('connections that end over and over without an answer back off', () => {
  const live = createLiveHarness();
  live.start();
  live.latest().ends({ code: 1000 });
  expect(live.connections).toHaveLength(2);
  live.latest().becomesReady();
  live.latest().ends({ code: 1000 });
  expect(live.connections).toHaveLength(2);
  live.clock.advance(500);
  live.latest().becomesReady();
  live.speak();
  live.answers();
  live.finishes();
  live.latest().ends({ code: 1000 });
  expect(live.connections).toHaveLength(4);
});
