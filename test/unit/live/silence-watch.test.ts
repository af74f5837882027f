import { expect, test } from 'vitest';
import { createLiveHarness, handleMessage } from './harness.ts';

test('silence after a question: a nudge, then a new connection with the question again, once, then it is said', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.latest().rest();
  live.clock.advance(7_999);
  expect(live.latest().rest()).toEqual([]);
  live.clock.advance(1);
  expect(live.latest().expect('clientContent')).toEqual({ turns: [], turnComplete: true });
  live.clock.advance(8_500);
  expect(live.connections).toHaveLength(2);
  live.latest().becomesReady();
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'activityEnd']);
  live.clock.advance(17_000);
  expect(live.problems.map(({ code }) => code)).toEqual(['LIVE_CONNECT_TIMEOUT']);
  live.latest().becomesReady();
  expect(live.latest().rest()).toEqual([]);
  expect(live.session.state.status).toBe('ready');
});

test('an answer that stands still in the middle takes a new connection and is not asked again', () => {
  const live = createLiveHarness();
  live.start();
  live.latest().says(handleMessage('h1'));
  live.speak();
  live.answers();
  live.clock.advance(16_000);
  expect(live.connections).toHaveLength(2);
  live.latest().becomesReady();
  expect(live.latest().rest()).toEqual([]);
  expect(live.told).toContain('turnComplete 1');
});

test('a turn whose end never comes is over some time after its sound', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.answers();
  live.latest().says({ serverContent: { generationComplete: true } });
  live.clock.advance(10_100);
  expect(live.told.at(-1)).toBe('turnComplete 1');
  expect(live.connections).toHaveLength(1);
});
