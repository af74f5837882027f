import { expect, test } from 'vitest';
import { chatStage } from './chat-stage.ts';
import { answered, posted, words } from './harness.ts';

test('a mention is answered as a reply that pings nobody, growing as it comes', async () => {
  const { discord, bot, general, calls, asked, said, person } = await chatStage();
  const question = calls('Adam', 'What is a **fjord**? <:wave:123456789012345678>');
  const turn = await asked();
  expect(turn).toMatchObject({
    authorIds: [person('Adam').id],
    text: 'What is a **fjord**? :wave:',
    ...{ images: [], context: [], speech: null, wantsSound: false },
  });
  const { typing, channelId } = bot.rooms.latestText();
  expect(channelId).toBe(general.id);
  typing.answer({ status: 'growing', text: 'A fjord is' });
  await said(general, 'A fjord is');
  typing.answer({ status: 'growing', text: 'A fjord is a long inlet' });
  typing.answer({ status: 'done', text: 'A fjord is a long inlet of the sea.' });
  const answer = await said(general, 'A fjord is a long inlet of the sea.');
  expect(answer).toMatchObject({ replyTo: { id: question.id }, mentions: [], components: [] });
  expect(bot.rooms.opened).toEqual([]);
  expect(JSON.stringify(bot.log.lines)).not.toContain('fjord');
  expect(discord.violations).toEqual([]);
});

test('a reply to the bot that pings it is a question, one that does not ping is not', async () => {
  const { general, calls, answer, said, person, asked, bot } = await chatStage();
  calls('Adam', 'What is a fjord?');
  await answer('An inlet.');
  const replyTo = await said(general, 'An inlet.');
  person('Beth').write(general, 'hm', { replyTo, withoutPing: true });
  person('Beth').write(general, 'Where are they?', { replyTo });
  expect((await asked()).text).toBe('Beth: Where are they?');
  expect(bot.rooms.latestText().typing.turns).toHaveLength(2);
});

test('without the intent nothing else is answered: not in the chat of the voice channel, not in the chosen channel', async () => {
  const { general, lounge, person, join, command, calls, bot, asked } = await chatStage();
  const room = await join();
  expect(await command('Mona', 'chat', { subcommand: 'here', channel: general })).toContain(
    'Discord shows me only messages that mention me',
  );
  expect(posted(general)[0]).toContain('when you mention me');
  person('Adam').write(lounge, 'Hello there');
  person('Adam').write(general, 'Hello there');
  calls('Adam', 'Hello', general);
  expect((await asked(room)).text).toBe('Adam: Hello');
  expect(room.typing.turns).toHaveLength(1);
  expect(bot.rooms.openedText).toEqual([]);
});

test('with the intent everything in the chat of the voice channel and in the chosen channel goes into the voice room, threads do not', async () => {
  const { discord, general, lounge, other, person, join, command, answer, said, bot, asked, calls } = await chatStage({
    intent: true,
  });
  const room = await join();
  expect(await command('Mona', 'chat', { subcommand: 'here', channel: general })).toContain('I answer what is written');
  expect(posted(general)[0]).toContain('I read along here from now on');
  person('Adam').write(lounge, 'Good evening');
  await answer('Good evening to you.', room);
  await said(lounge, 'Good evening to you.');
  person('Beth').write(general, 'And from here?');
  await answer('Heard.', room);
  await said(general, 'Heard.');
  person('Beth').write(other, 'Nobody reads this.');
  const thread = person('Beth').openThread(general, 'aside');
  person('Beth').write(thread, 'Nobody reads this either.');
  calls('Beth', 'And here?', thread);
  expect((await asked()).text).toBe('And here?');
  expect(bot.rooms.latestText().channelId).toBe(thread.id);
  expect(room.typing.turns.map(({ text }) => text)).toEqual(['Adam: Good evening', 'Beth: And from here?']);
  expect(discord.violations).toEqual([]);
});

