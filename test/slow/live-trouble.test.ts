import { test } from 'vitest';
import { rejections } from '../../src/rehearsal/live/rejection.ts';
import { SHORT_ANSWER, startWorld, type World } from '../e2e/harness.ts';

const QUOTA = {
  code: 1011,
  reason: 'You exceeded your current quota, please check your plan. Please retry in 34.07s.',
} as const;

/** The seconds until the moment that a message names, as those who read it see them. */
function secondsUntil(text: string): number {
  const [, at] = /<t:(\d+):R>/.exec(text) ?? [];
  return Number(at) - Date.now() / 1000;
}

async function setVoice({ discord }: World, name: string, voice: string, reads: RegExp): Promise<void> {
  const asked = discord.control.person(name).command('voice', { options: { name: voice } });
  await asked.until(({ messages }) => reads.test(messages[0]?.content ?? ''));
}

test.concurrent('a voice that the model has not is taken back: the member and the room are told, and the talk goes on', async (context) => {
  const { expect } = context;
  const world = await startWorld(context);
  const { live, enter, join, say, answer, posted } = world;
  const adam = enter('Adam');
  await join('Adam');
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER }, { kind: 'say', text: SHORT_ANSWER });
  await say(adam, 'something');
  await answer(0);
  live.control.rejectNextSetup(rejections.unknownVoice('Puck', 'gemini-3.8-live'));
  await setVoice(world, 'Adam', 'Puck', /does not take that. I am back to what was set before/);
  expect(live.setups.at(-1)).toMatchObject({
    generationConfig: { speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } } },
    sessionResumption: { handle: expect.any(String) },
  });
  await expect.poll(() => posted()).toContain('the voice. Choose another with `/voice`.');
  expect(posted()).not.toContain('has changed my voice');
  await setVoice(world, 'Adam', 'Leda', /in force now/);
  await say(adam, 'goforward');
  expect((await answer(1)).audioMs).toBeGreaterThan(0);
  expect(new Set(live.windows.map(({ session }) => session)).size).toBe(1);
});

test.concurrent('a quota that is used up is told with the time to wait, and who calls the bot next is told without trying', async (context) => {
  const { expect } = context;
  const { discord, live, enter, command } = await startWorld(context);
  enter('Adam');
  live.control.rejectNextSetup(QUOTA);
  const told = await command('Adam', 'join');
  expect(told).toContain('The quota of my Gemini key is used up. There may be more <t:');
  expect(secondsUntil(told)).toBeGreaterThan(25);
  expect(secondsUntil(told)).toBeLessThan(36);
  let dialled = 0;
  live.on(({ type }) => type === 'connected' && dialled++);
  expect(await command('Adam', 'join')).toContain('The quota of my Gemini key is used up. There may be more <t:');
  expect(dialled).toBe(0);
  expect(discord.control.botChannel()).toBeNull();
});
