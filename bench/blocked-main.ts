/**
 * The largest gap between the bot's packets, as a member hears them, while the bot's main thread stands still for half a second in the
 * middle of an answer; and, for comparison, with rooms in the main thread.
 */
import type { BotLine } from '../src/rehearsal/bot-process.ts';
import type { HeardPacket } from '../src/rehearsal/discord/voice/heard-track.ts';
import { isVoice } from '../src/rehearsal/ears.ts';
import type { Benchmark, Outcome, Row } from './kit/benchmark.ts';
import { hum } from './kit/hum.ts';
import { prepareLines } from './kit/lines.ts';
import { pause } from './kit/pause.ts';
import { ms, quantile } from './kit/statistics.ts';
import { openVenue } from './kit/venue.ts';

const BLOCKS = 8;
/** Between two blocks; the middle of it is the control. */
const EVERY_MS = 1_500;
const BLOCK_MS = 500;
/** All blocks, the first packet, and a little at the end. */
const ANSWER_MS = BLOCKS * EVERY_MS + 2_000;
const FIRST_WORDS_MS = 500;
const ANSWERED_MS = 10_000;
const BUDGET_MS = 30;

const PRELOAD = new URL('./preload/block-main.ts', import.meta.url).href;

export const blockedMain: Benchmark = {
  name: 'blocked-main',
  about: `largest gap in the bot's packets while its main thread is blocked for ${BLOCK_MS} ms, with room threads and without`,
  takesSeconds: 55,
  async run() {
    const [threads, without] = [await measure('2'), await measure('0')];
    return {
      rows: [
        row(`largest gap in the bot's packets, main thread blocked for ${BLOCK_MS} ms`, threads, BUDGET_MS),
        row('the same without room threads (ROOM_THREADS=0)', without, null),
      ],
      problems: threads.problems,
    };
  },
};

interface Gaps {
  /** Of each block, ms. */
  readonly blocked: readonly number[];
  /** Of as long a time without a block. */
  readonly free: readonly number[];
  readonly lateness: string;
  readonly problems: Outcome['problems'];
}

async function measure(threads: string): Promise<Gaps> {
  const blocks: Block[] = [];
  await using venue = await openVenue({
    respond: () => ({ kind: 'play', pcm: hum(300, ANSWER_MS), words: 'Hum.' }),
    env: { ROOM_THREADS: threads },
    execArgv: ['--import', PRELOAD],
    onLine: (line) => takeBlock(line, blocks),
  });
  const { stage, room, bot, lateness } = venue;
  const [question = new Int16Array()] = await prepareLines(stage.speech, ['goforward']);
  const mark = room.ears.mark();
  await room.adam.speak(question);
  if (!(await room.ears.firstVoice(mark, ANSWERED_MS))) throw new Error('there is no answer to disturb');
  await pause(FIRST_WORDS_MS);
  for (let block = 0; block < BLOCKS; block++) {
    process.kill(bot.pid, 'SIGUSR2');
    await pause(EVERY_MS);
  }
  if (blocks.length !== BLOCKS) throw new Error(`${blocks.length} of ${BLOCKS} blocks happened`);
  const heard = room.ears.since(mark).packets.filter(isVoice);
  const shift = EVERY_MS / 2;
  return {
    blocked: blocks.map((block) => largestGap(heard, block)),
    free: blocks.map(({ from, to }) => largestGap(heard, { from: from + shift, to: to + shift })),
    lateness: lateness(),
    problems: venue.problems(),
  };
}

/** ms on the time line that all processes of a machine share. */
interface Block {
  readonly from: number;
  readonly to: number;
}

function takeBlock({ msg, fields: { from, to } }: BotLine, blocks: Block[]): void {
  if (msg === 'main thread was blocked' && typeof from === 'number' && typeof to === 'number')
    blocks.push({ from, to });
}

function largestGap(packets: readonly HeardPacket[], { from, to }: Block): number {
  let largest = 0;
  for (const [index, { at }] of packets.entries()) {
    const before = packets[index - 1];
    if (before !== undefined && at > from && before.at < to) largest = Math.max(largest, at - before.at);
  }
  if (largest === 0) throw new Error('nothing was being said during a block');
  return largest;
}

function row(what: string, { blocked, free, lateness }: Gaps, budgetMs: number | null): Row {
  const [median, worst] = [quantile(blocked, 0.5), quantile(blocked, 1)];
  const [freeMedian, freeWorst] = [quantile(free, 0.5), quantile(free, 1)];
  return {
    what,
    measured: `p50 ${ms(median)} · worst ${ms(worst)} ms`,
    budget: budgetMs === null ? null : `≤ ${budgetMs} ms`,
    met: budgetMs === null ? null : worst <= budgetMs,
    note: `${blocked.length} blocks; as long without one: p50 ${ms(freeMedian)} · worst ${ms(freeWorst)}; ${lateness}`,
    figures: { median, worst, freeMedian, freeWorst },
  };
}
