/**
 * What somebody who types waits for that is the bot's own: from the first fragment of the answer's transcription on the Live wire to its
 * first words in the channel, where the answer is spoken as well and where it is not.
 */
import type { DiscordEvent } from '../src/rehearsal/discord/discord-event.ts';
import type { Benchmark, Row } from './kit/benchmark.ts';
import { hum } from './kit/hum.ts';
import { pause } from './kit/pause.ts';
import { spreadOf, tellSpread } from './kit/statistics.ts';
import { openVenue, type Venue } from './kit/venue.ts';

/** Each; of one member no more than ten questions a minute are taken, and two ask in turns. */
const TURNS = 9;
/** A sentence, of which the first words are heard long before the last. */
const ANSWER_MS = 2_500;
const WORDS = 'It will rain all day, and all night, and in the morning the sun will shine again.';
const ANSWERED_MS = 15_000;
/** Until the turn is over for the bot, too. */
const MANNERS_MS = 400;
/** What the chat is held to: words appear while they are spoken, and a flood is not heard. */
const BUDGET_MS = 500;

export const typedAnswer: Benchmark = {
  name: 'typed-answer',
  about: 'first fragment of an answer’s transcription → its first words in the channel',
  takesSeconds: 75,
  async run() {
    const pcm = hum(300, ANSWER_MS);
    await using venue = await openVenue({ respond: () => ({ kind: 'play', pcm, words: WORDS }) });
    const spoken = await ask(venue, 'Lounge');
    const written = await ask(venue, 'general');
    return {
      rows: [row('spoken aloud', spoken, venue), row('in a text channel', written, venue)],
      problems: venue.problems(),
    };
  },
};

/** @returns how long each answer took, ms */
async function ask({ stage: { discord, wire } }: Venue, channelName: string): Promise<readonly number[]> {
  const { control } = discord;
  const channel = control.channel(channelName, control.guild());
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const seen: { fragmentAt: number | null; postedAt: number | null } = { fragmentAt: null, postedAt: null };
    const isAnswer = (event: DiscordEvent): boolean =>
      event.type === 'messagePosted' &&
      event.message.channelId === channel.id &&
      event.message.author.id === control.botId &&
      event.message.replyTo !== null;
    const stops = [
      wire.on((event) => {
        if (event.type === 'outputTranscription') seen.fragmentAt ??= performance.now();
      }),
      discord.on((event) => {
        if (isAnswer(event)) seen.postedAt ??= performance.now();
      }),
    ];
    const complete = answersComplete(wire);
    control.person(turn % 2 === 0 ? 'Adam' : 'Beth', control.guild()).write(channel, `<@${control.botId}> And now?`);
    const isOver = () => channel.messages.at(-1)?.content.includes('again') === true && complete.count > 0;
    for (const until = performance.now() + ANSWERED_MS; !isOver() && performance.now() < until; ) await pause(20);
    for (const stop of [...stops, complete.stop]) stop();
    if (seen.fragmentAt === null || seen.postedAt === null) throw new Error(`question ${turn + 1} was not answered`);
    times.push(seen.postedAt - seen.fragmentAt);
    await pause(MANNERS_MS);
  }
  return times;
}

function answersComplete(wire: Venue['stage']['wire']): { readonly count: number; readonly stop: () => void } {
  let count = 0;
  const stop = wire.on((event) => {
    if (event.type === 'turnComplete') count++;
  });
  return {
    get count() {
      return count;
    },
    stop,
  };
}

function row(where: string, times: readonly number[], { lateness }: Venue): Row {
  const spread = spreadOf(times);
  return {
    what: `first transcription fragment → first words posted, ${where}`,
    measured: tellSpread(spread),
    budget: `≤ ${BUDGET_MS} ms`,
    met: spread.worst <= BUDGET_MS,
    note: `${times.length} questions, the worst against the budget; ${lateness()}`,
    figures: { ...spread },
  };
}
