import { Events, type GuildTextBasedChannel } from 'discord.js';
import { expect, test } from 'vitest';
import { ask, logIn, must, next, openStage, refusal, type Stage } from './harness.ts';

function textChannel({ client, discord }: Stage, name = 'general'): GuildTextBasedChannel {
  const channel = client.channels.cache.get(discord.control.channel(name).id);
  if (!channel?.isSendable() || channel.isDMBased()) throw new Error('not a text channel of a server');
  return channel;
}

test('what the bot posts, edits and deletes comes back as events, and members see it', async () => {
  const stage = await openStage();
  const { client, discord } = stage;
  const general = discord.control.channel('general');
  const created = next(client, Events.MessageCreate);
  const message = await textChannel(stage).send({ content: 'one', allowedMentions: { parse: [] } });
  expect((await created)[0].id).toBe(message.id);
  expect(general.messages.map(({ content }) => content)).toEqual(['one']);
  const updated = next(client, Events.MessageUpdate);
  const edited = await message.edit('two');
  expect((await updated)[1].content).toBe('two');
  expect(edited.editedTimestamp).not.toBeNull();
  expect(general.messages[0]?.content).toBe('two');
  const deleted = next(client, Events.MessageDelete);
  await message.delete();
  expect((await deleted)[0].id).toBe(message.id);
  expect(general.messages).toEqual([]);
  expect(await refusal(message.edit('three'))).toBe(10008);
  expect(discord.violations).toEqual([]);
});

test('what is sent again under its mark is there once, also elsewhere, and only when asked for', async () => {
  const stage = await openStage();
  const [general, aside] = [textChannel(stage), textChannel(stage, 'Lounge')];
  const once = { content: 'one', nonce: 'mark-1', enforceNonce: true };
  const { id } = await general.send(once);
  expect((await general.send({ ...once, content: 'two' })).id).toBe(id);
  expect((await aside.send(once)).id).toBe(id);
  expect((await general.send({ content: 'three', nonce: 'mark-1' })).id).not.toBe(id);
  expect((await general.send({ ...once, content: 'four', nonce: 'mark-2' })).nonce).toBe('mark-2');
  const { control } = stage.discord;
  expect(control.channel('general').messages.map(({ content }) => content)).toEqual(['one', 'three', 'four']);
  expect(control.channel('Lounge').messages).toEqual([]);
  expect(stage.discord.violations).toEqual([]);
});

test('what members write, edit and delete comes as events', async () => {
  const { client, discord } = await openStage();
  const { control } = discord;
  const adam = control.person('Adam');
  const created = next(client, Events.MessageCreate);
  const message = adam.write(control.channel('general'), `<@${control.botId}> hello`);
  expect((await created)[0].id).toBe(message.id);
  const updated = next(client, Events.MessageUpdate);
  adam.editMessage(message, `<@${control.botId}> hi`);
  expect((await updated)[1].content).toBe(`<@${control.botId}> hi`);
  const deleted = next(client, Events.MessageDelete);
  adam.deleteMessage(message);
  expect((await deleted)[0].id).toBe(message.id);
});

