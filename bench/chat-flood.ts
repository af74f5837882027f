/**
 * What a flood in the chat does to the voice: the largest gap between the bot's packets while ten members write to it fifty times in ten
 * seconds, and, for comparison, while nobody writes. Discord's rate limits hold.
 */
import { isVoice } from '../src/rehearsal/ears.ts';
import type { Benchmark, Row } from './kit/benchmark.ts';
import { hum } from './kit/hum.ts';
import { prepareLines } from './kit/lines.ts';
import { pause } from './kit/pause.ts';
import { ms, quantile } from './kit/statistics.ts';
import { openVenue, type Venue } from './kit/venue.ts';

/** What the chat is held to: words appear while they are spoken, and a flood is not heard. */
const MEMBERS = 10;
const MESSAGES = 50;
const FLOOD_MS = 10_000;
const ANSWER_MS = FLOOD_MS + 4_000;
const FIRST_WORDS_MS = 500;
const ANSWERED_MS = 10_000;
/** Until the text channel has been answered, too. */
const SETTLED_MS = 12_000;
/** What the main thread may do to the voice at most (DESIGN.md §5). */
const BUDGET_MS = 30;

const writers = Array.from({ length: MEMBERS }, (_, index) => `Member ${index + 1}`);

export const chatFlood: Benchmark = {
  name: 'chat-flood',
  about: `largest gap in the bot's packets while ${MEMBERS} members write ${MESSAGES} messages to it in ${FLOOD_MS / 1000} s`,
  takesSeconds: 75,
  async run() {
    await using venue = await openVenue({
      respond: ({ cause }) =>
        cause === 'window'
          ? { kind: 'play', pcm: hum(300, ANSWER_MS), words: 'Hum.' }
          : { kind: 'play', pcm: hum(300, 500), words: 'So it is.' },
      others: writers,
      rateLimited: true,
    });
    const quiet = await gaps(venue, async () => pause(FLOOD_MS));
    const flooded = await gaps(venue, () => flood(venue));
    return { rows: [row(flooded, quiet, venue)], problems: venue.problems() };
  },
};

/** Gaps between the packets of an answer while something is going on, ms. */
async function gaps({ stage, room }: Venue, meanwhile: () => Promise<void>): Promise<readonly number[]> {
  const [question = new Int16Array()] = await prepareLines(stage.speech, ['goforward']);
  const mark = room.ears.mark();
  await room.adam.speak(question);
  if (!(await room.ears.firstVoice(mark, ANSWERED_MS))) throw new Error('there is no answer to disturb');
  await pause(FIRST_WORDS_MS);
  const from = room.ears.mark();
  await meanwhile();
  const packets = room.ears.since(from).packets.filter(isVoice);
  await pause(SETTLED_MS);
  return packets.slice(1).map(({ at }, index) => at - (packets[index]?.at ?? at));
}

async function flood({ stage: { discord } }: Venue): Promise<void> {
  const { control } = discord;
  const channel = control.channel('general', control.guild());
  for (let message = 0; message < MESSAGES; message++) {
    const writer = control.person(writers[message % MEMBERS] ?? 'Beth', control.guild());
    writer.write(channel, `<@${control.botId}> Message ${message + 1}: and now?`);
    await pause(FLOOD_MS / MESSAGES);
  }
}

function row(flooded: readonly number[], quiet: readonly number[], { lateness }: Venue): Row {
  const [p99Ms, worstMs] = [quantile(flooded, 0.99), quantile(flooded, 1)];
  const [quietP99Ms, quietWorstMs] = [quantile(quiet, 0.99), quantile(quiet, 1)];
  return {
    what: `largest gap in the bot's packets while ${MEMBERS} members write ${MESSAGES} messages to it`,
    measured: `p99 ${ms(p99Ms)} · worst ${ms(worstMs)} ms`,
    budget: `≤ ${BUDGET_MS} ms`,
    met: worstMs <= BUDGET_MS,
    note: `${flooded.length} packets; while nobody writes: p99 ${ms(quietP99Ms)} · worst ${ms(quietWorstMs)}; ${lateness()}`,
    figures: { p99Ms, worstMs, quietP99Ms, quietWorstMs },
  };
}
