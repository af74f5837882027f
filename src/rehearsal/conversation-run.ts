/**
 * One conversation from `/join` to `/leave`, and what came of it.
 */
import { type Cast, gather } from './cast.ts';
import { performConversation } from './director.ts';
import type { Interaction } from './discord/interactions/interaction.ts';
import { earsOf } from './ears.ts';
import type { PerformedTurn } from './performance.ts';
import type { PreparedTurn } from './prepare-script.ts';
import type { Stage } from './stage.ts';
import { tellTimeline } from './tell-timeline.ts';
import type { Timeline } from './timeline.ts';
import { problemsOf } from './verdict.ts';

export interface ConversationRun {
  readonly turns: readonly PerformedTurn[];
  readonly problems: readonly string[];
}

/** `/join` is decided by 15 s (DESIGN.md §4). */
const JOINED_MS = 16_000;
/** The call's keys, and the short tone that tells that Parley listens. */
const LISTENING_MS = 3_000;
const LEFT_MS = 10_000;

export async function runConversation(
  stage: Stage,
  script: readonly PreparedTurn[],
  timeline: Timeline,
  liveName: string,
): Promise<ConversationRun> {
  const cast = gather(stage.discord);
  const stopTelling = tellTimeline(stage, cast, timeline, liveName);
  try {
    const joined = await join(stage, cast);
    if (joined !== null) return { turns: [], problems: [joined] };
    const turns = await performConversation(stage, cast, script);
    const problems = turns.flatMap((turn, index) => problemsOf(turn, turns[index + 1]?.scripted.kind === 'barge-in'));
    const left = await leave(stage, cast);
    return { turns, problems: left === null ? problems : [...problems, left] };
  } finally {
    stopTelling();
    cast.leave();
  }
}

/** Null when the bot is there and listens. */
async function join({ discord, wire }: Stage, { channel, people, listener }: Cast): Promise<string | null> {
  const ears = earsOf(listener);
  const mark = ears.mark();
  const reply = people.Adam.command('join');
  const answered = (interaction: Interaction): boolean => interaction.state.status === 'answered';
  // Whether it came is looked up below, where there are words for it.
  await reply
    .until((one) => answered(one) && discord.control.botChannel()?.id === channel.id, JOINED_MS)
    .catch(() => undefined);
  if (discord.control.botChannel()?.id !== channel.id) return `Parley did not come: ${lastWords(reply.interaction)}`;
  const secured = await discord.voice
    .call(channel.id)
    ?.until((call) => call.botSecured, JOINED_MS)
    .then(
      () => true,
      () => false,
    );
  if (!secured) return 'the call got no end-to-end encryption with Parley in it';
  if (!(await wire.until(() => wire.ready, JOINED_MS)))
    return `the Live session was not ready: ${lastWords(reply.interaction)}`;
  await ears.silent(mark, LISTENING_MS);
  return null;
}

async function leave({ discord }: Stage, { people }: Cast): Promise<string | null> {
  const reply = people.Adam.command('leave');
  const left = await reply
    .until(({ state }) => state.status === 'answered' && discord.control.botChannel() === null, LEFT_MS)
    .then(
      () => true,
      () => false,
    );
  return left ? null : `Parley did not leave: ${lastWords(reply.interaction)}`;
}

function lastWords({ messages, state }: Interaction): string {
  return (
    messages.at(-1)?.content ?? (state.status === 'failed' ? 'the command was not answered in time' : 'it said nothing')
  );
}