test('a reply points at its message; pings nobody when it says so', async () => {
  const stage = await openStage();
  const { discord } = stage;
  const { control } = discord;
  const adam = control.person('Adam');
  const message = adam.write(control.channel('general'), 'hello');
  const channel = textChannel(stage);
  const reply = { messageReference: message.id };
  await channel.send({ content: 'loud', reply });
  await channel.send({ content: 'quiet', reply, allowedMentions: { parse: [] } });
  await channel.send({ content: `named <@${adam.id}>`, allowedMentions: { users: [adam.id] } });
  await channel.send({ content: `unnamed <@${adam.id}>`, allowedMentions: { parse: [] } });
  const [, loud, quiet, named, unnamed] = control.channel('general').messages;
  expect([loud?.replyTo, quiet?.replyTo]).toEqual([message, message]);
  expect(must(loud).mentions.map(({ name }) => name)).toEqual(['Adam']);
  expect(must(quiet).mentions).toEqual([]);
  expect(must(named).mentions.map(({ name }) => name)).toEqual(['Adam']);
  expect(must(unnamed).mentions).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('a reply to a message that is gone is refused, or sent without it', async () => {
  const stage = await openStage();
  const { discord } = stage;
  const adam = discord.control.person('Adam');
  const message = adam.write(discord.control.channel('general'), 'never mind');
  adam.deleteMessage(message);
  const send = (failIfNotExists: boolean) =>
    textChannel(stage).send({ content: 'but', reply: { messageReference: message.id, failIfNotExists } });
  expect(await refusal(send(true))).toBe(50035);
  expect((await send(false)).reference).toBeNull();
  expect(discord.violations).toEqual([]);
});

test('a body that does not fit is refused with a tree of what is wrong, and is a violation', async () => {
  const { discord } = await openStage();
  const path = `/channels/${discord.control.channel('general').id}/messages`;
  const { status, body } = await ask(discord, 'POST', path, { content: 'x'.repeat(2_001) });
  expect(status).toBe(400);
  expect(body.code).toBe(50035);
  expect(body.errors.content._errors[0].code).toBe('BASE_TYPE_MAX_LENGTH');
  expect((await ask(discord, 'POST', path, {})).body.code).toBe(50006);
  expect(discord.rules).toEqual(['invalid-form', 'invalid-form']);
});

test('an edit that leaves nothing is refused', async () => {
  const stage = await openStage();
  const message = await textChannel(stage).send('words');
  expect(await refusal(message.edit(''))).toBe(50006);
  expect(stage.discord.rules).toEqual(['invalid-form']);
});

test('another’s message cannot be edited, and only be deleted with the permission', async () => {
  const stage = await openStage();
  const { control } = stage.discord;
  const { id } = control.person('Adam').write(control.channel('general'), 'mine');
  const { messages } = textChannel(stage);
  expect(await refusal(messages.edit(id, 'yours'))).toBe(50005);
  expect(await refusal(messages.delete(id))).toBe(50013);
  control.setBotPermissions(['ViewChannel', 'ManageMessages']);
  await messages.delete(id);
  expect(control.channel('general').messages).toEqual([]);
});

test('messages are fetched newest first, and by what they come before or after', async () => {
  const stage = await openStage();
  const { control } = stage.discord;
  const general = control.channel('general');
  const adam = control.person('Adam');
  const ids = ['1', '2', '3', '4', '5'].map((content) => adam.write(general, content).id);
  const { messages } = textChannel(stage);
  const fetched = async (options: object) =>
    (await messages.fetch({ cache: false, ...options })).map(({ id }) => ids.indexOf(id) + 1);
  expect(await fetched({})).toEqual([5, 4, 3, 2, 1]);
  expect(await fetched({ limit: 2 })).toEqual([5, 4]);
  expect(await fetched({ limit: 2, before: ids[3] })).toEqual([3, 2]);
  expect(await fetched({ limit: 2, after: ids[0] })).toEqual([3, 2]);
});

test('a poll has an end, and its answers have numbers', async () => {
  const stage = await openStage();
  const before = Date.now();
  const { poll } = await textChannel(stage).send({
    poll: {
      question: { text: 'Tea?' },
      answers: [{ text: 'Yes' }, { text: 'No' }],
      duration: 2,
      allowMultiselect: false,
    },
  });
  expect(must(poll).question.text).toBe('Tea?');
  expect(must(poll).answers.map(({ id, text }) => [id, text])).toEqual([
    [1, 'Yes'],
    [2, 'No'],
  ]);
  const hours = (must(must(poll).expiresTimestamp) - before) / 3_600_000;
  expect(hours).toBeGreaterThan(1.99);
  expect(hours).toBeLessThan(2.01);
});

test('a reaction of the bot stays until it is taken away', async () => {
  const stage = await openStage();
  const { control } = stage.discord;
  const message = control.person('Adam').write(control.channel('general'), 'hello');
  const fetched = await textChannel(stage).messages.fetch(message.id);
  const reaction = await fetched.react('👋');
  expect(message.botReactions).toEqual(['👋']);
  await reaction.users.remove();
  expect(message.botReactions).toEqual([]);
  expect(stage.discord.violations).toEqual([]);
});

test('the bot opens a thread under a message, and what is written in it comes as events', async () => {
  const stage = await openStage();
  const { client, discord } = stage;
  const { control } = discord;
  const message = await textChannel(stage).send('Topic');
  const thread = await message.startThread({ name: 'About it', autoArchiveDuration: 60 });
  expect(thread).toMatchObject({ id: message.id, name: 'About it', autoArchiveDuration: 60 });
  expect(await refusal(message.startThread({ name: 'Twice' }))).toBe(160004);
  const heard = next(client, Events.MessageCreate);
  control.person('Adam').write(control.channel('About it'), `<@${control.botId}> in here`);
  const [{ channel, content }] = await heard;
  expect(channel.id).toBe(thread.id);
  expect(content).toContain('in here');
  await thread.send('I see');
  expect(control.channel('About it').messages.at(-1)?.content).toBe('I see');
  expect(discord.violations).toEqual([]);
});

test('a member’s thread is told of, and there when the bot logs in later', async () => {
  const { client, discord } = await openStage();
  const { control } = discord;
  const created = next(client, Events.ThreadCreate);
  control.person('Adam').openThread(control.channel('general'), 'Aside');
  const [thread] = await created;
  expect([thread.name, thread.parent?.name]).toEqual(['Aside', 'general']);
  const later = await logIn(discord);
  expect(later.channels.cache.get(thread.id)).toMatchObject({ name: 'Aside', parentId: thread.parentId });
});

test('threads belong in text channels, and are private unless said otherwise', async () => {
  const { discord } = await openStage();
  const { control } = discord;
  const [lounge, general] = [control.channel('Lounge').id, control.channel('general').id];
  const open = (channel: string, body: object) => ask(discord, 'POST', `/channels/${channel}/threads`, body);
  expect((await open(lounge, { name: 'No', type: 11 })).body.code).toBe(50024);
  expect((await open(general, { name: 'No' })).body.code).toBe(50013);
  expect((await open(general, { name: 'Yes', type: 11 })).status).toBe(201);
  const { body } = await open(general, { name: '', type: 11, auto_archive_duration: 61 });
  expect(body).toMatchObject({ code: 50035, errors: { name: {}, auto_archive_duration: {} } });
  expect(discord.rules).toEqual(['invalid-form']);
});
