import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connected, connecting, failed, type ServerState } from '../../../../src/tools/mcp/server-state.ts';

/** The waits of a server that runs for `livesMs` every time, ms. */
function waits(times: number, livesMs: number, random: () => number): readonly number[] {
  let state: ServerState = { status: 'idle' };
  let now = 0;
  const all: number[] = [];
  for (let i = 0; i < times; i++) {
    state = connected(connecting(state), now);
    now += livesMs;
    const waiting = failed(state, now, random);
    all.push(waiting.retryAt - now);
    now = waiting.retryAt;
    state = waiting;
  }
  return all;
}

test('a server that falls over every time is tried after 1 s, then twice as long each time, up to five minutes', () => {
  const longest = waits(12, 10, () => 1);
  expect(longest).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300].map((s) => s * 1_000));
});

test('chance takes half of a wait at most', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (chance) => {
      const [first = 0, second = 0] = waits(2, 10, () => chance);
      expect(first).toBeGreaterThanOrEqual(500);
      expect(first).toBeLessThanOrEqual(1_000);
      expect(second).toBeCloseTo(2 * first);
    }),
  );
});

test('one that ran for a minute begins with 1 s again', () => {
  expect(waits(3, 60_000, () => 1)).toEqual([1_000, 1_000, 1_000]);
});

test('one that cannot be started at all waits just the same', () => {
  const first = failed(connecting({ status: 'idle' }), 0, () => 1);
  const second = failed(connecting(first), 0, () => 1);
  expect([first.retryAt, second.retryAt]).toEqual([1_000, 2_000]);
});
