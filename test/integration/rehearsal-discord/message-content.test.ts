import { Events, GatewayIntentBits, type Message } from 'discord.js';
import { expect, test } from 'vitest';
import { answer, ask, INTENTS, logIn, must, next, openStage, type Stage, startDiscord } from './harness.ts';

const image = { name: 'cat.png', contentType: 'image/png', bytes: Buffer.from('no picture') };

async function heard({ client }: Stage, act: () => unknown): Promise<Message> {
  const message = next(client, Events.MessageCreate);
  act();
  return (await message)[0];
}

test('without the intent a bot learns that something was written, and nothing of what', async () => {
  const stage = await openStage();
  const { control } = stage.discord;
  const [adam, general] = [control.person('Adam'), control.channel('general')];
  const message = await heard(stage, () => adam.write(general, 'a secret', { files: [image] }));
  expect(message.author.displayName).toBe('Adam');
  expect(message.member?.displayName).toBe('Adam');
  expect([message.content, message.attachments.size]).toEqual(['', 0]);
  const fetched = await message.channel.messages.fetch({ message: message.id, force: true });
  expect([fetched.content, fetched.attachments.size]).toEqual(['', 0]);
  const { body } = await ask(stage.discord, 'GET', `/channels/${general.id}/messages`);
  expect(body).toMatchObject([{ content: '', attachments: [], embeds: [], components: [] }]);
});

test('a message that mentions the bot can be read whole', async () => {
  const stage = await openStage();
  const { control } = stage.discord;
  const words = `<@${control.botId}> what is this?`;
  const [adam, general] = [control.person('Adam'), control.channel('general')];
  const message = await heard(stage, () => adam.write(general, words, { files: [image] }));
  expect(message.content).toBe(words);
  expect(message.mentions.users.has(control.botId)).toBe(true);
  expect(message.attachments.first()).toMatchObject({ name: 'cat.png', size: 10, contentType: 'image/png' });
});

test('a mention of somebody else, or of the bot as a role, opens nothing', async () => {
  const stage = await openStage();
  const { control } = stage.discord;
  const general = control.channel('general');
  const role = must(control.guild().roles.find(({ ofBot }) => ofBot === control.botId));
  const { id } = control.person('Beth');
  const message = await heard(stage, () => control.person('Adam').write(general, `<@${id}> <@&${role.id}>`));
  expect(message.content).toBe('');
  expect(message.mentions.users.map(({ displayName }) => displayName)).toEqual(['Beth']);
  const byOwner = await heard(stage, () => control.person('Olive').write(general, `@everyone <@&${role.id}>`));
  expect(byOwner.mentions.roles.size).toBe(1);
  expect(byOwner.mentions.everyone).toBe(true);
  expect(byOwner.content).toBe('');
});

test('a reply to the bot can be read when it pings, and not when it does not', async () => {
  const stage = await openStage();
  const { control } = stage.discord;
  const [adam, general] = [control.person('Adam'), control.channel('general')];
  const channel = must(stage.client.channels.cache.get(general.id));
  if (!channel.isSendable()) throw new Error('not sendable');
  await channel.send('I am here.');
  const replyTo = must(general.messages[0]);
  const pinging = await heard(stage, () => adam.write(general, 'good', { replyTo }));
  expect(pinging.content).toBe('good');
  expect(pinging.mentions.repliedUser?.id).toBe(control.botId);
  expect(pinging.reference?.messageId).toBe(replyTo.id);
  const quiet = await heard(stage, () => adam.write(general, 'psst', { replyTo, withoutPing: true }));
  expect(quiet.content).toBe('');
  expect(quiet.reference?.messageId).toBe(replyTo.id);
});

test('the bot reads its own messages, but not those that they quote', async () => {
  const stage = await openStage();
  const { control } = stage.discord;
  const general = control.channel('general');
  const theirs = control.person('Adam').write(general, 'a secret');
  const path = `/channels/${general.id}/messages`;
  const { body } = await ask(stage.discord, 'POST', path, {
    content: 'I heard you',
    message_reference: { message_id: theirs.id },
  });
  expect(body).toMatchObject({ content: 'I heard you', referenced_message: { id: theirs.id, content: '' } });
});

test('an edit is as unreadable as the message was, until it mentions the bot', async () => {
  const { discord, client } = await openStage();
  const { control } = discord;
  const adam = control.person('Adam');
  const message = adam.write(control.channel('general'), 'first');
  const contents: string[] = [];
  client.on(Events.MessageUpdate, (_, { content }) => contents.push(content));
  const done = next(client, Events.MessageUpdate, (_, { mentions }) => mentions.users.size > 0);
  adam.editMessage(message, 'second');
  adam.editMessage(message, `<@${control.botId}> third`);
  await done;
  expect(contents).toEqual(['', `<@${control.botId}> third`]);
});

test('what a message command was used on is readable', async () => {
  const { discord, client } = await openStage();
  const { control } = discord;
  control.commands.write(null, [{ name: 'Ask Parley', type: 3 }]);
  const adam = control.person('Adam');
  const target = control.person('Beth').write(control.channel('general'), 'What is a fjord?');
  const { errors } = answer(
    client,
    (one) => one.isMessageContextMenuCommand(),
    (one) => one.reply(`${one.targetMessage.author.displayName}: ${one.targetMessage.content}`),
  );
  const { content } = await adam.messageCommand('Ask Parley', target).answer();
  expect(content).toBe('Beth: What is a fjord?');
  expect(errors).toEqual([]);
});

test('with the intent everything can be read, and the application says that it has it', async () => {
  const intents = [...INTENTS, GatewayIntentBits.MessageContent];
  const stage = await openStage({ messageContent: true }, { intents });
  const { control } = stage.discord;
  const [adam, general] = [control.person('Adam'), control.channel('general')];
  const message = await heard(stage, () => adam.write(general, 'hello all', { files: [image] }));
  expect([message.content, message.attachments.size]).toEqual(['hello all', 1]);
  expect(stage.client.application.flags.has('GatewayMessageContentLimited')).toBe(true);
  const { body } = await ask(stage.discord, 'GET', `/channels/${general.id}/messages/${message.id}`);
  expect(body.content).toBe('hello all');
});

test('what is allowed but not asked for stays unreadable over the gateway; REST goes by what is allowed', async () => {
  const stage = await openStage({ messageContent: true });
  const { control } = stage.discord;
  const [adam, general] = [control.person('Adam'), control.channel('general')];
  const message = await heard(stage, () => adam.write(general, 'hello'));
  expect(message.content).toBe('');
  const { body } = await ask(stage.discord, 'GET', `/channels/${general.id}/messages/${message.id}`);
  expect(body.content).toBe('hello');
});

test('a bot without the messages intent hears of no message at all', async () => {
  const discord = await startDiscord();
  const client = await logIn(discord, { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates] });
  const seen: string[] = [];
  client.on(Events.MessageCreate, ({ id }) => seen.push(id));
  const update = next(client, Events.ChannelUpdate);
  discord.control.person('Adam').write(discord.control.channel('general'), `<@${discord.control.botId}>`);
  discord.control.renameChannel(discord.control.channel('general'), 'chat');
  await update;
  expect(seen).toEqual([]);
});
