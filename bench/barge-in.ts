/**
 * Barge-in as it is heard: from the interrupter's first packet of speech to the answer being lowered, and to its last packet; and that
 * nothing of it comes back, although the service goes on sending it for another half second.
 *
 * Everything is told from the decoded packets of a listener. Every answer is a hum of even loudness and of a pitch that the answer
 * before it has not.
 */
import type { HeardPacket } from '../src/rehearsal/discord/voice/heard-track.ts';
import { isVoice } from '../src/rehearsal/ears.ts';
import type { Benchmark, Row } from './kit/benchmark.ts';
import { hum, levelOf, PITCHES_HZ, type Pitch, pitchOf } from './kit/hum.ts';
import { inTurn, type Line, prepareLines } from './kit/lines.ts';
import { pause } from './kit/pause.ts';
import { quantile, spreadOf, tellSpread } from './kit/statistics.ts';
import { openVenue, type Venue } from './kit/venue.ts';

const BARGE_INS = 20;
/** People and synthetic voices, hard and soft onsets. */
const LINES: readonly Line[] = [
  'barge-in',
  'goforward',
  { voice: 'rms', words: 'Hold on, please.' },
  'something',
  'numbers',
  { voice: 'awb', words: 'No, that is not what I meant.' },
  'go-on',
  { voice: 'slt-high', words: 'Excuse me.' },
];
/** Never heard to its end; at four times real time it is still coming in when it is cut. */
const ANSWER_MS = 10_000;
/** As late as the real service has been seen to tell that it was interrupted (live-api.md §8.1). */
const INTERRUPTED_DELAY_MS = 500;
const FIRST_CHUNK_DELAY_MS = 50;
/** Of the answer, before somebody interrupts; the phase of the 20 ms clock is another each time. */
const LISTEN_MS = 600;
const PHASE_MS = 7;
/** What the level is compared with: the answer just before. */
const REFERENCE_PACKETS = 20;
/** A drop that is heard as one. The bot lowers by 15 dB, in a slope of one packet. */
const DUCKED_DB = 3;
const WINDOW_CLOSES_MS = 8_000;
const ANSWERED_MS = 10_000;

const DUCK_BUDGET_MS = 120;
const SILENCE_BUDGET_MS = 300;

export const bargeIn: Benchmark = {
  name: 'barge-in',
  about: 'first speech packet of an interruption → answer lowered → answer silent, `interrupted` 500 ms late',
  takesSeconds: 85,
  async run() {
    let answers = 0;
    await using venue = await openVenue({
      respond: () => ({ kind: 'play', pcm: hum(pitchAt(answers++), ANSWER_MS), words: 'Hum.' }),
      live: { interruptedDelayMs: INTERRUPTED_DELAY_MS, firstChunkDelayMs: FIRST_CHUNK_DELAY_MS },
    });
    const lines = inTurn(await prepareLines(venue.stage.speech, LINES));
    await venue.room.adam.speak(lines(0));
    const cuts: Cut[] = [];
    for (let index = 0; index < BARGE_INS; index++) cuts.push(await interrupt(venue, lines(index), index));
    return { rows: [ducked(cuts, venue), silenced(cuts, venue), leftOver(cuts)], problems: venue.problems() };
  },
};

const pitchAt = inTurn(PITCHES_HZ);

interface Cut {
  /** From the first packet of the interruption, ms; null when it never happened. */
  readonly toDuck: number | null;
  readonly toSilence: number | null;
  /** Packets of the old answer after it had fallen silent. */
  readonly leftOver: number;
}

