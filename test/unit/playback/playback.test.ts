import { expect, test } from 'vitest';
import { createBench, picture, ramp } from './harness.ts';

test('an answer is one run: speaking on, a packet every 20 ms, five silence frames, speaking off', () => {
  const bench = createBench();
  bench.playback.append(1, ramp(200));
  bench.playback.end(1);
  bench.ticks(30);

  expect(picture(bench.sent)).toBe(`S${'v'.repeat(10)}.....s`);
  const packets = bench.sent.filter((it) => it.kind !== 'speaking');
  const gaps = packets.slice(1).map((packet, i) => packet.at - (packets[i]?.at ?? 0));
  expect(new Set(gaps)).toEqual(new Set([20]));
  expect(bench.heard()).toEqual(ramp(200));
  expect(bench.told).toEqual(['started 1 20', 'finished 1 200']);
  expect(bench.playback.heardMs(1)).toBe(200);
  expect(bench.playback.state.status).toBe('idle');
});

test('an answer of three minutes that arrives in thirty seconds is heard to its last sample', () => {
  const bench = createBench();
  const answer = ramp(180_000);
  for (let second = 0; second < 30; second++) {
    bench.playback.append(1, answer.subarray(second * 144_000, (second + 1) * 144_000));
    bench.ticks(50);
  }
  bench.playback.end(1);
  bench.ticks(7_600);

  expect(Buffer.from(bench.heard().buffer).equals(Buffer.from(answer.buffer))).toBe(true);
  expect(bench.told.at(-1)).toBe('finished 1 180000');
  expect(bench.silences()).toBe(5);
});

test('the first packet waits for the prebuffer, and not for it when the end is known', () => {
  const slow = createBench();
  slow.playback.append(1, ramp(40));
  slow.ticks(3);
  expect(slow.sent).toEqual([]);
  expect(slow.playback.state.status).toBe('prebuffering');
  slow.playback.append(1, ramp(20));
  slow.ticks(1);
  expect(picture(slow.sent)).toBe('Sv');

  const short = createBench();
  short.playback.append(1, ramp(30));
  short.playback.end(1);
  short.ticks(1);
  expect(picture(short.sent)).toBe('Sv');
});

test('the tail of an answer is padded to a whole packet and counted without the padding', () => {
  const bench = createBench();
  bench.playback.append(1, ramp(33));
  bench.playback.end(1);
  bench.ticks(10);

  const heard = bench.heard();
  expect(heard.length).toBe(2 * 480);
  expect(heard.subarray(0, 33 * 24)).toEqual(ramp(33));
  expect(heard.subarray(33 * 24).every((sample) => sample === 0)).toBe(true);
  expect(bench.told.at(-1)).toBe('finished 1 33');
});

test('an answer that is late in its middle keeps the run alive with silence, then rebuffers', () => {
  const bench = createBench();
  bench.playback.append(1, ramp(60));
  bench.ticks(5);
  expect(bench.playback.state.status).toBe('starved');
  bench.playback.append(1, ramp(40, 1441));
  bench.ticks(1);
  bench.playback.append(1, ramp(20, 2401));
  bench.playback.end(1);
  bench.ticks(12);

  expect(picture(bench.sent)).toBe('Svvv...vvv.....s');
  expect(bench.heard()).toEqual(ramp(120));
  expect(bench.counts.get('playback_underruns_total')).toBe(1);
});

test('an answer that stays away for a second stops speaking and begins anew when it goes on', () => {
  const bench = createBench();
  bench.playback.append(1, ramp(60));
  bench.ticks(60);
  expect(picture(bench.sent)).toBe(`Svvv${'.'.repeat(50)}s`);
  bench.playback.append(1, ramp(60, 1441));
  bench.playback.end(1);
  bench.ticks(12);
  expect(picture(bench.sent).slice(55)).toBe('Svvv.....s');
  expect(bench.told).toEqual(['started 1 20', 'finished 1 120']);
});

test('a flush silences the very next packet and reports what was heard', () => {
  const bench = createBench();
  bench.playback.append(7, ramp(1000));
  bench.ticks(10);
  expect(bench.playback.flush()).toEqual({ generation: 7, heardMs: 200, unheardMs: 800 });
  bench.ticks(20);

  expect(picture(bench.sent)).toBe(`S${'v'.repeat(10)}.....s`);
  expect(bench.told).toEqual(['started 7 20']);
  expect(bench.playback.heardMs(7)).toBe(200);
});

test('a flush before the first packet sends nothing at all', () => {
  const bench = createBench();
  bench.playback.append(1, ramp(40));
  bench.ticks(1);
  expect(bench.playback.flush()).toEqual({ generation: 1, heardMs: 0, unheardMs: 40 });
  expect(bench.playback.flush()).toEqual({ generation: null, heardMs: 0, unheardMs: 0 });
  bench.ticks(10);
  expect(bench.sent).toEqual([]);
});

test('the answer after a flush is heard from its first sample', () => {
  const bench = createBench();
  bench.playback.append(1, ramp(500));
  bench.ticks(5);
  bench.playback.flush();
  bench.playback.append(2, ramp(100, 5000));
  bench.playback.end(2);
  bench.ticks(20);

  expect(picture(bench.sent)).toBe('Svvvvv.....sSvvvvv.....s');
  expect(bench.heard().subarray(5 * 480)).toEqual(ramp(100, 5000));
});

