/**
 * How late the event loop of an audio thread is while eight rooms in it talk, as the thread itself tells with every beat; and the same
 * with eight rooms that are silent, which is what the machine does to it.
 */
import { LIVE_OUTPUT_RATE } from '../src/audio/rates.ts';
import type { BotLine } from '../src/rehearsal/bot-process.ts';
import { knownUtterance } from '../src/rehearsal/speech/utterances.ts';
import { ROOMS_A_THREAD } from '../src/room/thread-pool.ts';
import type { Benchmark, Row } from './kit/benchmark.ts';
import { inTurn, prepareLines } from './kit/lines.ts';
import { pause } from './kit/pause.ts';
import { cpuOf, timeOfThread } from './kit/process-cpu.ts';
import { ms, quantile } from './kit/statistics.ts';
import { openVenue, type Room, type Venue } from './kit/venue.ts';

const SILENT_MS = 10_000;
const TALKING_MS = 40_000;
/** Joining eight calls is work of its own, and over by then. */
const SETTLED_MS = 3_000;
/** Rooms begin one after the other, so that they are in different places of their conversations. */
const STAGGER_MS = 350;
/** The answer takes 3 s; who has not been answered by then was not heard, which a thread without a core to run on does. */
const ANSWERED_MS = 8_000;
const BUDGET_MS = 10;
/** The name that `room/thread.ts` gives its first thread. */
const THREAD_NAME = 'rooms-1';

export const threadLag: Benchmark = {
  name: 'thread-lag',
  about: `event loop lag of one audio thread with ${ROOMS_A_THREAD} live rooms, all talking`,
  takesSeconds: 80,
  async run() {
    const beats: Beat[] = [];
    let answer: Int16Array = new Int16Array();
    await using venue = await openVenue({
      respond: () => ({ kind: 'play', pcm: answer, words: 'A story.' }),
      rooms: ROOMS_A_THREAD,
      env: { ROOM_THREADS: '1', LOG_LEVEL: 'debug' },
      tapped: false,
      onLine: (line) => takeBeat(line, beats),
    });
    const { speech } = venue.stage;
    answer = await speech.load(knownUtterance('story'), LIVE_OUTPUT_RATE);
    const lines = await prepareLines(speech, ['meeting', 'weather', 'numbers', 'bring', 'story']);
    await pause(SETTLED_MS);
    const silent = await during(beats, () => pause(SILENT_MS));
    const loadSince = await watchLoad(venue);
    const turns: boolean[] = [];
    const talking = await during(beats, async () => {
      turns.push(...(await converse(venue.rooms, lines, performance.now() + TALKING_MS)));
    });
    const row = tellLag({ silent, talking, turns, load: await loadSince() });
    return { rows: [row], problems: venue.problems() };
  },
};

/** A second of the thread. */
interface Beat {
  readonly lagMs: number;
  readonly rooms: number;
}

function takeBeat({ msg, fields }: BotLine, beats: Beat[]): void {
  const { lagMs, rooms } = fields;
  if (msg === 'room thread beats' && typeof lagMs === 'number' && typeof rooms === 'number')
    beats.push({ lagMs, rooms });
}

/** The lag of each second of some work. The first beat belongs to what was before. */
async function during(beats: readonly Beat[], work: () => Promise<void>): Promise<number[]> {
  const from = beats.length + 1;
  await work();
  const seen = beats.slice(from);
  if (seen.length === 0) throw new Error('the thread has told nothing of its event loop');
  if (seen.some(({ rooms }) => rooms !== ROOMS_A_THREAD))
    throw new Error(`the thread does not have ${ROOMS_A_THREAD} rooms`);
  return seen.map(({ lagMs }) => lagMs);
}

/** Resolves with all turns taken in all rooms together: whether each was answered. */
async function converse(rooms: readonly Room[], lines: readonly Int16Array[], until: number): Promise<boolean[]> {
  const turns = rooms.map(async (room, index) => {
    const answered: boolean[] = [];
    await pause(index * STAGGER_MS);
    while (performance.now() < until) {
      const turn = answered.length;
      answered.push(await takeTurn(room, inTurn(lines)(index + turn), turn));
    }
    return answered;
  });
  return (await Promise.all(turns)).flat();
}

async function takeTurn({ adam, beth, ears }: Room, line: Int16Array, turn: number): Promise<boolean> {
  const mark = ears.mark();
  await (turn % 2 === 0 ? adam : beth).speak(line);
  return ears.silent(mark, ANSWERED_MS);
}

/** Shares of the time that passed, in percent; null where the system does not tell. */
interface Load {
  /** CPU of the whole bot. */
  readonly bot: number | null;
  readonly threadRan: number | null;
  /** The thread was ready and had no core: what that does to its event loop is the machine's. */
  readonly threadWaited: number | null;
}

/** Begins to watch; what it returns tells the load since then. */
async function watchLoad({ bot: { pid } }: Venue): Promise<() => Promise<Load>> {
  const take = async () => {
    const [bot, thread] = await Promise.all([cpuOf(pid), timeOfThread(pid, THREAD_NAME)]);
    return { at: performance.now(), bot, ran: thread?.ranMs ?? null, waited: thread?.waitedMs ?? null };
  };
  const before = await take();
  return async () => {
    const now = await take();
    const share = (from: number | null, to: number | null): number | null =>
      from === null || to === null ? null : ((to - from) / (now.at - before.at)) * 100;
    return {
      bot: share(before.bot, now.bot),
      threadRan: share(before.ran, now.ran),
      threadWaited: share(before.waited, now.waited),
    };
  };
}

interface Lags {
  readonly silent: readonly number[];
  readonly talking: readonly number[];
  /** Whether each was answered. */
  readonly turns: readonly boolean[];
  readonly load: Load;
}

function tellLag({ silent, talking, turns, load }: Lags): Row {
  const [lag, worst, idle] = [quantile(talking, 0.5), quantile(talking, 1), quantile(silent, 0.5)];
  const over = talking.filter((second) => second >= BUDGET_MS).length;
  const answered = turns.filter(Boolean).length;
  const percent = (share: number | null, words: string): string[] =>
    share === null ? [] : [`${words} ${share.toFixed(0)} %`];
  return {
    what: `event loop lag p99 of an audio thread with ${ROOMS_A_THREAD} live rooms`,
    measured: `${ms(lag)} ms in the median second, ${ms(worst)} in the worst; silent rooms ${ms(idle)}`,
    budget: `< ${BUDGET_MS} ms`,
    met: lag < BUDGET_MS,
    note: [
      `p99 of each second by the thread's own beat: ${over} of ${talking.length} s at ${BUDGET_MS} ms or more`,
      `${answered} of ${turns.length} turns answered`,
      ...percent(load.threadRan, 'of the time the thread ran'),
      ...percent(load.threadWaited, 'waited for a core'),
      ...percent(load.bot, 'the whole bot used of a core'),
    ].join('; '),
    figures: {
      p99MedianSecond: lag,
      p99WorstSecond: worst,
      p99Silent: idle,
      unanswered: turns.length - answered,
      ...figure('threadRanPercent', load.threadRan),
      ...figure('threadWaitedPercent', load.threadWaited),
      ...figure('botCorePercent', load.bot),
    },
  };
}

function figure(name: string, value: number | null): Record<string, number> {
  return value === null ? {} : { [name]: value };
}
