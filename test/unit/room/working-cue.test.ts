import { expect, test } from 'vitest';
import { CUE_AFTER_MS, CUE_EVERY_MS, createWorkingCue, MOST_CUES } from '../../../src/room/working-cue.ts';

/** Ticks every 20 ms; the times at which it was heard, ms from the beginning of the wait. */
function listen(until: number, quiet: (at: number) => boolean = () => true, since = (_at: number): number | null => 0) {
  const heard: number[] = [];
  let now = 0;
  const cue = createWorkingCue(() => heard.push(now));
  for (; now <= until; now += 20) cue.tick(now, since(now), quiet(now));
  return heard;
}

test('it is heard after a while, again a few times, and then no more', () => {
  expect(listen(60_000)).toEqual(Array.from({ length: MOST_CUES }, (_, i) => CUE_AFTER_MS + i * CUE_EVERY_MS));
});

test('while somebody speaks it waits, and does not catch up', () => {
  const heard = listen(12_000, (at) => at < 1_000 || at >= 9_000);
  expect(heard).toEqual([9_000, 9_000 + CUE_EVERY_MS]);
});

test('a new wait begins from the beginning', () => {
  const heard = listen(6_000, undefined, (at) => (at < 2_500 ? 0 : at < 3_000 ? null : 3_000));
  expect(heard).toEqual([CUE_AFTER_MS, 3_000 + CUE_AFTER_MS]);
});
