import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Interaction } from '../../src/rehearsal/discord/interactions/interaction.ts';
import type { MessageState } from '../../src/rehearsal/discord/world/guild-state.ts';
import type { Answer, Heard } from '../../src/rehearsal/live/answer.ts';
import { SHORT_ANSWER, startWorld, type World } from '../e2e/harness.ts';

const LONG_ANSWER = Array.from({ length: 8 }, (_, n) => `This is sentence number ${n + 1} of a long story.`).join(' ');

/** To each question its own answer, whatever comes in between. */
function answerTo({ texts, recognition }: Heard): Answer {
  const said = texts.join(' ');
  if (said.includes('story.')) return { kind: 'say', text: LONG_ANSWER };
  if (said.includes('How long')) return { kind: 'say', text: 'Until tomorrow.' };
  return { kind: 'say', text: recognition?.best?.id === 'goforward' ? SHORT_ANSWER : 'I am listening.' };
}

const answered = ({ state }: Interaction): boolean => state.status === 'answered';

const write = ({ discord: { control } }: World, name: string, text: string): MessageState =>
  control.person(name).write(control.channel('Lounge'), `<@${control.botId}> ${text}`);

/** The bot's reply to a message, once it is as wanted. */
const replyTo = ({ discord: { control } }: World, { id }: MessageState, wanted: RegExp): Promise<MessageState> =>
  control
    .person('Olive')
    .reads(control.channel('Lounge'), ({ replyTo: to, content }) => to?.id === id && wanted.test(content), 30_000);

/** What stands in the thread of the transcript, but for its first message. */
const lines = ({ discord }: World): string[] =>
  discord.control
    .guild()
    .channels.filter(({ kind }) => kind === 'thread')
    .flatMap(({ messages }) => messages.slice(1))
    .flatMap(({ content }) => content.replaceAll('\\', '').split('\n'));

test.concurrent('typing, speaking and a barge-in at the same time: everything is answered or cut, and stands in one order', async (context) => {
  const world = await startWorld(context, { live: { respond: answerTo } });
  const { discord, live, enter, join, say, window } = world;
  const adam = enter('Adam');
  enter('Beth');
  await join('Adam');
  await discord.control.person('Olive').command('transcript', { subcommand: 'on' }).until(answered);
  const begun = new Promise<void>((resolve) => {
    live.on(({ type }) => {
      if (type === 'activityStart') resolve();
    });
  });
  const speaking = say(adam, 'goforward');
  await begun;
  const story = write(world, 'Beth', 'Tell us a story.');
  await speaking;
  await replyTo(world, story, /^This is/);
  const howLong = write(world, 'Beth', 'How long is it?');
  await say(adam, 'something');
  const cut = await replyTo(world, story, /\n-# Cut off here\.$/);
  await replyTo(world, howLong, /^Until tomorrow\.?$/);
  const heard = cut.content.split('\n-#')[0]?.trim() ?? '';
  expect(LONG_ANSWER.startsWith(heard)).toBe(true);
  const words = async (index: number) => (await window(index)).recognition?.best?.words;
  await context.expect
    .poll(() => lines(world), { timeout: 15_000 })
    .toEqual([
      `**Adam**: ${await words(0)}`,
      `**Parley**: ${SHORT_ANSWER}`,
      '**Beth**: Tell us a story.',
      `**Parley**: ${heard} *(interrupted)*`,
      `**Adam**: ${await words(1)}`,
      '**Parley**: I am listening.',
      '**Beth**: How long is it?',
      '**Parley**: Until tomorrow.',
    ]);
  expect(live.windows[1]?.texts.join(' ')).toContain(heard);
  expect(live.windows).toHaveLength(2);
});

test.concurrent('/stop ends the answer to what was typed, and lets the next through at once', async (context) => {
  const world = await startWorld(context);
  const { live, enter, join, command } = world;
  enter('Adam');
  await join('Adam');
  live.control.nextAnswers({ kind: 'say', text: LONG_ANSWER }, { kind: 'say', text: SHORT_ANSWER });
  const story = write(world, 'Adam', 'Tell us a story.');
  await replyTo(world, story, /^This is/);
  const rain = write(world, 'Adam', 'Will it rain?');
  await command('Adam', 'stop');
  await replyTo(world, story, /\n-# /);
  await replyTo(world, rain, /^Yes, of course\.?$/);
});

test.concurrent('a picture that is shown just before somebody speaks is seen with what they say', async (context) => {
  const world = await startWorld(context, { messageContent: true });
  const { discord, live, enter, join, say, window, answer } = world;
  const { control } = discord;
  const adam = enter('Adam');
  await join('Adam');
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER });
  const picture = sharp({ create: { width: 1200, height: 900, channels: 3, background: 'teal' } });
  const files = [{ name: 'teal.png', contentType: 'image/png', bytes: await picture.png().toBuffer() }];
  control.person('Adam').write(control.channel('Lounge'), '', { files });
  await say(adam, 'goforward');
  await answer(0);
  const { images, recognition } = await window(0);
  expect(images).toMatchObject([{ mimeType: 'image/jpeg', width: 768, height: 576 }]);
  expect(recognition?.best).toMatchObject({ id: 'goforward', verdict: 'whole' });
});
