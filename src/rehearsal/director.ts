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

/** What is kept while the conversation goes on; the exchanges of a turn are known when the next one begins. */
interface Taken {
  readonly scripted: ScriptedTurn;
  readonly spoken: SpokenReport;
  readonly firstExchange: number;
  readonly marks: { readonly spoke: HeardMark; readonly answered: HeardMark };
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
  const spoke = ears.mark();
  const spoken = await cast.voiceOf(scripted.speaker).speak(pcm);
  await wire.until(() => wire.exchanges[firstExchange]?.endedAt != null, WINDOW_CLOSES_MS);
  const answered = ears.mark();
  const heard = await ears.firstVoice(answered, ANSWER_STARTS_MS);
  if (heard && cutShort) await pause(BARGE_IN_AFTER_MS);
  else if (heard) {
    await ears.silent(answered, ANSWER_ENDS_MS);
    await wire.until(() => wire.exchanges[firstExchange]?.answer.complete === true, ANSWER_STARTS_MS);
    await pause(MANNERS_MS);
  }
  return { scripted, spoken, firstExchange, marks: { spoke, answered } };
}

function performed(
  { wire, loopbackLive }: Stage,
  ears: Ears,
  one: Taken,
  index: number,
  next: Taken | undefined,
): PerformedTurn {
  const { firstExchange, marks } = one;
  const until = next?.firstExchange;
  const whole = ears.since(marks.spoke);
  const before = marks.answered.packet - marks.spoke.packet;
  const after = next === undefined ? undefined : next.marks.answered.packet - marks.spoke.packet;
  return {
    index: index + 1,
    scripted: one.scripted,
    spoken: one.spoken,
    exchanges: wire.exchanges.slice(firstExchange, until),
    recognised: (loopbackLive?.windows ?? []).slice(firstExchange, until),
    heardBefore: ears.span(whole, 0, before),
    heardAfter: ears.span(whole, before, after),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
