import { type TestContext, test } from 'vitest';
import type { CommandCall } from '../../src/rehearsal/discord/people/person.ts';
import type { VoiceMember } from '../../src/rehearsal/discord/voice/member.ts';
import type { Answer, Heard } from '../../src/rehearsal/live/answer.ts';
import type { LoopbackLive } from '../../src/rehearsal/live/loopback-live.ts';
import { SHORT_ANSWER, startWorld, type World, type WorldOptions } from '../e2e/harness.ts';

const LONG_ANSWER = 'This is a long answer that goes on for a while. It has a second sentence, and then it is over.';

interface Remembering extends World {
  /** What the model remembers at each question, in words. */
  readonly remembered: readonly string[];
  /** The most sockets that were open at once. */
  mostSockets(): number;
  /** Runs a command until its answer reads like this. */
  runs(name: string, reads: RegExp, call?: CommandCall): Promise<void>;
  /** The answers that come next; without one it is short. */
  answers(...answers: Answer[]): void;
}

async function startRemembering(context: TestContext, options: WorldOptions = {}): Promise<Remembering> {
  const remembered: string[] = [];
  const planned: Answer[] = [];
  const respond = (heard: Heard): Answer => {
    remembered.push(heard.remembered.map(({ text }) => text).join(' '));
    return planned.shift() ?? { kind: 'say', text: SHORT_ANSWER };
  };
  const world = await startWorld(context, { ...options, live: { respond, ...options.live } });
  return {
    ...world,
    remembered,
    mostSockets: countSockets(world.live),
    async runs(name, reads, call) {
      const asked = world.discord.control.person('Adam').command(name, call);
      await asked.until(({ messages }) => reads.test(messages[0]?.content ?? ''));
    },
    answers: (...answers) => void planned.push(...answers),
  };
}

function countSockets(live: LoopbackLive): () => number {
  let most = 0;
  live.on(() => {
    most = Math.max(most, live.openSockets);
  });
  return () => most;
}

/** Whoever runs `/reset` manages the server. */
const MANAGED: WorldOptions = {
  guilds: [
    {
      channels: [{ name: 'general' }, { name: 'Lounge', kind: 'voice' }],
      people: [{ name: 'Adam', permissions: ['ManageGuild'] }],
    },
  ],
};

const PUCK = { options: { name: 'Puck' } };
const IN_FORCE = /in force now/;
const withVoice = (voiceName: string): unknown => ({
  generationConfig: { speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName } } } },
});

/** Everything that was heard of answers: voiced time since a moment, ms. */
function heardSince(member: VoiceMember, at: number): number {
  return member.heard.voiced.filter((packet) => packet.at > at).length * 20;
}

const isSilent = ({ flags }: { readonly flags: readonly { readonly speaking: boolean }[] }): boolean =>
  flags.at(-1)?.speaking === false;

test.concurrent('a voice changed between two questions is in the next setup, and the model still knows the first one', async (context) => {
  const { expect } = context;
  const { live, enter, join, say, window, answer, runs, remembered, mostSockets, posted } =
    await startRemembering(context);
  const adam = enter('Adam');
  await join('Adam');
  await say(adam, 'something');
  const { endedAt } = await window(0);
  const { audioMs } = await answer(0);
  await runs('voice', IN_FORCE, PUCK);
  expect(live.setups).toMatchObject([
    { ...(withVoice('Kore') as object), sessionResumption: {} },
    { ...(withVoice('Puck') as object), sessionResumption: { handle: expect.any(String) } },
  ]);
  await expect.poll(() => posted()).toContain('has changed my voice to **Puck**');
  // Its last words may still be played when the new connection is there already.
  await expect.poll(() => Math.abs(heardSince(adam, endedAt ?? 0) - audioMs)).toBeLessThanOrEqual(40);
  await say(adam, 'goforward');
  expect((await window(1)).recognition?.best).toMatchObject({ id: 'goforward' });
  expect((await answer(1)).audioMs).toBeGreaterThan(0);
  expect(remembered.at(-1)).toContain('do something');
  expect(new Set(live.windows.map(({ session }) => session)).size).toBe(1);
  expect(mostSockets()).toBe(1);
});

