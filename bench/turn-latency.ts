/**
 * What a person waits for that is the bot's own: from the last packet of speech to `activityEnd`, and from the first chunk of the
 * answer to its first packet, over many short turns.
 */
import { isVoice } from '../src/rehearsal/ears.ts';
import type { LiveWire } from '../src/rehearsal/wire/live-wire.ts';
import type { Benchmark, Row } from './kit/benchmark.ts';
import { hum } from './kit/hum.ts';
import { inTurn, type Line, prepareLines } from './kit/lines.ts';
import { pause } from './kit/pause.ts';
import { spreadOf, tellSpread } from './kit/statistics.ts';
import { openVenue, type Venue } from './kit/venue.ts';

const TURNS = 24;
/** A few words each: the time goes into turns, not into speeches. */
const LINES: readonly Line[] = [
  'goforward',
  { voice: 'slt', words: 'What is that?' },
  { voice: 'rms', words: 'Yes, please.' },
  'something',
  { voice: 'awb', words: 'Tell me more.' },
  { voice: 'slt-high', words: 'And then?' },
];
const ANSWER_MS = 400;
/** The service's own time is not what is measured. */
const FIRST_CHUNK_DELAY_MS = 50;
const WINDOW_CLOSES_MS = 6_000;
const ANSWERED_MS = 10_000;
/** Between two turns; 7 ms more each time, so that no phase of the 20 ms clock is met more often than another. */
const MANNERS_MS = 250;
const PHASE_MS = 7;

const PAUSE_MS = 600;
const END_BUDGET_MS = PAUSE_MS + 40;
const PREBUFFER_MS = 60;
const PACKET_BUDGET_MS = PREBUFFER_MS + 10;

export const turnLatency: Benchmark = {
  name: 'turn-latency',
  about: 'last speech packet → activityEnd, and first reply chunk → first packet, over many short turns',
  takesSeconds: 70,
  async run() {
    const pcm = hum(300, ANSWER_MS);
    await using venue = await openVenue({
      respond: () => ({ kind: 'play', pcm, words: 'Hum.' }),
      live: { firstChunkDelayMs: FIRST_CHUNK_DELAY_MS },
    });
    const lines = inTurn(await prepareLines(venue.stage.speech, LINES));
    const turns: Times[] = [];
    for (let index = 0; index < TURNS; index++) {
      turns.push(await takeTurn(venue, lines(index), index));
      await pause(MANNERS_MS + ((index * PHASE_MS) % 20));
    }
    const rows = [chunkToPacket(turns, venue), prebufferToPacket(turns), speechToEnd(turns, venue)];
    return { rows, problems: venue.problems() };
  },
};

/** ms */
interface Times {
  readonly speechToEnd: number;
  readonly chunkToPacket: number;
  readonly prebufferToPacket: number;
}

async function takeTurn({ stage: { wire }, room }: Venue, line: Int16Array, index: number): Promise<Times> {
  const { adam, beth, ears } = room;
  const exchange = wire.exchanges.length;
  const mark = ears.mark();
  const arrival = watchArrival(wire);
  const { lastVoicedAt } = await (index % 2 === 0 ? adam : beth).speak(line);
  await wire.until(() => wire.exchanges[exchange]?.endedAt != null, WINDOW_CLOSES_MS);
  await ears.silent(mark, ANSWERED_MS);
  await wire.until(() => wire.exchanges[exchange]?.answer.complete === true, ANSWERED_MS);
  const seen = wire.exchanges[exchange];
  const packetAt = ears.since(mark).packets.find(isVoice)?.at;
  const chunkAt = seen?.answer.firstChunkAt;
  const prebufferedAt = arrival.end();
  if (seen?.endedAt == null || chunkAt == null || packetAt === undefined || prebufferedAt === null)
    throw new Error(`turn ${index + 1} was not answered`);
  if (wire.exchanges.length !== exchange + 1) throw new Error(`turn ${index + 1} came as several windows`);
  return {
    speechToEnd: seen.endedAt - lastVoicedAt,
    chunkToPacket: packetAt - chunkAt,
    prebufferToPacket: packetAt - prebufferedAt,
  };
}

/** Watches an answer come in; its `end` tells when as much of it was there as the bot waits for. */
function watchArrival(wire: LiveWire): { end(): number | null } {
  let receivedMs = 0;
  let prebufferedAt: number | null = null;
  const stop = wire.on((event) => {
    if (event.type !== 'audioOut') return;
    receivedMs += event.ms;
    if (receivedMs >= PREBUFFER_MS) prebufferedAt ??= event.at;
  });
  return {
    end() {
      stop();
      return prebufferedAt;
    },
  };
}

function chunkToPacket(turns: readonly Times[], { lateness }: Venue): Row {
  const spread = spreadOf(turns.map((turn) => turn.chunkToPacket));
  return {
    what: 'first reply chunk received → first Opus packet on UDP',
    measured: tellSpread(spread),
    budget: `≤ ${PACKET_BUDGET_MS} ms p95 (10 + prebuffer ${PREBUFFER_MS})`,
    met: spread.p95 <= PACKET_BUDGET_MS,
    note: `${turns.length} turns, chunks several times faster than real time, seen on both wires; ${lateness()}`,
    figures: { ...spread },
  };
}

function prebufferToPacket(turns: readonly Times[]): Row {
  const spread = spreadOf(turns.map((turn) => turn.prebufferToPacket));
  return {
    what: `of that, since ${PREBUFFER_MS} ms of the answer were there`,
    measured: tellSpread(spread),
    budget: null,
    met: null,
    note: 'the stand-in sends 120 ms at once, so hardly any of it is the prebuffer; the rest is the wait for the next tick of 20 ms',
    figures: { ...spread },
  };
}

function speechToEnd(turns: readonly Times[], { lateness }: Venue): Row {
  const spread = spreadOf(turns.map((turn) => turn.speechToEnd));
  return {
    what: 'last speech packet → activityEnd',
    measured: tellSpread(spread),
    budget: `≤ ${END_BUDGET_MS} ms (pause ${PAUSE_MS} + 40)`,
    met: spread.p95 <= END_BUDGET_MS,
    note: `${turns.length} turns, p95 against the budget; ${lateness()}`,
    figures: { ...spread },
  };
}
