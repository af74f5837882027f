import { expect, test } from 'vitest';
import type { Interaction } from '../../src/rehearsal/discord/interactions/interaction.ts';
import { SHORT_ANSWER, startWorld, type World } from '../e2e/harness.ts';

const LONG_ANSWER =
  'This is a long answer, and it goes on and on, so that there is time to interrupt it. It has a second sentence too.';

const words = ({ messages }: Interaction): string => messages[0]?.content ?? '';
const answered = ({ state }: Interaction): boolean => state.status === 'answered';
const transcript = ({ discord }: World, subcommand: string, options: Record<string, boolean> = {}) =>
  discord.control.person('Olive').command('transcript', { subcommand, options });
/** What stands in the thread, but for its first message. */
const lines = ({ discord }: World): string[] =>
  discord.control
    .guild()
    .channels.filter(({ kind }) => kind === 'thread')
    .flatMap(({ messages }) => messages.slice(1))
    .flatMap(({ content }) => content.split('\n'));

test.concurrent('what is said on both sides stands in the thread, in order, each turn once, and is there to be shown', async (context) => {
  const world = await startWorld(context);
  const { enter, join, say, answer, live } = world;
  const adam = enter('Adam');
  await join('Adam');
  expect(words(await transcript(world, 'on').until(answered))).toContain('is now written down');
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER });
  await say(adam, 'goforward');
  await answer(0);
  live.control.nextAnswers({ kind: 'say', text: 'And this is the second answer.' });
  await say(adam, 'something');
  await answer(1);
  const first = live.windows[0]?.recognition?.best?.words ?? '';
  const second = live.windows[1]?.recognition?.best?.words ?? '';
  expect(first).not.toBe('');
  await context.expect
    .poll(() => lines(world).map((line) => line.replaceAll('\\', '')), { timeout: 15_000 })
    .toEqual([
      `**Adam**: ${first}`,
      `**Parley**: ${SHORT_ANSWER}`,
      `**Adam**: ${second}`,
      '**Parley**: And this is the second answer.',
    ]);
  const shown = await transcript(world, 'show').until(answered);
  const file = shown.messages[0]?.attachments[0]?.bytes.toString('utf8') ?? '';
  expect(file.match(/Adam|Parley/g)).toEqual(['Adam', 'Parley', 'Adam', 'Parley']);
  expect(JSON.stringify(world.log.lines)).not.toContain(first);
});

test.concurrent('an answer that is interrupted stands there as far as it was heard, and as interrupted', async (context) => {
  const world = await startWorld(context);
  const { enter, join, say, answer, live } = world;
  const adam = enter('Adam');
  await join('Adam');
  await transcript(world, 'on').until(answered);
  live.control.nextAnswers({ kind: 'say', text: LONG_ANSWER }, { kind: 'say', text: SHORT_ANSWER });
  const mark = adam.heard.mark();
  await say(adam, 'goforward');
  await adam.heard.until(({ voiced }) => voiced.length > 60, { mark });
  await say(adam, 'something');
  await answer(1);
  await context.expect
    .poll(() => lines(world).at(-1)?.replaceAll('\\', ''), { timeout: 15_000 })
    .toBe(`**Parley**: ${SHORT_ANSWER}`);
  const cut = lines(world)[1]?.replaceAll('\\', '') ?? '';
  expect(cut).toMatch(/^\*\*Parley\*\*: This is .*\*\(interrupted\)\*$/);
  const heard = cut.replace('**Parley**: ', '').replace(' *(interrupted)*', '');
  expect(LONG_ANSWER.startsWith(heard)).toBe(true);
  expect(heard.length).toBeLessThan(LONG_ANSWER.length);
  expect(lines(world)).toHaveLength(4);
});

test.concurrent('a question that a lost connection makes be asked again stands there once', async (context) => {
  const world = await startWorld(context);
  const { enter, join, say, window, answer, live } = world;
  const adam = enter('Adam');
  await join('Adam');
  await transcript(world, 'on').until(answered);
  live.control.delayNext(1_500);
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER }, { kind: 'say', text: SHORT_ANSWER });
  await say(adam, 'goforward');
  const asked = (await window(0)).recognition?.best?.words ?? '';
  live.control.terminate();
  await window(1);
  await answer(1);
  await context.expect
    .poll(() => lines(world).map((line) => line.replaceAll('\\', '')), { timeout: 15_000 })
    .toEqual([`**Adam**: ${asked}`, `**Parley**: ${SHORT_ANSWER}`]);
});

test.concurrent('a summary is made over a session of its own, which leaves the conversation alone', async (context) => {
  const world = await startWorld(context);
  const { enter, join, say, answer, live, discord } = world;
  const adam = enter('Adam');
  await join('Adam');
  await transcript(world, 'on').until(answered);
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER });
  await say(adam, 'goforward');
  await answer(0);
  await context.expect.poll(() => lines(world).length, { timeout: 15_000 }).toBe(2);
  live.control.nextAnswers({ kind: 'say', text: 'Adam wanted to go forward.' });
  const reply = transcript(world, 'show', { summary: true });
  const done = await reply.until((it) => words(it).includes('>>>'), 30_000);
  expect(words(done)).toContain('>>> Adam wanted to go forward');
  expect(done.messages[0]?.attachments).toHaveLength(1);
  const errand = live.setups[1] as { systemInstruction: { parts: { text: string }[] }; tools?: unknown };
  expect(errand.systemInstruction.parts.map(({ text }) => text).join()).toContain('Sum it up');
  expect(errand.tools).toBeUndefined();
  // Nobody in the channel has heard it, and the room answers on.
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER });
  await say(adam, 'something');
  await answer(1);
  await context.expect.poll(() => lines(world).length, { timeout: 15_000 }).toBe(4);
  expect(lines(world).join()).not.toContain('wanted');
  expect(discord.control.botChannel()?.name).toBe('Lounge');
});