test.concurrent('an answer that is being spoken is heard to its end in the old voice, also when it falters after the change', async (context) => {
  const { expect } = context;
  const { live, enter, join, say, window, answer, runs, answers, mostSockets } = await startRemembering(context);
  const adam = enter('Adam');
  await join('Adam');
  answers({ kind: 'say', text: LONG_ANSWER });
  live.control.stallNext({ afterMs: 1_000, forMs: 1_500 });
  const over: number[] = [];
  live.on(({ type, at }) => type === 'turnComplete' && over.push(at));
  const connected: number[] = [];
  live.on(({ type, at }) => type === 'connected' && connected.push(at));
  await say(adam, 'something');
  const { endedAt } = await window(0);
  const speaking = adam.heard.mark();
  await adam.heard.until(({ voiced }) => voiced.length > 5, { mark: speaking });
  await runs('voice', IN_FORCE, PUCK);
  const { audioMs, interrupted } = await answer(0);
  await expect.poll(() => isSilent(adam.heard) && heardSince(adam, endedAt ?? 0) >= audioMs - 40).toBe(true);
  expect(heardSince(adam, endedAt ?? 0)).toBeLessThanOrEqual(audioMs + 40);
  expect(interrupted).toBe(false);
  expect(live.setups.at(-1)).toMatchObject(withVoice('Puck') as object);
  expect(connected[0]).toBeGreaterThanOrEqual(over[0] ?? Number.NaN);
  expect(mostSockets()).toBe(1);
});

test.concurrent('what is being said while the settings change is heard whole, and answered in the new voice', async (context) => {
  const { expect } = context;
  const { live, enter, join, say, window, runs, mostSockets } = await startRemembering(context);
  const adam = enter('Adam');
  await join('Adam');
  const saying = say(adam, 'story');
  await expect.poll(() => live.windows.length).toBe(1);
  await runs('voice', IN_FORCE, PUCK);
  expect(live.windows[0]?.endedAt).toBeNull();
  await saying;
  const again = await window(1);
  expect(again.recognition?.best).toMatchObject({ id: 'story', verdict: 'whole' });
  expect(live.setups.at(-1)).toMatchObject(withVoice('Puck') as object);
  expect(live.windows).toHaveLength(2);
  expect(mostSockets()).toBe(1);
});

test.concurrent('with no handle yet the changed session is told what was said', async (context) => {
  const { expect } = context;
  const { live, enter, join, say, answer, runs, remembered } = await startRemembering(context);
  live.control.withholdHandles(true);
  const adam = enter('Adam');
  await join('Adam');
  await say(adam, 'something');
  await answer(0);
  await runs('voice', IN_FORCE, PUCK);
  expect(live.setups.at(-1)).toMatchObject({
    ...(withVoice('Puck') as object),
    sessionResumption: {},
    historyConfig: { initialHistoryInClientContent: true },
  });
  await say(adam, 'goforward');
  await answer(1);
  expect(remembered.at(-1)).toContain('do something');
  expect(new Set(live.windows.map(({ session }) => session)).size).toBe(2);
});

test.concurrent('after /reset the model knows nothing, and answers', async (context) => {
  const { expect } = context;
  const { live, enter, join, say, answer, runs, remembered, mostSockets } = await startRemembering(context, MANAGED);
  const adam = enter('Adam');
  await join('Adam');
  await say(adam, 'something');
  await answer(0);
  await runs('reset', /forgotten the conversation/);
  const setup = live.setups.at(-1);
  expect(live.setups).toHaveLength(2);
  expect(setup).toMatchObject({ sessionResumption: {} });
  expect(JSON.stringify(setup)).not.toMatch(/historyConfig|do something/);
  await say(adam, 'goforward');
  expect((await answer(1)).audioMs).toBeGreaterThan(0);
  expect(remembered.at(-1)).not.toContain('do something');
  expect(mostSockets()).toBe(1);
});

test.concurrent('/stop right after the question keeps its answer from being heard, not the next one', async (context) => {
  const { expect } = context;
  const { live, enter, join, say, window, answer, runs, answers } = await startRemembering(context, {
    live: { firstChunkDelayMs: 1_500 },
  });
  const adam = enter('Adam');
  await join('Adam');
  answers({ kind: 'say', text: LONG_ANSWER });
  await say(adam, 'something');
  await runs('stop', /I have stopped/);
  const { endedAt } = await window(0);
  expect((await answer(0)).audioMs).toBeGreaterThan(2_000);
  expect(heardSince(adam, endedAt ?? 0)).toBe(0);
  await runs('stop', /nothing to stop/);
  await say(adam, 'goforward');
  const { audioMs } = await answer(1);
  await expect.poll(() => Math.abs(heardSince(adam, endedAt ?? 0) - audioMs) <= 40).toBe(true);
  expect(live.windows[1]?.texts.join(' ')).toContain('before the room heard any of it');
});