async function interrupt({ stage: { wire }, room }: Venue, line: Int16Array, index: number): Promise<Cut> {
  const { adam, beth, ears } = room;
  const exchange = wire.exchanges.length;
  const before = ears.mark();
  if (!(await ears.firstVoice(before, ANSWERED_MS))) throw new Error(`there is no answer to interrupt (${index + 1})`);
  await pause(LISTEN_MS + ((index * PHASE_MS) % 20));
  const { startedAt } = await (index % 2 === 0 ? beth : adam).speak(line);
  await wire.until(() => wire.exchanges[exchange]?.endedAt != null, WINDOW_CLOSES_MS);
  const endedAt = wire.exchanges[exchange]?.endedAt;
  if (endedAt == null) throw new Error(`interruption ${index + 1} reached nobody`);
  // Up to the end of the window only the old answer can be heard; what is still heard of it later shows in its pitch.
  await ears.firstVoice(ears.mark(), ANSWERED_MS);
  return tellCut(ears.since(before).packets, { startedAt, endedAt, old: pitchAt(index) });
}

interface Interruption {
  readonly startedAt: number;
  /** The window of the interruption is closed: from here on the next answer may come. */
  readonly endedAt: number;
  readonly old: Pitch;
}

function tellCut(packets: readonly HeardPacket[], { startedAt, endedAt, old }: Interruption): Cut {
  const during = packets.filter(({ at }) => at >= startedAt);
  const reference = quantile(levels(packets.filter(({ at }) => at < startedAt)).slice(-REFERENCE_PACKETS), 0.5);
  const firstSilence = during.findIndex(({ silence }) => silence);
  const answer = during.slice(0, Math.max(0, firstSilence)).filter(isVoice);
  const lowered = answer.find(({ pcm }) => pcm !== null && levelOf(pcm) <= reference - DUCKED_DB);
  const after = firstSilence < 0 ? [] : during.slice(firstSilence).filter(isVoice);
  const leftOver = after.filter(({ at, pcm }) => at < endedAt || (pcm !== null && pitchOf(pcm) === old));
  const lastAt = answer.at(-1)?.at ?? startedAt;
  const silent = firstSilence >= 0;
  return {
    toDuck: lowered === undefined ? null : lowered.at - startedAt,
    toSilence: silent ? Math.max(0, lastAt - startedAt) : null,
    leftOver: leftOver.length,
  };
}

function levels(packets: readonly HeardPacket[]): number[] {
  return packets.flatMap(({ pcm, silence }) => (pcm === null || silence ? [] : [levelOf(pcm)]));
}

const seen = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

function ducked(cuts: readonly Cut[], { lateness }: Venue): Row {
  const times = seen(cuts.map(({ toDuck }) => toDuck));
  const spread = spreadOf(times);
  return {
    what: 'barge-in: first speech packet → duck',
    measured: tellSpread(spread),
    budget: `≤ ${DUCK_BUDGET_MS} ms p50`,
    met: times.length === cuts.length && spread.p50 <= DUCK_BUDGET_MS,
    note: `${times.length} of ${cuts.length} heard to be lowered by ${DUCKED_DB} dB or more; ${lateness()}`,
    figures: { ...spread, missed: cuts.length - times.length },
  };
}

function silenced(cuts: readonly Cut[], { lateness }: Venue): Row {
  const times = seen(cuts.map(({ toSilence }) => toSilence));
  const spread = spreadOf(times);
  return {
    what: 'barge-in: first speech packet → silence',
    measured: tellSpread(spread),
    budget: `≤ ${SILENCE_BUDGET_MS} ms p95`,
    met: times.length === cuts.length && spread.p95 <= SILENCE_BUDGET_MS,
    note: `${times.length} of ${cuts.length} silenced, \`interrupted\` ${INTERRUPTED_DELAY_MS} ms late; ${lateness()}`,
    figures: { ...spread, missed: cuts.length - times.length },
  };
}

function leftOver(cuts: readonly Cut[]): Row {
  const packets = cuts.reduce((sum, cut) => sum + cut.leftOver, 0);
  return {
    what: 'barge-in: heard of the old answer after that',
    measured: `${packets} packets`,
    budget: '0 packets',
    met: packets === 0,
    note: `told by the pitch of each answer, in ${cuts.length} interruptions, while the service goes on sending it`,
    figures: { packets },
  };
}
