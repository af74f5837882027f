import { Application, createEncoder } from 'libopus-wasm';
import { expect, onTestFinished, test } from 'vitest';
import { createFrameClock } from '../../../src/audio/frame-clock.ts';
import { createPlayback } from '../../../src/playback/playback.ts';
import { systemClock } from '../../../src/types/clock.ts';
import { ALICE, type Setup, setUp } from './harness.ts';

/** Playback on the link, paced in real time. */
async function setUpPlayback(it: Setup) {
  const opus = await createEncoder({
    channels: 1,
    sampleRate: 24_000,
    frameSize: 480,
    application: Application.Voip,
    bitrate: 48_000,
  });
  const told: string[] = [];
  const playback = createPlayback({
    encoder: { encode: (pcm) => opus.encode(pcm).slice(), close: () => opus.free() },
    sink: it.link,
    clock: systemClock,
    on: {
      started: (generation) => void told.push(`started ${generation}`),
      finished: (generation, heardMs) => void told.push(`finished ${generation} ${heardMs}`),
      overflow: () => void told.push('overflow'),
    },
    count: () => undefined,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const frames = createFrameClock({
    clock: systemClock,
    onError: (error) => {
      throw error;
    },
  });
  frames.onPlayout((now) => playback.tick(now));
  onTestFinished(() => {
    frames.close();
    playback.close();
  });
  return { playback, told };
}

function tone24k(ms: number): Int16Array {
  return Int16Array.from({ length: ms * 24 }, (_, i) => Math.round(8000 * Math.sin((2 * Math.PI * 440 * i) / 24_000)));
}

test('an answer that was ready before the call was encrypted is heard from its first packet to its last', async () => {
  const it = await setUp();
  await it.ready();
  const { playback, told } = await setUpPlayback(it);
  playback.append(1, tone24k(610));
  playback.end(1);

  const alice = it.join(ALICE);
  const heard = await alice.heard.until((span) => span.flags.at(-1)?.speaking === false);
  expect(heard.voiced).toHaveLength(31);
  expect(heard.packets.slice(-5).every((packet) => packet.silence)).toBe(true);
  expect(heard.packets).toHaveLength(36);
  expect(heard.voiced.every((packet) => packet.encrypted === 'dave')).toBe(true);
  expect(heard.flags.map((flag) => flag.speaking)).toEqual([true, false]);
  expect(told).toEqual(['started 1', 'finished 1 610']);
  expect(it.server.violations).toEqual([]);
});

test('a flushed answer ends with five silence frames and the next one follows cleanly', async () => {
  const it = await setUp();
  const alice = it.join(ALICE);
  await it.secured();
  const { playback, told } = await setUpPlayback(it);
  playback.append(1, tone24k(5000));
  await alice.heard.until((span) => span.voiced.length >= 5);
  const report = playback.flush();
  await alice.heard.until((span) => span.flags.at(-1)?.speaking === false);
  const mark = alice.heard.mark();
  playback.append(2, tone24k(100));
  playback.end(2);
  const answer = await alice.heard.until((span) => span.flags.at(-1)?.speaking === false, { mark });

  expect(alice.heard.voiced).toHaveLength(report.heardMs / 20 + 5);
  expect(answer.packets).toHaveLength(10);
  expect(told).toEqual(['started 1', 'started 2', 'finished 2 100']);
  expect(it.server.violations).toEqual([]);
});