test('nothing leaves while the link cannot send, and nothing is lost', () => {
  const bench = createBench();
  bench.open = false;
  bench.playback.append(1, ramp(200));
  bench.ticks(50);
  expect(bench.sent).toEqual([]);
  bench.open = true;
  bench.ticks(3);
  bench.open = false;
  bench.ticks(50);
  bench.open = true;
  bench.playback.end(1);
  bench.ticks(30);

  expect(bench.heard()).toEqual(ramp(200));
  expect(bench.told.at(-1)).toBe('finished 1 200');
});

test('an answer without a sound is finished without a packet, also while the link cannot send', () => {
  const bench = createBench();
  bench.open = false;
  bench.playback.end(1);
  bench.ticks(2);
  expect(bench.sent).toEqual([]);
  expect(bench.told).toEqual(['finished 1 0']);
});

test('a new answer ends the one before it, and both are heard in order', () => {
  const bench = createBench();
  bench.playback.append(1, ramp(50));
  bench.playback.append(2, ramp(60, 9000));
  bench.playback.end(2);
  bench.ticks(40);
  expect(bench.told).toEqual(['started 1 20', 'finished 1 50', 'started 2 200', 'finished 2 60']);
});

test('a chunk of an answer that was heard to its end is dropped and counted', () => {
  const bench = createBench();
  bench.playback.append(1, ramp(60));
  bench.playback.end(1);
  bench.ticks(20);
  bench.playback.append(1, ramp(60));
  bench.playback.end(1);
  bench.ticks(20);
  expect(bench.told).toEqual(['started 1 20', 'finished 1 60']);
  expect(bench.counts.get('playback_late_chunks_total')).toBe(1);
});

test('a full queue drops the newest audio and says how much', () => {
  const bench = createBench({ maxQueuedMs: 100 });
  bench.playback.append(1, ramp(150));
  bench.playback.append(1, ramp(20));
  bench.playback.end(1);
  bench.ticks(20);
  expect(bench.told.slice(0, 2)).toEqual(['overflow 1 50', 'overflow 1 20']);
  expect(bench.heard()).toEqual(ramp(100));
  expect(bench.counts.get('playback_overflow_ms_total')).toBe(70);
});

test('a cue is heard before the next answer or after the current one, never over it', () => {
  const bench = createBench();
  const cue = new Int16Array(480).fill(-5);
  bench.playback.append(1, ramp(40));
  bench.playback.cue(cue);
  bench.playback.append(1, ramp(40, 961));
  bench.playback.end(1);
  bench.ticks(10);
  bench.playback.cue(cue);
  bench.ticks(30);

  const voiced = bench.sent.filter((it) => it.kind === 'voice').map((it) => (it.pcm[0] === -5 ? 'c' : 'a'));
  expect(voiced.join('')).toBe('caaaac');
  expect(bench.told).toEqual(['started 1 160', 'finished 1 80']);
});

test('ducking goes down and comes back over one packet, without a step', () => {
  const bench = createBench();
  bench.playback.append(1, new Int16Array(480 * 10).fill(10_000));
  bench.ticks(2);
  bench.playback.duck();
  bench.ticks(2);
  bench.playback.unduck();
  bench.ticks(2);

  const heard = bench.heard();
  const step = heard.slice(1).reduce((most, sample, i) => Math.max(most, Math.abs(sample - (heard[i] ?? 0))), 0);
  expect(heard[480 * 4 - 1]).toBe(Math.round(10_000 * 10 ** (-15 / 20)));
  expect(heard[480 * 6 - 1]).toBe(10_000);
  expect(step).toBeLessThan(20);
});

test('a flush ends the ducking', () => {
  const bench = createBench();
  bench.playback.append(1, ramp(200));
  bench.playback.duck();
  bench.ticks(3);
  bench.playback.flush();
  bench.playback.append(2, ramp(60));
  bench.playback.end(2);
  bench.ticks(12);
  expect(bench.heard().subarray(3 * 480)).toEqual(ramp(60));
});

test('a frame that cannot be encoded is replaced by silence and the answer goes on', () => {
  let calls = 0;
  const bench = createBench({
    encoder: {
      encode(pcm) {
        calls++;
        if (calls === 2) throw new Error('codec');
        return new Uint8Array(pcm.slice().buffer);
      },
      close() {},
    },
  });
  bench.playback.append(1, ramp(80));
  bench.playback.end(1);
  bench.ticks(12);
  expect(picture(bench.sent)).toBe('Sv.vv.....s');
  expect(bench.counts.get('playback_encode_failures_total')).toBe(1);
});

test('closing in mid-answer clears the speaking flag, releases the encoder once and is final', () => {
  const bench = createBench();
  bench.playback.append(1, ramp(200));
  bench.ticks(2);
  bench.playback.close();
  bench.playback.close();
  bench.playback.append(2, ramp(200));
  bench.playback.cue(ramp(20));
  bench.ticks(20);
  expect(picture(bench.sent)).toBe('Svvs');
  expect(bench.encoderClosed).toBe(1);
});
