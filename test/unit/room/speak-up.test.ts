import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSpeakUp, FREE_MS, SPEAK_UP_WITHIN_MS } from '../../../src/room/speak-up.ts';

function setUp() {
  const said: string[] = [];
  const settled: boolean[] = [];
  const speakUp = createSpeakUp({ say: (note) => said.push(note), settled: (it) => settled.push(it) });
  return { speakUp, said, settled };
}

test('it is said once the floor has been free for a while, not in the gap between two sentences', () => {
  const { speakUp, said, settled } = setUp();
  speakUp.wait('tea', 0);
  speakUp.tick(0, true);
  speakUp.tick(FREE_MS - 20, true);
  speakUp.tick(FREE_MS, false);
  speakUp.tick(FREE_MS + 20, true);
  expect(said).toEqual([]);
  speakUp.tick(2 * FREE_MS + 20, true);
  expect(said).toEqual(['tea']);
  expect(settled).toEqual([true]);
});

test('the next one waits until the floor is free again', () => {
  const { speakUp, said } = setUp();
  speakUp.wait('tea', 0);
  speakUp.wait('cat', 0);
  speakUp.tick(0, true);
  speakUp.tick(FREE_MS, true);
  speakUp.tick(FREE_MS + 20, true);
  expect(said).toEqual(['tea']);
  speakUp.tick(2 * FREE_MS + 20, true);
  expect(said).toEqual(['tea', 'cat']);
});

test('what has waited for a minute is given back, and never said after that', () => {
  const { speakUp, said, settled } = setUp();
  speakUp.wait('tea', 0);
  speakUp.wait('cat', 30_000);
  speakUp.tick(SPEAK_UP_WITHIN_MS, false);
  expect(settled).toEqual([false]);
  speakUp.tick(SPEAK_UP_WITHIN_MS + 20, true);
  speakUp.tick(SPEAK_UP_WITHIN_MS + 20 + FREE_MS, true);
  expect(said).toEqual(['cat']);
  expect(settled).toEqual([false, true]);
});

test('whatever happens on the floor, each is settled once, in its turn, and said only if it is told so', () => {
  const step = fc.record({ ms: fc.integer({ min: 0, max: 5_000 }), free: fc.boolean(), note: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const { speakUp, said, settled } = setUp();
      const given: string[] = [];
      let now = 0;
      for (const { ms, free, note } of steps) {
        now += ms;
        if (note) speakUp.wait(String(given.push(`note ${given.length}`) - 1), now);
        speakUp.tick(now, free);
        expect(settled.length).toBeLessThanOrEqual(given.length);
      }
      speakUp.tick(now + SPEAK_UP_WITHIN_MS, false);
      expect(settled).toHaveLength(given.length);
      expect(said).toEqual(given.map((_, index) => String(index)).filter((_, index) => settled[index]));
    }),
  );
});
