/**
 * The director: performs a scripted conversation with the bot, turn by turn, and hands on what was seen of it.
 *
 * It does what people do and waits for what people would wait for; it knows nothing of the bot but what is on the wires.
 */

import type { Cast } from './cast.ts';
import type { HeardMark } from './discord/voice/heard-track.ts';
import type { SpokenReport } from './discord/voice/speak.ts';
import { type Ears, earsOf } from './ears.ts';
import type { PerformedTurn } from './performance.ts';
import type { ScriptedTurn } from './script.ts';
import type { Stage } from './stage.ts';
import type { Exchange } from './wire/exchanges.ts';

/** Long enough to be sure that the answer is well under way, and for a person to see that it goes the wrong way. */
const BARGE_IN_AFTER_MS = 1_500;
/** The pause setting, the mixdown's delay, and a busy machine. */
const WINDOW_CLOSES_MS = 6_000;
/** The tail of the real service was 9 s (live-api.md §8.2). */
const ANSWER_STARTS_MS = 15_000;
/** An answer of a minute, and its `turnComplete`. */
const ANSWER_ENDS_MS = 90_000;
/** People let the other finish: the next word comes a moment after the last. */
const MANNERS_MS = 400;
/** `/turns` can be set to 2 s at most; by default a pause of 600 ms ends a turn. */
const LONGEST_PAUSE_MS = 2_000;

/** What is kept while the conversation goes on; the exchanges of a turn are known when the next one begins. */
interface Taken {
  readonly scripted: ScriptedTurn;
  readonly spoken: SpokenReport;
  readonly firstExchange: number;
  readonly from: HeardMark;
}

/** @param script with the 48 kHz mono PCM of each turn */
export async function performConversation(
  stage: Stage,
  cast: Cast,
  script: readonly { readonly turn: ScriptedTurn; readonly pcm: Int16Array }[],
): Promise<PerformedTurn[]> {
  const ears = earsOf(cast.listener);
  const taken: Taken[] = [];
  for (const [index, { turn, pcm }] of script.entries()) {
    const next = script[index + 1]?.turn;
    taken.push(await performTurn(stage, cast, ears, turn, pcm, next?.kind === 'barge-in'));
  }
  return taken.map((one, index) => performed(stage, ears, one, index, taken[index + 1]));
}

async function performTurn(
  { wire }: Stage,
  cast: Cast,
  ears: Ears,
  scripted: ScriptedTurn,
  pcm: Int16Array,
  cutShort: boolean,
): Promise<Taken> {
  const firstExchange = wire.exchanges.length;
  const from = ears.mark();
  const spoken = await cast.voiceOf(scripted.speaker).speak(pcm);
  // Somebody's own recording may have pauses in it that end a turn, and be several.
  if (scripted.kind === 'say') await pause(LONGEST_PAUSE_MS);
  const mine = (): readonly Exchange[] => wire.exchanges.slice(firstExchange);
  await wire.until(() => mine().length > 0 && mine().every(({ endedAt }) => endedAt !== null), WINDOW_CLOSES_MS);
  const askedAt = mine().at(-1)?.endedAt ?? Number.POSITIVE_INFINITY;
  const heard = await ears.voiceAfter(from, askedAt, ANSWER_STARTS_MS);
  if (heard && cutShort) await pause(BARGE_IN_AFTER_MS);
  else if (heard) {
    await ears.silentAfter(from, askedAt, ANSWER_ENDS_MS);
    await wire.until(() => mine().at(-1)?.answer.complete === true, ANSWER_STARTS_MS);
    await pause(MANNERS_MS);
  }
  return { scripted, spoken, firstExchange, from };
}

/** What was heard up to the end of a turn's last window belongs to before it, what came after it is its answer. */
function performed(
  { wire, loopbackLive }: Stage,
  ears: Ears,
  one: Taken,
  index: number,
  next: Taken | undefined,
): PerformedTurn {
  const exchanges = wire.exchanges.slice(one.firstExchange, next?.firstExchange);
  const askedAt = exchanges.at(-1)?.endedAt ?? Number.POSITIVE_INFINITY;
  return {
    index: index + 1,
    scripted: one.scripted,
    spoken: one.spoken,
    exchanges,
    recognised: (loopbackLive?.windows ?? []).slice(one.firstExchange, next?.firstExchange),
    heardBefore: ears.between(one.from, one.spoken.startedAt, askedAt),
    heardAfter: ears.between(one.from, askedAt, answerEndsBy(wire.exchanges, next)),
  };
}

/** An answer that is interrupted may be heard until the interruption is over; any other is over before the next word. */
function answerEndsBy(exchanges: readonly Exchange[], next: Taken | undefined): number {
  if (next === undefined) return Number.POSITIVE_INFINITY;
  if (next.scripted.kind !== 'barge-in') return next.spoken.startedAt;
  return exchanges[next.firstExchange]?.endedAt ?? next.spoken.endedAt;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
