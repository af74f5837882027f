import { join } from 'node:path';
import { expect, test } from 'vitest';
import { directory } from '../../kit/database-file.ts';
import { chatStage } from './chat-stage.ts';
import { answered, posted, startBot, words } from './harness.ts';

const HANDLE = { value: 'handle-1', model: 'gemini-3.8-live', issuedAt: Date.now() };

test('a channel’s room is opened when something is asked, closed after two quiet minutes, and gone on with from its handle', async () => {
  const { bot, general, calls, answer, asked, said, skip } = await chatStage();
  calls('Adam', 'One?');
  await answer('One.');
  await said(general, 'One.');
  const first = bot.rooms.latestText();
  expect(first.request).toMatchObject({ handle: null, channelId: general.id });
  first.issue(HANDLE);
  skip(60_000);
  calls('Adam', 'Two?');
  await answer('Two.');
  await said(general, 'Two.');
  expect(bot.rooms.openedText).toHaveLength(1);
  skip(121_000);
  await expect.poll(() => first.status.status).toBe('ended');
  calls('Adam', 'Three?');
  expect((await asked(bot.rooms.openedText[1])).text).toBe('Three?');
  expect(bot.rooms.latestText().request.handle).toEqual(HANDLE);
});

test('after two hours, or with another model, a conversation begins anew', async () => {
  let now = Date.UTC(2026, 10, 24, 12);
  const { bot, general, calls, answer, said, skip } = await chatStage({ now: () => now });
  calls('Adam', 'One?');
  await answer('One.');
  await said(general, 'One.');
  bot.rooms.latestText().issue(HANDLE);
  skip(121_000);
  await expect.poll(() => bot.rooms.latestText().status.status).toBe('ended');
  now += 2 * 60 * 60_000;
  calls('Adam', 'Still there?');
  await answer('Yes.', undefined);
  expect(bot.rooms.openedText[1]?.request.handle).toBeNull();
});

test('the handle outlives the process', async () => {
  const env = { DATABASE_URL: `sqlite:${join(directory(), 'parley.db')}` };
  const { discord, bot, general, calls, answer, said } = await chatStage({ env });
  calls('Adam', 'One?');
  await expect.poll(() => bot.rooms.openedText).toHaveLength(1);
  bot.rooms.latestText().issue(HANDLE);
  await answer('One.');
  await said(general, 'One.');
  await bot.parley.close();
  const next = await startBot(discord, { env });
  calls('Adam', 'Two?');
  await expect.poll(() => next.rooms.openedText[0]?.request.handle).toEqual(HANDLE);
  expect(discord.violations).toEqual([]);
});

test('a server has at most four; the idlest makes way, and where all are talking another waits', async () => {
  const { discord, bot, calls, answer, asked, said } = await chatStage();
  const channels = ['general', 'other', 'third', 'fourth'].map((name) => discord.control.channel(name));
  for (const channel of channels) {
    calls('Adam', 'Hello', channel);
    await expect.poll(() => bot.rooms.latestText().channelId).toBe(channel.id);
    await asked();
  }
  const fifth = discord.control.channel('fifth');
  calls('Adam', 'Hello', fifth);
  const rooms = bot.rooms.openedText;
  const [, second] = rooms;
  if (second === undefined) throw new Error('no room');
  expect(rooms).toHaveLength(4);
  await answer('Hello.', second);
  await expect.poll(() => rooms.length).toBe(5);
  expect(second.status.status).toBe('ended');
  expect(rooms.slice(2).map(({ status }) => status.status)).not.toContain('ended');
  await answer('Hello.', rooms[4]);
  await said(fifth, 'Hello.');
});

test('what a room is asked after somebody changed the settings is asked under them', async () => {
  const { bot, general, calls, answer, said, command } = await chatStage();
  calls('Adam', 'One?');
  await answer('One.');
  await said(general, 'One.');
  await command('Mona', 'voice', { options: { name: 'Puck' } });
  calls('Adam', 'Two?');
  await answer('Two.');
  expect(bot.rooms.latestText().given.voice).toBe('Puck');
});

