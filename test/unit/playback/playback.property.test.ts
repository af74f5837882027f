import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBench, picture, ramp } from './harness.ts';

const chunkLengths = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 20 });

function split(pcm: Int16Array, lengths: readonly number[]): Int16Array[] {
  const chunks: Int16Array[] = [];
  let start = 0;
  for (const length of lengths) {
    chunks.push(pcm.subarray(start, start + length));
    start += length;
  }
  chunks.push(pcm.subarray(start));
  return chunks;
}

test('however an answer is cut into chunks, the same packets leave', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), chunkLengths, (length, lengths) => {
      const pcm = ramp(1000).subarray(0, length);
      const whole = createBench();
      whole.playback.append(1, pcm);
      whole.playback.end(1);
      whole.ticks(60);
      const cut = createBench();
      for (const chunk of split(pcm, lengths)) cut.playback.append(1, chunk);
      cut.playback.end(1);
      cut.ticks(60);
      expect(cut.sent).toEqual(whole.sent);
      expect(cut.told).toEqual(whole.told);
    }),
    { numRuns: 60 },
  );
});

test('whatever arrives when, every sample is heard once, in order, in runs that close', () => {
  const arrivals = fc.array(fc.tuple(fc.integer({ min: 0, max: 2500 }), fc.integer({ min: 0, max: 70 })), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(arrivals, (steps) => {
      const bench = createBench();
      const total = steps.reduce((sum, [length]) => sum + length, 0);
      const pcm = ramp(2000).subarray(0, total);
      let start = 0;
      for (const [length, ticks] of steps) {
        bench.playback.append(1, pcm.subarray(start, start + length));
        start += length;
        bench.ticks(ticks);
      }
      bench.playback.end(1);
      bench.ticks(200);

      const heard = bench.heard();
      expect(heard.subarray(0, total)).toEqual(pcm);
      expect(heard.subarray(total).every((sample) => sample === 0)).toBe(true);
      expect(heard.length - total).toBeLessThan(480);
      expect(picture(bench.sent)).toMatch(/^(Sv[v.]*\.{5}s)*$/);
      expect(bench.told.filter((it) => it.startsWith('finished'))).toHaveLength(1);
    }),
    { numRuns: 60 },
  );
});

test('wherever a flush falls, nothing of the answer is heard after it and the counts add up', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 0, max: 60 }),
      fc.boolean(),
      (length, ticks, ended) => {
        const bench = createBench();
        bench.playback.append(3, ramp(1000).subarray(0, length));
        if (ended) bench.playback.end(3);
        bench.ticks(ticks);
        const finished = bench.told.some((it) => it.startsWith('finished'));
        const before = bench.sent.filter((it) => it.kind === 'voice').length;
        const report = bench.playback.flush();
        bench.ticks(80);

        expect(bench.sent.filter((it) => it.kind === 'voice')).toHaveLength(before);
        expect(picture(bench.sent)).toMatch(/^(Sv[v.]*\.{5}s)*$/);
        if (finished) expect(report).toEqual({ generation: null, heardMs: 0, unheardMs: 0 });
        else expect(report.heardMs + report.unheardMs).toBeCloseTo(length / 24, 6);
      },
    ),
    { numRuns: 100 },
  );
});
