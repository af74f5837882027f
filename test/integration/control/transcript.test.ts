import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ChannelState } from '../../../src/rehearsal/discord/world/guild-state.ts';
import { asNobody, directory } from '../../kit/database-file.ts';
import { answered, posted, words } from './harness.ts';
import { isIntro, NOON, transcriptStage } from './transcript-stage.ts';

function channelOf([first]: readonly ChannelState[]): ChannelState {
  if (first === undefined) throw new Error('there is no thread');
  return first;
}

test('off by default: nothing is written down anywhere, and there is nothing to show', async () => {
  const { start, says, transcript, general, lounge, threads } = await transcriptStage();
  const bot = await start();
  const before = posted(lounge);
  says(bot, 'Adam', 1, 'Hello');
  expect(await transcript('show', general, 'Adam')).toContain('There is no transcript that you may see.');
  expect(threads()).toEqual([]);
  expect(posted(lounge)).toEqual(before);
  expect(posted(general)).toEqual([]);
});

test('switched on: told to the room, then what is said stands in a public thread of that channel, as it grows, pinging nobody', async () => {
  const { discord, start, says, answers, transcript, written, threads, general, lounge } = await transcriptStage();
  const bot = await start();
  discord.control.person('Beth').joinVoice(lounge);
  const reply = await transcript('on');
  const [thread] = threads();
  expect(reply).toContain(`What is said in <#${lounge.id}> is now written down in <#${thread?.id}>`);
  expect(thread).toMatchObject({ parentId: general.id, name: 'Lounge · 2026-11-24', archiveAfterMinutes: 1_440 });
  expect(posted(lounge).at(-1)).toMatch(/^📝 \*\*What is said here is written down\*\* in <#\d+>.*7 days/s);
  says(bot, 'Adam', 1, 'What', false);
  await written([isIntro, '**Adam**: What']);
  says(bot, 'Adam', 1, 'What time is it?');
  answers(bot, 1, 'It is', { final: false });
  answers(bot, 1, 'It is noon.', { final: false });
  await written([isIntro, '**Adam**: What time is it\\?\n**Parley**: It is noon\\.']);
  says(bot, 'Adam Beth', 2, 'Stop <@1> @everyone **Beth**: I agree');
  answers(bot, 1, 'It is', { interrupted: true });
  await written([
    isIntro,
    '**Adam**: What time is it\\?\n**Parley**: It is *(interrupted)*\n' +
      '**Adam**, **Beth**: Stop \\<\\@1\\> \\@everyone \\*\\*Beth\\*\\*\\: I agree',
  ]);
  const [intro, page] = thread?.messages ?? [];
  expect(intro?.content).toContain(`<@${discord.control.person('Mona').id}> has switched it on.`);
  expect(intro?.content).toContain('7 days');
  expect(intro?.content).toContain('approximate');
  for (const message of [intro, page]) expect(message).toMatchObject({ mentions: [], mentionEveryone: false });
  expect(page?.editedAt).not.toBeNull();
  expect(JSON.stringify(bot.log.lines)).not.toContain('noon');
  expect(discord.violations).toEqual([]);
});

test('on and off are for who may manage the server; the refusal names the permission', async () => {
  const { start, transcript, general, threads } = await transcriptStage();
  await start();
  for (const subcommand of ['on', 'off']) {
    expect(await transcript(subcommand, general, 'Adam')).toContain('**Manage Server**');
  }
  expect(threads()).toEqual([]);
});

test('what the bot lacks in the channel is named, and nothing is switched on', async () => {
  const { discord, start, transcript, general, lounge, says } = await transcriptStage();
  const bot = await start();
  discord.control.overwriteBot(general, { deny: ['CreatePublicThreads', 'SendMessagesInThreads'] });
  const reply = await transcript('on');
  expect(reply).toContain(`<#${general.id}>`);
  expect(reply).toContain('**Create Public Threads**, **Send Messages in Threads**');
  discord.control.overwriteBot(lounge, { deny: ['SendMessages'] });
  expect(await transcript('on', lounge)).toContain('I lack **Send Messages**');
  says(bot, 'Adam', 1, 'Hello');
  expect(await transcript('off')).toBe('The transcript is off already.');
});

test('in the chat of a voice channel, which holds no threads, it stands there; and in a thread in that thread', async () => {
  const { discord, start, says, transcript, written, lounge, general, threads } = await transcriptStage();
  const bot = await start();
  expect(await transcript('on', lounge)).toContain(`written down in <#${lounge.id}>`);
  says(bot, 'Adam', 1, 'Hello');
  const heard = posted(lounge).slice(0, 2);
  await written([...heard, isIntro, '**Adam**: Hello'], lounge);
  expect(threads()).toEqual([]);
  const thread = discord.control.person('Mona').openThread(general, 'Notes');
  expect(await transcript('on', thread)).toContain(`written down in <#${thread.id}>`);
  says(bot, 'Adam', 2, 'Again');
  await written([isIntro, '**Adam**: Again'], thread);
  expect(discord.violations).toEqual([]);
});

test('switched on without a room it begins with the next one, also after a restart; one thread a voice channel and day', async () => {
  const { start, says, transcript, written, threads, general, lounge, discord } = await transcriptStage();
  const env = { DATABASE_URL: `sqlite:${join(directory(), 'parley.db')}` };
  const first = await start({ env, join: false });
  expect(await transcript('on')).toContain(
    `From my next conversation on, what is said is written down in <#${general.id}>`,
  );
  expect(await transcript('on')).toContain('is on already');
  await first.parley.close();
  const second = await start({ env });
  await expect.poll(() => posted(lounge).at(-1)).toContain('What is said here is written down');
  expect(threads()).toEqual([]);
  says(second, 'Adam', 1, 'Monday');
  await written([isIntro, '**Adam**: Monday']);
  await second.rooms.latest().close({ kind: 'left' });
  await discord.control.person('Adam').command('join').until(answered);
  says(second, 'Adam', 1, 'Again');
  await written([isIntro, '**Adam**: Monday', '**Adam**: Again']);
  expect(threads()).toHaveLength(1);
  await second.parley.close();
  const third = await start({ env, now: () => NOON + 86_400_000 });
  says(third, 'Adam', 1, 'Tuesday');
  await expect.poll(() => threads().map(({ name }) => name)).toEqual(['Lounge · 2026-11-24', 'Lounge · 2026-11-25']);
  await written([isIntro, '**Adam**: Tuesday']);
});

test('a room that comes back after a kill goes on in its thread', async () => {
  const { start, says, transcript, written, threads } = await transcriptStage();
  const env = { DATABASE_URL: `sqlite:${join(directory(), 'parley.db')}` };
  const first = await start({ env });
  await transcript('on');
  says(first, 'Adam', 1, 'Before');
  await written([isIntro, '**Adam**: Before']);
  await first.kill();
  const second = await start({ env, join: false });
  await expect.poll(() => second.rooms.opened.length).toBe(1);
  says(second, 'Adam', 1, 'After');
  await written([isIntro, '**Adam**: Before', '**Adam**: After']);
  expect(threads()).toHaveLength(1);
  expect(second.rooms.latest().id).toBe(first.rooms.latest().id);
});

test('switched off: told to the room, and no more is written; what began before is not begun to be written when it is switched on', async () => {
  const { start, says, transcript, written, lounge } = await transcriptStage();
  const bot = await start();
  says(bot, 'Adam', 1, 'Not for the', false);
  await transcript('on');
  says(bot, 'Adam', 1, 'Not for the record');
  says(bot, 'Adam', 2, 'For the record');
  await written([isIntro, '**Adam**: For the record']);
  expect(await transcript('off')).toContain('deleted 7 days after');
  expect(posted(lounge).at(-1)).toMatch(/has switched the transcript off/);
  says(bot, 'Adam', 3, 'Secret');
  expect(await transcript('off')).toBe('The transcript is off already.');
  await written([isIntro, '**Adam**: For the record']);
});

test('who has opted out never appears, not even in a turn that is still growing', async () => {
  const { discord, start, says, transcript, written, lounge } = await transcriptStage();
  const bot = await start();
  discord.control.person('Beth').joinVoice(lounge);
  await transcript('on');
  says(bot, 'Beth', 1, 'I say', false);
  await written([isIntro, '**Beth**: I say']);
  await discord.control.person('Beth').command('privacy', { subcommand: 'opt-out' }).until(answered);
  says(bot, 'Beth', 1, 'I say something');
  says(bot, 'Adam Beth', 2, 'Together');
  await written([isIntro, '**Adam**: Together']);
});

test('a member who calls themselves as the bot is called is told apart from it', async () => {
  const people = [{ name: 'Mona', permissions: ['ManageGuild' as const] }, { name: 'Adam' }, { name: '*PARLEY*' }];
  const { discord, start, says, answers, transcript, written, lounge } = await transcriptStage({ people });
  const bot = await start();
  discord.control.person('*PARLEY*').joinVoice(lounge);
  await transcript('on');
  says(bot, '*PARLEY*', 1, 'I am the bot');
  answers(bot, 1, 'No.');
  await written([
    isIntro,
    expect.stringMatching(/^\*\*\\\*PARLEY\\\*.*\\@.*\*\*: I am the bot\n\*\*Parley\*\*: No\\\.$/),
  ]);
});

test('a thread that is deleted is told to the room once; off works, and on begins a new one', async () => {
  const { discord, start, says, transcript, written, threads, lounge } = await transcriptStage();
  const bot = await start();
  await transcript('on');
  says(bot, 'Adam', 1, 'One');
  await written([isIntro, '**Adam**: One']);
  const thread = channelOf(threads());
  discord.control.deleteChannel(thread);
  says(bot, 'Adam', 2, 'Two');
  says(bot, 'Adam', 3, 'Three');
  await expect.poll(() => posted(lounge).at(-1)).toMatch(/^📝 I cannot write the transcript down any more\. .*deleted/);
  expect(posted(lounge).filter((text) => text.includes('cannot write'))).toHaveLength(1);
  expect(await transcript('on')).toContain('is now written down');
  says(bot, 'Adam', 4, 'Four');
  await written([isIntro, '**Adam**: Four']);
  expect(await transcript('off')).toContain('The transcript is off.');
});

test('a permission that is taken away is told to the room once; given back, what was said meanwhile is there', async () => {
  const { discord, start, says, transcript, written, general, lounge, skip, threads, eventually } =
    await transcriptStage();
  const bot = await start();
  await transcript('on');
  says(bot, 'Adam', 1, 'One');
  await written([isIntro, '**Adam**: One']);
  discord.control.overwriteBot(general, { deny: ['SendMessagesInThreads'] });
  const thread = channelOf(threads());
  says(bot, 'Adam', 2, `Two ${'and '.repeat(600)}`);
  await eventually(() => posted(lounge).at(-1)).toMatch(/cannot write the transcript.*permission/);
  discord.control.overwriteBot(general, {});
  skip(61_000);
  await eventually(() => thread.messages.map(({ content }) => content).join()).toContain('Two');
  expect(posted(lounge).filter((text) => text.includes('cannot write'))).toHaveLength(1);
});

test('an archived thread is woken up; a locked one is told to the room', async () => {
  const { discord, start, says, transcript, written, threads, lounge } = await transcriptStage();
  const bot = await start();
  await transcript('on');
  says(bot, 'Adam', 1, 'One', false);
  await written([isIntro, '**Adam**: One']);
  const thread = channelOf(threads());
  discord.control.archiveThread(thread);
  says(bot, 'Adam', 1, 'One and a half');
  await written([isIntro, '**Adam**: One and a half']);
  expect(thread.archived).toBe(false);
  discord.control.archiveThread(thread, true);
  says(bot, 'Adam', 2, 'Two');
  await expect.poll(() => posted(lounge).at(-1)).toContain('The thread is locked');
});

test('the last words of a room are written down when it ends, also when the bot goes', async () => {
  const { start, says, answers, transcript, threads } = await transcriptStage();
  const bot = await start();
  await transcript('on');
  says(bot, 'Adam', 1, 'Goodbye');
  answers(bot, 1, 'See you', { final: false });
  await bot.parley.close();
  expect(posted(channelOf(threads()))).toEqual([isIntro, '**Adam**: Goodbye\n**Parley**: See you']);
});

test('where the bot is moved to people read it too; what a reset or a crash breaks off stays as far as it came', async () => {
  const { discord, start, says, transcript, written } = await transcriptStage();
  const bot = await start();
  await transcript('on');
  const room = bot.rooms.latest();
  const secret = discord.control.channel('Secret');
  discord.control.move(discord.control.botId, secret);
  await expect.poll(() => posted(secret)).not.toEqual([]);
  room.move(secret.id);
  room.tells({ type: 'moved', roomId: room.id, channelId: secret.id });
  await expect.poll(() => posted(secret).at(-1)).toContain('What is said here is written down');
  says(bot, 'Adam', 1, 'Forget', false);
  room.tells({ type: 'forgotten', roomId: room.id });
  says(bot, 'Adam', 2, 'Crash', false);
  room.tells({ type: 'problem', roomId: room.id, problem: { code: 'ROOM_THREAD_LOST', details: {} } });
  says(bot, 'Adam', 3, 'Again');
  await written([isIntro, '**Adam**: Forget\n**Adam**: Crash\n**Adam**: Again']);
  const shown = await discord.control.person('Adam').command('transcript', { subcommand: 'show' }).until(answered);
  expect(shown.messages[0]?.attachments[0]?.bytes.toString().match(/Adam: \w+/g)).toEqual([
    'Adam: Forget',
    'Adam: Crash',
    'Adam: Again',
  ]);
});

test('everybody reads their own language: the answer, and what stands in public', async () => {
  const { discord, start, transcript, lounge, threads, eventually } = await transcriptStage({ locale: 'fr' });
  await start();
  const mona = discord.control.person('Mona');
  const reply = mona.command('transcript', { subcommand: 'on', locale: 'de' });
  expect(words(await reply.until(answered))).toContain('Die Mitschrift ist an.');
  expect(posted(lounge).at(-1)).toContain('Ce qui se dit ici est mis par écrit');
  await eventually(() => threads()[0]?.messages[0]?.content).toMatch(/^📝 \*\*Transcription de <#\d+>\*\*\n/);
  expect(await transcript('off')).toContain('The transcript is off.');
});

test('with a database that cannot be written nothing is switched on, and the member reads that', async () => {
  const { start, transcript, threads, discord } = await transcriptStage();
  const outer = directory();
  const folder = join(outer, 'data');
  mkdirSync(folder);
  const path = join(folder, 'parley.db');
  const env = { DATABASE_URL: `sqlite:${path}` };
  const first = await start({ env, join: false });
  await first.parley.close();
  chmodSync(outer, 0o755);
  chmodSync(path, 0o444);
  chmodSync(folder, 0o555);
  onTestFinished(() => chmodSync(folder, 0o755));
  await asNobody(() => start({ env, join: false }));
  expect(await transcript('on')).toContain('That could not be saved, and nothing has changed.');
  expect(threads()).toEqual([]);
  expect(discord.violations).toEqual([]);
});
