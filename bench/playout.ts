/**
 * What the bot's own voice costs: the encoding of one frame, and one tick of the playout of a thread full of speaking rooms.
 * The design sets no budget; both have to fit into the 20 ms of a tick many times over.
 */
import { createOpus, type Opus } from '../src/audio/opus-codec.ts';
import { LIVE_OUTPUT_FRAME_SAMPLES, LIVE_OUTPUT_RATE } from '../src/audio/rates.ts';
import { createPlayback, type Playback } from '../src/playback/playback.ts';
import { knownUtterance, utterancePcm } from '../src/rehearsal/speech/utterances.ts';
import { BOT_VOICE } from '../src/room/chain.ts';
import { ROOMS_A_THREAD } from '../src/room/thread-pool.ts';
import { systemClock } from '../src/types/clock.ts';
import type { Log } from '../src/types/log.ts';
import type { Benchmark, Row } from './kit/benchmark.ts';
import { quantile } from './kit/statistics.ts';

const PASSES = 10;
const TICKS = 1_500;
const WARM_UP = 100;

export const playout: Benchmark = {
  name: 'playout',
  about: `encoding one frame, and a playout tick of ${ROOMS_A_THREAD} rooms that all speak`,
  takesSeconds: 15,
  async run() {
    const opus = createOpus();
    const pcm = utterancePcm(knownUtterance('jfk'), LIVE_OUTPUT_RATE);
    const rows = [encoding(opus, pcm), ticking(opus, pcm)];
    opus.close();
    return { rows, problems: [] };
  },
};

function encoding(opus: Opus, pcm: Int16Array): Row {
  const encoder = opus.createEncoder(BOT_VOICE);
  const times: number[] = [];
  for (let pass = -1; pass < PASSES; pass++) {
    for (let at = 0; at + LIVE_OUTPUT_FRAME_SAMPLES <= pcm.length; at += LIVE_OUTPUT_FRAME_SAMPLES) {
      const from = performance.now();
      encoder.encode(pcm.subarray(at, at + LIVE_OUTPUT_FRAME_SAMPLES));
      if (pass >= 0) times.push((performance.now() - from) * 1000);
    }
  }
  encoder.close();
  const [p50Us, p99Us] = [quantile(times, 0.5), quantile(times, 0.99)];
  return {
    what: 'encoding of 20 ms, 24 kHz mono',
    measured: `p50 ${p50Us.toFixed(0)} · p99 ${p99Us.toFixed(0)} µs`,
    budget: null,
    met: null,
    note: `${times.length} frames of recorded speech, wall clock`,
    figures: { p50Us, p99Us },
  };
}

function ticking(opus: Opus, pcm: Int16Array): Row {
  let sent = 0;
  const rooms = Array.from({ length: ROOMS_A_THREAD }, () => openPlayback(opus, () => sent++));
  const times: number[] = [];
  for (let tick = -WARM_UP; tick < TICKS; tick++) {
    for (const room of rooms) if (room.heardMs(1) % 1000 === 0) room.append(1, pcm);
    const from = performance.now();
    for (const room of rooms) room.tick(from);
    if (tick >= 0) times.push(performance.now() - from);
  }
  for (const room of rooms) room.close();
  if (sent !== (TICKS + WARM_UP) * ROOMS_A_THREAD) throw new Error(`only ${sent} packets came of the ticks`);
  const [p50Ms, p99Ms, worstMs] = [quantile(times, 0.5), quantile(times, 0.99), quantile(times, 1)];
  return {
    what: `playout tick of ${ROOMS_A_THREAD} rooms that all speak`,
    measured: `p50 ${p50Ms.toFixed(2)} · p99 ${p99Ms.toFixed(2)} · worst ${worstMs.toFixed(2)} ms`,
    budget: null,
    met: null,
    note: `${TICKS} ticks, wall clock; without encryption and socket`,
    figures: { p50Ms, p99Ms, worstMs },
  };
}

function openPlayback(opus: Opus, onPacket: () => void): Playback {
  const nothing = (): void => undefined;
  const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  return createPlayback({
    encoder: opus.createEncoder(BOT_VOICE),
    sink: { canSend: () => true, sendPacket: onPacket, setSpeaking: nothing },
    clock: systemClock,
    on: { started: nothing, finished: nothing, overflow: nothing },
    count: nothing,
    log,
  });
}
