import { expect, test } from 'vitest';
import { SHORT_ANSWER, startWorld } from '../e2e/harness.ts';

const REMINDER = 'Adam, feed the cat.';

test.concurrent('a reminder that is set by voice speaks up when it is due, once nobody speaks, and is heard', async (context) => {
  const { discord, live, enter, join, say, posted } = await startWorld(context);
  const adam = enter('Adam');
  await join('Adam');
  let mark = adam.heard.mark();
  const told: { readonly what: 'response' | 'text' | 'words'; readonly value: unknown }[] = [];
  const all = (what: 'response' | 'text' | 'words') => told.filter((it) => it.what === what).map(({ value }) => value);
  live.on((event) => {
    if (event.type === 'toolResponse') told.push({ what: 'response', value: event.response });
    if (event.type === 'clientContent') {
      mark = adam.heard.mark();
      told.push({ what: 'text', value: event.text });
    }
    if (event.type === 'answerComplete') told.push({ what: 'words', value: event.words });
  });
  live.control.nextAnswers(
    {
      kind: 'call',
      calls: [{ name: 'set_reminder', args: { what: 'Feed the cat', in_seconds: 10 } }],
      followUp: { kind: 'say', text: SHORT_ANSWER },
    },
    { kind: 'say', text: REMINDER },
  );
  await say(adam, 'goforward');
  await context.expect.poll(() => all('response')).toMatchObject([{ output: { set: true, what: 'Feed the cat' } }]);
  await context.expect
    .poll(() => all('text'), { timeout: 30_000 })
    .toEqual([expect.stringMatching(/^\[Reminder for Adam, set 1\d seconds ago and due now: "Feed the cat"\.\]$/)]);
  await adam.heard.until(({ voiced, flags }) => voiced.length > 30 && flags.at(-1)?.speaking === false, { mark });
  expect(all('words')).toEqual([SHORT_ANSWER, REMINDER]);
  expect(posted()).not.toContain('⏰');
  expect(discord.violations).toEqual([]);
});

test.concurrent('one that falls due when nobody is in the channel any more is read where it was set', async (context) => {
  const { discord, live, enter, join, say, command } = await startWorld(context);
  const adam = enter('Adam');
  await join('Adam');
  const call = { name: 'set_reminder', args: { what: 'Feed the cat', in_seconds: 12 } };
  live.control.nextAnswers({ kind: 'call', calls: [call], followUp: { kind: 'say', text: SHORT_ANSWER } });
  const answered = new Promise<void>((resolve) => {
    live.on(({ type }) => {
      if (type === 'answerComplete') resolve();
    });
  });
  await say(adam, 'goforward');
  await answered;
  await command('Adam', 'leave');
  const { control } = discord;
  const bell = await control
    .person('Adam')
    .reads(control.channel('Lounge'), ({ content }) => content.startsWith('⏰'), 30_000);
  expect(bell.content).toContain('Feed the cat');
  expect(bell.mentions.map(({ name }) => name)).toEqual(['Adam']);
});
