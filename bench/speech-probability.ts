/**
 * A speaker's frame all the way to its speech probability: decode, downsample, and the detector's windows of everybody in one batch
 * a tick; in CPU time, for one speaker and for eight.
 */
import { createCodecPool } from '../src/audio/codec-pool.ts';
import { createOpus } from '../src/audio/opus-codec.ts';
import { FRAME_MS } from '../src/audio/rates.ts';
import { createHearing, type Hearing } from '../src/hearing/hearing.ts';
import { createSpeechDetector, type SpeechDetector } from '../src/hearing/speech-detector.ts';
import { systemClock } from '../src/types/clock.ts';
import type { Log } from '../src/types/log.ts';
import type { Benchmark, Row } from './kit/benchmark.ts';
import { packetFeed, speechPackets } from './kit/speech-packets.ts';
import { quantile } from './kit/statistics.ts';

const SPEAKERS = [1, 8] as const;
/** Five seconds of each speaker a round: some ten ms of CPU at least, where the kernel counts in microseconds. */
const TICKS = 250;
const ROUNDS = 20;
const WARM_UP = 3;
const BUDGET_MS = 0.5;
/** Share of windows of this recording that are speech; far fewer would mean that something else than the product was measured. */
const LEAST_SPEECH = 0.5;

export const speechProbability: Benchmark = {
  name: 'speech-probability',
  about: 'the same with the speech probability, for 1 and 8 speakers in one batch a tick',
  takesSeconds: 15,
  async run() {
    const log = silentLog();
    const detector = await createSpeechDetector({ kind: 'neural', log, count: () => undefined });
    if (detector.kind !== 'neural') throw new Error('the neural detector does not run here');
    const halls = SPEAKERS.map((speakers) => openHall(speakers, detector, log));
    for (let round = -WARM_UP; round < ROUNDS; round++) for (const hall of halls) await hall.round(round >= 0);
    const rows = halls.map((hall) => hall.row());
    for (const hall of halls) hall.close();
    detector.close();
    return { rows, problems: [] };
  },
};

function silentLog(): Log {
  const nothing = (): void => undefined;
  return { debug: nothing, info: nothing, warn: nothing, error: nothing };
}

/** A room with so many who talk without a break. */
function openHall(speakers: number, detector: SpeechDetector, log: Log) {
  const opus = createOpus();
  const count = (): void => undefined;
  const decoders = createCodecPool({ opus, limit: speakers, count });
  const seen = { windows: 0, speech: 0 };
  const hearing: Hearing = createHearing({
    decoders,
    detector,
    clock: systemClock,
    count,
    log,
    on: {
      packet: () => undefined,
      frame: () => undefined,
      voice({ probability }) {
        seen.windows++;
        if (probability >= 0.5) seen.speech++;
      },
    },
  });
  const payloads = speechPackets(1);
  const startsAt = systemClock.now();
  const feeds = Array.from({ length: speakers }, (_, index) => packetFeed(payloads, index + 1, startsAt));
  const perFrame: number[] = [];
  let tick = 0;

  const advance = async (): Promise<void> => {
    // Nobody begins in step with the others: their windows fill up in different ticks.
    for (const [index, next] of feeds.entries()) if (tick >= index) hearing.packet(`speaker-${index}`, next());
    hearing.tick(startsAt + tick * FRAME_MS);
    tick++;
    // The run that this tick has begun.
    await detector.run();
  };

  return {
    async round(counts: boolean): Promise<void> {
      const before = process.cpuUsage();
      for (let n = 0; n < TICKS; n++) await advance();
      const { user, system } = process.cpuUsage(before);
      if (counts) perFrame.push((user + system) / 1000 / (TICKS * speakers));
    },
    row(): Row {
      if (seen.speech < LEAST_SPEECH * seen.windows)
        throw new Error(`only ${seen.speech} of ${seen.windows} windows were speech`);
      const cpuMs = quantile(perFrame, 0.5);
      const worstMs = quantile(perFrame, 1);
      const who = speakers === 1 ? '1 speaker' : `${speakers} speakers`;
      return {
        what: `the same with speech probability, ${who}`,
        measured: `${cpuMs.toFixed(3)} ms of CPU a frame`,
        budget: `≤ ${BUDGET_MS} ms of CPU`,
        met: cpuMs <= BUDGET_MS,
        note: `all threads of the process (cpuUsage); median of ${ROUNDS} rounds of ${TICKS} ticks, worst ${worstMs.toFixed(3)}`,
        figures: { cpuMs, worstMs },
      };
    },
    close(): void {
      hearing.close();
      decoders.close();
      opus.close();
    },
  };
}
