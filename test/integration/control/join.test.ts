import { expect, test } from 'vitest';
import type { Interaction } from '../../../src/rehearsal/discord/interactions/interaction.ts';
import { createSkippingClock } from '../voice/skipping-clock.ts';
import { answered, posted, startBot, startDiscord, words } from './harness.ts';

const says =
  (text: string) =>
  ({ messages }: Interaction): boolean =>
    messages[0]?.content.includes(text) === true;

test('/join answers privately, puts the bot into the channel, and tells everybody there that they are heard', async () => {
  const discord = await startDiscord();
  await startBot(discord);
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const adam = control.person('Adam');
  adam.joinVoice(lounge);
  const reply = await adam.command('join').until(answered);
  expect(words(reply)).toBe(`I am in <#${lounge.id}> and listening.`);
  expect(reply.messages[0]?.privateTo).toBe(adam.id);
  expect(control.botChannel()).toBe(lounge);
  expect(posted(lounge).map((text) => text.split('\n')[0])).toEqual([`🎙️ **Parley is listening in <#${lounge.id}>.**`]);
  expect(discord.violations).toEqual([]);
});

test('a member in no channel is told to join one, in their own language', async () => {
  const discord = await startDiscord();
  await startBot(discord);
  const adam = discord.control.person('Adam');
  const english = await adam.command('join').until(answered);
  expect(words(english)).toBe('You are in no voice channel. Join one first, or name one: `/join channel:`.');
  const german = await adam.command('join', { locale: 'de' }).until(answered);
  expect(words(german)).toContain('/join');
  expect(words(german)).not.toBe(words(english));
});

test('a channel that is named is joined without being in it', async () => {
  const discord = await startDiscord();
  await startBot(discord);
  const studio = discord.control.channel('Studio');
  await discord.control
    .person('Adam')
    .command('join', { options: { channel: studio.id } })
    .until(answered);
  expect(discord.control.botChannel()).toBe(studio);
});

test('in the channel already: said, and nothing else happens', async () => {
  const discord = await startDiscord();
  const { rooms } = await startBot(discord);
  const { control } = discord;
  const adam = control.person('Adam');
  adam.joinVoice(control.channel('Lounge'));
  await adam.command('join').until(answered);
  const again = await adam.command('join').until(answered);
  expect(words(again)).toContain('already here');
  expect(rooms.opened).toHaveLength(1);
});

test('the bot is not called away from people by somebody who may not move members', async () => {
  const discord = await startDiscord();
  const { rooms } = await startBot(discord);
  const { control } = discord;
  const [adam, beth] = [control.person('Adam'), control.person('Beth')];
  const owner = control.person('Olive');
  adam.joinVoice(control.channel('Lounge'));
  await adam.command('join').until(answered);
  beth.joinVoice(control.channel('Studio'));
  const refused = await beth.command('join').until(answered);
  expect(words(refused)).toContain('Move Members');
  expect(control.botChannel()?.name).toBe('Lounge');
  owner.joinVoice(control.channel('Studio'));
  const moved = await owner.command('join').until(answered);
  expect(words(moved)).toContain('listening');
  expect(control.botChannel()?.name).toBe('Studio');
  expect(rooms.count).toBe(1);
});

test('a permission that the bot lacks is named, and so is the channel', async () => {
  const discord = await startDiscord();
  await startBot(discord);
  const { control } = discord;
  const lounge = control.channel('Lounge');
  control.overwriteBot(lounge, { deny: ['Connect', 'Speak'] });
  const adam = control.person('Adam');
  adam.joinVoice(lounge);
  const reply = await adam.command('join').until(answered);
  expect(words(reply)).toContain('**Connect**');
  expect(words(reply)).toContain(`<#${lounge.id}>`);
  expect(control.botChannel()).toBeNull();
});

test('a full channel is seen before joining it, instead of waiting for an answer that Discord never gives', async () => {
  const discord = await startDiscord();
  const { rooms } = await startBot(discord);
  const { control } = discord;
  const lounge = control.channel('Lounge');
  control.person('Adam').joinVoice(lounge);
  control.setUserLimit(lounge, 1);
  const reply = await control.person('Adam').command('join').until(answered);
  expect(words(reply)).toContain('is full');
  expect(rooms.opened).toHaveLength(0);
});

test('a slow join is told to be under way within 3 s, and its end replaces that', async () => {
  const clock = createSkippingClock();
  const discord = await startDiscord();
  const { rooms } = await startBot(discord, { clock, readyAtOnce: false });
  const adam = discord.control.person('Adam');
  adam.joinVoice(discord.control.channel('Lounge'));
  const reply = adam.command('join');
  await expect.poll(() => rooms.opened.length).toBe(1);
  clock.skip(2_600);
  await reply.until(says('Still connecting'));
  rooms.latest().becomeReady();
  await reply.until(says('listening'));
  expect(reply.interaction.messages).toHaveLength(1);
  clock.close();
});

test('a join that comes to nothing ends at 15 s: said in words, and the channel is left', async () => {
  const clock = createSkippingClock();
  const discord = await startDiscord();
  const { rooms } = await startBot(discord, { clock, readyAtOnce: false });
  const adam = discord.control.person('Adam');
  adam.joinVoice(discord.control.channel('Lounge'));
  const reply = adam.command('join');
  await expect.poll(() => rooms.opened.length).toBe(1);
  clock.skip(15_100);
  await reply.until(says('took too long'));
  await expect.poll(() => discord.control.botChannel()).toBeNull();
  expect(rooms.count).toBe(0);
  clock.close();
});

test('where the bot may not post in the voice channel, the notice goes where /join was run', async () => {
  const discord = await startDiscord();
  await startBot(discord);
  const { control } = discord;
  const lounge = control.channel('Lounge');
  control.overwriteBot(lounge, { deny: ['SendMessages'] });
  const adam = control.person('Adam');
  adam.joinVoice(lounge);
  await adam.command('join').until(answered);
  expect(lounge.messages).toHaveLength(0);
  expect(posted(control.channel('general'))[0]).toContain('is listening in');
  expect(discord.violations).toEqual([]);
});

test('on a stage the bot asks to speak and says that it has to', async () => {
  const discord = await startDiscord();
  await startBot(discord);
  const { control } = discord;
  const stage = control.channel('Stage');
  const adam = control.person('Adam');
  adam.joinVoice(stage);
  await adam.command('join').until(answered);
  await expect.poll(() => posted(stage).join('\n')).toContain('asked to speak');
  const state = control.guild().voiceStates.find(({ userId }) => userId === control.botId);
  expect(state?.requestToSpeakAt).not.toBeNull();
});