test('what is for others is left alone, and so is what an opted-out member writes, unless they call the bot', async () => {
  const { discord, general, person, command, calls, answer, said, bot } = await chatStage({ intent: true });
  await command('Mona', 'chat', { subcommand: 'here', channel: general });
  await command('Beth', 'privacy', { subcommand: 'opt-out' });
  const adams = person('Adam').write(general, `<@${person('Beth').id}> are you there?`);
  person('Beth').write(general, 'Yes, I am.');
  person('Mona').write(general, 'I too', { replyTo: adams });
  calls('Beth', 'You may read this.');
  await answer('Thank you.');
  await said(general, 'Thank you.');
  expect(bot.rooms.latestText().typing.turns.map(({ text }) => text)).toEqual(['You may read this.']);
  expect(discord.violations).toEqual([]);
});

test('bots and webhooks are never answered', async () => {
  const people = [{ name: 'Adam' }, { name: 'Jukebox', bot: true }];
  const { general, calls, answer, said, bot } = await chatStage({ intent: true, people });
  calls('Jukebox', 'talk to me');
  calls('Adam', 'hello');
  await answer('Hello.');
  await said(general, 'Hello.');
  expect(bot.rooms.latestText().typing.turns.map(({ text }) => text)).toEqual(['hello']);
});

test('called by its role, or with nothing to say, the bot says what to do; once a minute', async () => {
  const { discord, general, calls, said, person, bot, skip } = await chatStage();
  const { control } = discord;
  const role = control.guild().roles.find(({ ofBot }) => ofBot === control.botId)?.id;
  person('Olive').write(general, `<@&${role}> are you there?`);
  const hint = await said(
    general,
    `You have called me by my role, and Discord does not let me read that. Mention me myself: <@${control.botId}>. Or use \`/ask\`.`,
  );
  expect(hint.mentions).toEqual([]);
  calls('Adam', '');
  await said(general, 'Yes? Write what you want to know behind my name, or use `/ask`.');
  const before = general.messages.length;
  calls('Adam', '');
  calls('Beth', '');
  await expect.poll(() => general.messages.length).toBe(before + 3);
  expect(bot.rooms.openedText).toEqual([]);
  skip(61_000);
  calls('Adam', '');
  await expect.poll(() => general.messages.length).toBe(before + 5);
});

test('/ask is answered in public, under the question, in any channel, and every one ends', async () => {
  const { discord, person, other, bot, answer, asked, general } = await chatStage();
  const watch = person('Adam').command('ask', { options: { text: 'What is a *fjord*?' }, channel: other });
  await asked();
  expect(watch.interaction.state).toMatchObject({ status: 'deferred', private: false });
  await answer('An inlet.');
  const done = await watch.until(answered);
  expect(words(done)).toBe('> What is a \\*fjord\\*\\?\nAn inlet.');
  expect(done.messages[0]).toMatchObject({ privateTo: null, mentions: [] });
  const silent = person('Beth').command('ask', { options: { text: 'Hm?' }, channel: other });
  await answer({ status: 'silent' });
  expect(words(await silent.until(answered))).toContain('I have no answer to that.');
  const lost = person('Beth').command('ask', { options: { text: 'Still there?' }, channel: general });
  await asked();
  const problem = { code: 'LIVE_UNREACHABLE', details: {} } as const;
  bot.rooms.latestText().end({ kind: 'failed', problem });
  expect(words(await lost.until(answered))).toContain('I cannot reach Gemini just now.');
  expect(discord.violations).toEqual([]);
});

test('/ask is answered also in a channel that the bot cannot see', async () => {
  const { discord, person, other, answer } = await chatStage();
  discord.control.overwriteBot(other, { deny: ['ViewChannel'] });
  const watch = person('Adam').command('ask', { options: { text: 'Hello?' }, channel: other });
  await answer(`Hello. ${'This is a long answer. '.repeat(120)}`);
  const done = await watch.until(({ messages }) => messages.length === 2);
  expect(words(done)).toMatch(/^> Hello\\\?\nHello\. This is/);
  expect(discord.violations).toEqual([]);
});
