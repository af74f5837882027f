import { test } from 'vitest';
import { createSkippingClock } from '../integration/voice/skipping-clock.ts';
import { SHORT_ANSWER, startWorld } from './harness.ts';

test.concurrent('a key that Google refuses is told to whoever called the bot, which leaves and stays up', async (context) => {
  const { expect } = context;
  const { discord, enter, command } = await startWorld(context, { live: { apiKeys: ['the-right-key'] } });
  enter('Adam');
  expect(await command('Adam', 'join')).toContain('Google refuses my Gemini key');
  await expect.poll(() => discord.control.botChannel()).toBeNull();
  expect(await command('Adam', 'leave')).toBe('I am in no channel.');
});

test.concurrent('a model that was retired is told, with what to do', async (context) => {
  const { expect } = context;
  const { discord, enter, command } = await startWorld(context, { env: { GEMINI_MODEL: 'gemini-2.0-flash-live-001' } });
  enter('Adam');
  expect(await command('Adam', 'join')).toContain('does not offer the Gemini model');
  await expect.poll(() => discord.control.botChannel()).toBeNull();
});

test.concurrent('a Live server that never answers setup ends the /join in words, by 15 s', async (context) => {
  const { expect } = context;
  const clock = createSkippingClock();
  context.onTestFinished(() => clock.close());
  const { discord, live, enter } = await startWorld(context, { clock });
  live.control.holdSetup(true);
  enter('Adam');
  const reply = discord.control.person('Adam').command('join');
  await expect.poll(() => live.openSockets).toBe(1);
  await expect.poll(() => discord.control.botChannel()?.name).toBe('Lounge');
  clock.skip(15_000);
  await reply.until(({ messages }) => /took too long|does not answer/.test(messages[0]?.content ?? ''));
  await expect.poll(() => discord.control.botChannel()).toBeNull();
  await expect.poll(() => live.openSockets).toBe(0);
});

test.concurrent('garbage from the Live side costs nothing: the next question is answered', async (context) => {
  const { expect } = context;
  const { live, log, enter, join, say, answer } = await startWorld(context);
  const adam = enter('Adam');
  await join('Adam');
  for (const kind of ['invalid-json', 'empty', 'unknown-field', 'array', 'bad-audio'] as const)
    live.control.sendGarbage(kind);
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER });
  await say(adam, 'something');
  expect((await answer(0)).audioMs).toBeGreaterThan(0);
  await adam.heard.until(({ flags }) => flags.at(-1)?.speaking === false);
  expect(log.messages('error')).toEqual([]);
});

test.concurrent('a connection that is cut between two questions is resumed, and the second one is answered', async (context) => {
  const { expect } = context;
  const { live, enter, join, say, window, answer } = await startWorld(context);
  const adam = enter('Adam');
  await join('Adam');
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER }, { kind: 'say', text: SHORT_ANSWER });
  await say(adam, 'something');
  await answer(0);
  await adam.heard.until(({ flags, voiced }) => voiced.length > 0 && flags.at(-1)?.speaking === false);
  live.control.terminate();
  await expect.poll(() => live.setups.length, { timeout: 10_000 }).toBe(2);
  expect(live.setups[1]).toMatchObject({ sessionResumption: { handle: expect.any(String) } });
  await say(adam, 'goforward');
  expect((await window(1)).recognition?.best?.id).toBe('goforward');
  expect((await answer(1)).audioMs).toBeGreaterThan(0);
});

test.concurrent('a connection that is cut before the answer begins is resumed, and the question is sent again whole', async (context) => {
  const { expect } = context;
  const { live, enter, join, say, window } = await startWorld(context);
  const adam = enter('Adam');
  await join('Adam');
  live.control.delayNext(60_000);
  await say(adam, 'something');
  await expect.poll(() => live.windows[0]?.endedAt ?? null).not.toBeNull();
  live.control.nextAnswers({ kind: 'nothing' });
  live.control.terminate();
  const again = await window(1);
  expect(again.recognition?.best).toMatchObject({ id: 'something', verdict: 'whole' });
  expect(live.windows).toHaveLength(2);
});

test.concurrent('when the tokens of the day are used up, by what the service counts, the room ends and says when it starts again', async (context) => {
  const { expect } = context;
  const { discord, live, enter, join, say, posted, command } = await startWorld(context, {
    env: { MAX_TOKENS_PER_DAY: '20' },
  });
  const adam = enter('Adam');
  await join('Adam');
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER });
  await say(adam, 'something');
  await expect.poll(() => discord.control.botChannel(), { timeout: 15_000 }).toBeNull();
  await expect.poll(() => posted()).toMatch(/token limit for today is used up\. It starts again <t:/);
  expect(await command('Adam', 'join')).toContain('token limit for today is used up');
});
