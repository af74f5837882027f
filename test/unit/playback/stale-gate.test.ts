import { expect, test } from 'vitest';
import { isStopped, mayPlay, OPEN_GATE, STALE_MS, stepStaleGate } from '../../../src/playback/stale-gate.ts';

const flushed = { type: 'flushed', generation: 4, turnComplete: false, at: 1000 } as const;

test('after a barge-in the old answer is dropped until the service says interrupted', () => {
  const shut = stepStaleGate(OPEN_GATE, flushed);
  expect(mayPlay(shut, 4, 1001)).toBe(false);
  expect(mayPlay(shut, 3, 1001)).toBe(false);
  expect(mayPlay(stepStaleGate(shut, { type: 'interrupted', generation: 4 }), 4, 1002)).toBe(true);
});

test('turnComplete opens the gate as well; of an older generation it does not', () => {
  const shut = stepStaleGate(OPEN_GATE, flushed);
  expect(stepStaleGate(shut, { type: 'turnComplete', generation: 4 })).toEqual(OPEN_GATE);
  expect(stepStaleGate(shut, { type: 'turnComplete', generation: 3 })).toBe(shut);
});

test('an answer whose turn was complete already leaves nothing to wait for', () => {
  const gate = stepStaleGate(OPEN_GATE, { ...flushed, turnComplete: true });
  expect(mayPlay(gate, 4, 1001)).toBe(true);
  expect(stepStaleGate(OPEN_GATE, { type: 'stopped', generation: 4, turnComplete: true })).toEqual(OPEN_GATE);
});

test('a service that never says interrupted is heard again after 2.5 s', () => {
  const shut = stepStaleGate(OPEN_GATE, flushed);
  expect(mayPlay(shut, 4, 1000 + STALE_MS - 1)).toBe(false);
  expect(mayPlay(shut, 4, 1000 + STALE_MS)).toBe(true);
});

test('a second barge-in into the same answer does not prolong the wait, one after the wait begins a new one', () => {
  const shut = stepStaleGate(OPEN_GATE, flushed);
  expect(stepStaleGate(shut, { ...flushed, at: 3000 })).toBe(shut);
  const later = stepStaleGate(shut, { ...flushed, at: 5000 });
  expect(mayPlay(later, 4, 5001)).toBe(false);
  expect(mayPlay(later, 4, 5000 + STALE_MS)).toBe(true);
});

test('the next generation is heard at once', () => {
  expect(mayPlay(stepStaleGate(OPEN_GATE, flushed), 5, 1001)).toBe(true);
});

test('/stop drops the answer to its end, however long that takes, also after a barge-in', () => {
  for (const before of [OPEN_GATE, stepStaleGate(OPEN_GATE, flushed)]) {
    const shut = stepStaleGate(before, { type: 'stopped', generation: 4, turnComplete: false });
    expect(mayPlay(shut, 4, 1_000_000)).toBe(false);
    expect(mayPlay(stepStaleGate(shut, flushed), 4, 1_000_000)).toBe(false);
    expect(mayPlay(stepStaleGate(shut, { type: 'turnComplete', generation: 4 }), 4, 1_000_001)).toBe(true);
  }
});

test('an answer is stopped before it has begun, and what is asked after that is not', () => {
  const ahead = stepStaleGate(OPEN_GATE, { type: 'stopped', generation: 5, turnComplete: false });
  expect(mayPlay(ahead, 5, 1_000_000)).toBe(false);
  expect([isStopped(ahead, 5), isStopped(ahead, 6), isStopped(OPEN_GATE, 5)]).toEqual([true, false, false]);
  expect(stepStaleGate(ahead, { type: 'turnComplete', generation: 4 })).toBe(ahead);
  expect(stepStaleGate(ahead, { type: 'turnComplete', generation: 5 })).toEqual(OPEN_GATE);
  expect(stepStaleGate(ahead, { type: 'asked', begun: 5 })).toBe(ahead);
  expect(stepStaleGate(ahead, { type: 'asked', begun: 4 })).toEqual(OPEN_GATE);
});
