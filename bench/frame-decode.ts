/**
 * One speaker's 20 ms frame, decoded and brought down to 16 kHz by the product's own ear, against the bare Opus decode.
 */
import { createCodecPool } from '../src/audio/codec-pool.ts';
import { createOpus } from '../src/audio/opus-codec.ts';
import { DISCORD_RATE } from '../src/audio/rates.ts';
import { createSpeakerEar } from '../src/hearing/speaker-ear.ts';
import { systemClock } from '../src/types/clock.ts';
import type { Benchmark, Row } from './kit/benchmark.ts';
import { interleave } from './kit/interleave.ts';
import { packetFeed, speechPackets } from './kit/speech-packets.ts';

/** A second of speech, 3 ms of work: far above the timer's grain, and short enough to slip between two disturbances. */
const FRAMES = 50;
const ROUNDS = 400;
const WARM_UP = 60;
const BUDGET = 2;

export const frameDecode: Benchmark = {
  name: 'frame-decode',
  about: "one speaker's frame: decode + downsample against the bare Opus decode",
  takesSeconds: 10,
  run: async () => ({ rows: [measure('mono', 1), measure('stereo', 2)], problems: [] }),
};

function measure(kind: string, channels: 1 | 2): Row {
  const payloads = speechPackets(channels);
  const opus = createOpus();
  const count = (): void => undefined;
  const decoders = createCodecPool({ opus, limit: 1, count });
  const bare = opus.createDecoder({ rate: DISCORD_RATE, channels: 1 });
  const next = packetFeed(payloads, 1, systemClock.now());
  let heard = 0;
  const ear = createSpeakerEar({
    decoders,
    clock: systemClock,
    count,
    onPacket: () => undefined,
    onFrame: () => heard++,
  });
  let at = 0;
  const { ratio, a, b } = interleave(
    () => {
      for (let n = 0; n < FRAMES; n++) bare.decode(payloads[at++ % payloads.length] ?? new Uint8Array());
    },
    () => {
      for (let n = 0; n < FRAMES; n++) ear.packet(next());
    },
    { rounds: ROUNDS, warmUp: WARM_UP },
  );
  const expected = (ROUNDS + WARM_UP) * FRAMES;
  opus.close();
  if (heard !== expected) throw new Error(`of ${expected} frames ${heard} were heard`);
  const [bareUs, earUs] = [(a * 1000) / FRAMES, (b * 1000) / FRAMES];
  return {
    what: `one speaker's 20 ms frame: decode + downsample / bare Opus decode (${kind} packets)`,
    measured: `${ratio.toFixed(2)} ×`,
    budget: `≤ ${BUDGET} ×`,
    met: ratio <= BUDGET,
    note: `${bareUs.toFixed(0)} µs bare, ${earUs.toFixed(0)} µs with order, time line, 48 → 16 kHz; ${ROUNDS} rounds of ${FRAMES}, in turns`,
    figures: { ratio, bareUs, earUs },
  };
}