test('tokens of text rooms count, and when they are used up a question is refused with when it goes on; minutes do not matter', async () => {
  const env = { MAX_TOKENS_PER_DAY: '100', MAX_MINUTES_PER_DAY: '1' };
  const { bot, general, calls, answer, said, person } = await chatStage({ env });
  calls('Adam', 'One?');
  await answer('One.');
  const room = bot.rooms.latestText();
  const usage = { promptTokens: 60, responseTokens: 60, thoughtsTokens: 0, totalTokens: 120, prompt: {}, response: {} };
  room.tells({ type: 'usage', roomId: room.id, usage });
  await said(general, 'One.');
  calls('Adam', 'Two?');
  await said(general, expect.stringMatching(/^This server’s token limit for today is used up\. .*<t:\d+:R>/));
  const refused = await person('Beth')
    .command('ask', { options: { text: 'Three?' } })
    .until(answered);
  expect(words(refused)).toContain('token limit');
  expect(room.typing.turns).toHaveLength(1);
});

test('when the voice room ends, what waits there is answered in writing', async () => {
  const { bot, lounge, calls, join: joinRoom, asked, answer, said } = await chatStage();
  const room = await joinRoom();
  calls('Adam', 'One?', lounge);
  await asked(room);
  calls('Beth', 'Two?', lounge);
  room.end({ kind: 'left' });
  await expect.poll(() => bot.rooms.openedText).toHaveLength(1);
  expect((await answer('One.')).text).toBe('One?');
  expect((await answer('Two.')).text).toBe('Beth: Two?');
  await said(lounge, 'Two.');
});

test('a conversation that is forgotten says so to who waits', async () => {
  const { general, bot, calls, asked, said, skip } = await chatStage();
  calls('Adam', 'One?');
  await asked();
  const { typing } = bot.rooms.latestText();
  typing.answer({ status: 'dropped' });
  skip(2_100);
  await said(general, expect.stringContaining('The conversation was reset before I got to this.'));
});

test('sources stand below the answer that rests on them, and not in the room’s channel', async () => {
  const { bot, general, lounge, calls, answer, said, join: joinRoom } = await chatStage();
  const room = await joinRoom();
  const before = posted(lounge);
  calls('Adam', 'Who won?', lounge);
  await answer('The home team.', room);
  const sources = [{ uri: 'https://example.com/a', title: 'example.com' }];
  room.tells({ type: 'sources', roomId: room.id, queries: [], sources });
  await said(lounge, 'The home team.\n🔎 **Sources**\n- [example\\.com](<https://example.com/a>)');
  expect(posted(lounge)).toHaveLength(before.length + 2);
  calls('Adam', 'And now?', general);
  await answer('The others.');
  const text = bot.rooms.latestText();
  text.tells({ type: 'sources', roomId: text.id, queries: [], sources });
  await said(general, expect.stringContaining('The others.\n🔎 **Sources**'));
});

test('a shutdown ends every question with a word: what is being answered is marked, what waits is told', async () => {
  const { discord, bot, general, calls, asked, said, person } = await chatStage();
  calls('Adam', 'A story?');
  await asked();
  bot.rooms.latestText().typing.answer({ status: 'growing', text: 'Once upon' });
  await said(general, 'Once upon');
  calls('Beth', 'And then?');
  const watch = person('Mona').command('ask', { options: { text: 'And me?' } });
  await expect.poll(() => watch.interaction.state.status).toBe('deferred');
  await bot.parley.close();
  expect(posted(general)).toEqual([
    expect.stringContaining('A story?'),
    expect.stringMatching(/^Once upon\n-# (Cut off here\.|The connection broke off here\.)/),
    expect.stringContaining('And then?'),
    'I am being restarted. Try again in a minute.',
    'I am being restarted. Try again in a minute.',
  ]);
  expect(discord.violations).toEqual([]);
});

test('servers that may not use the bot are not answered', async () => {
  const { general, calls, bot, person } = await chatStage({ env: { ALLOWED_GUILDS: '123456789012345678' } });
  calls('Adam', 'Hello?');
  const refused = await person('Beth')
    .command('ask', { options: { text: 'Hello?' } })
    .until(answered);
  expect(words(refused)).toContain('I may not be used on this server');
  expect(posted(general)).toHaveLength(1);
  expect(bot.rooms.openedText).toEqual([]);
});
