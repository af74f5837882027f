import {
  type Interaction,
  type InteractionReplyOptions,
  LabelBuilder,
  type MessageEditOptions,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { expect, test } from 'vitest';
import { wordsOf } from '../../../src/rehearsal/discord/message-words.ts';
import type { Person } from '../../../src/rehearsal/discord/people/person.ts';
import type { MessageState } from '../../../src/rehearsal/discord/world/guild-state.ts';
import { answer, ask, openStage, refusal, type Stage, type TestDiscord } from './harness.ts';

const row = (...components: object[]) => ({ type: 1, components });
const button = (id: string, more: object = {}) => ({ type: 2, style: 1, label: id, custom_id: id, ...more });
const panel = (text: string, ...rows: object[]) => ({
  flags: MessageFlags.IsComponentsV2,
  components: [{ type: 17, components: [{ type: 10, content: text }, { type: 14 }, ...rows] }],
});

interface Panel extends Stage {
  readonly adam: Person;
  readonly message: MessageState;
}

/** A message of the bot that members can press on. */
async function withMessage(body: object): Promise<Panel> {
  const stage = await openStage();
  const { control } = stage.discord;
  const general = control.channel('general');
  const channel = stage.client.channels.cache.get(general.id);
  if (!channel?.isSendable()) throw new Error('not sendable');
  await channel.send(body);
  const [message] = general.messages;
  if (!message) throw new Error('no message');
  return { ...stage, message, adam: control.person('Adam') };
}

const isButton = (one: Interaction) => one.isButton();

test.each([
  ['of the old kind', { content: 'Pick', components: [row(button('go'))] }],
  ['of Components V2', panel('Pick', row(button('go')))],
  ['beside a text', panel('Pick', { type: 9, components: [{ type: 10, content: 'one' }], accessory: button('go') })],
])('a button on a message %s is pressed and answered', async (_, body) => {
  const { client, discord, message, adam } = await withMessage(body);
  answer(client, isButton, async (one) => {
    await one.reply({ content: `${one.customId} on ${one.message.id}`, flags: MessageFlags.Ephemeral });
  });
  const reply = await adam.click(message, 'go').answer();
  expect(reply.content).toBe(`go on ${message.id}`);
  expect(reply.privateTo).toBe(adam.id);
  expect(wordsOf(message)).toContain('Pick');
  expect(discord.violations).toEqual([]);
});

test('a click may change its message: at once, or after it was deferred', async () => {
  const { client, discord, message, adam } = await withMessage({
    content: '0',
    components: [row(button('now'), button('later'))],
  });
  const { errors } = answer(client, isButton, async (one) => {
    if (one.customId === 'now') {
      await one.update({ content: 'now' });
      return;
    }
    await one.deferUpdate();
    await one.followUp({ content: 'wait', flags: MessageFlags.Ephemeral });
    await one.editReply({ content: 'later', components: [] });
  });
  expect(await adam.click(message, 'now').answer()).toBe(message);
  expect(message.content).toBe('now');
  const later = adam.click(message, 'later');
  expect((await later.answer()).content).toBe('wait');
  await later.until(() => message.content === 'later');
  expect(later.interaction.messages).toHaveLength(1);
  expect(() => adam.click(message, 'later')).toThrow('there is nothing of that kind with the custom id "later"');
  expect(errors).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('what is disabled, not there or not the member’s cannot be pressed', async () => {
  const { client, discord, message, adam } = await withMessage({
    content: 'x',
    components: [row(button('off', { disabled: true }), button('on'))],
  });
  expect(() => adam.click(message, 'off')).toThrow('"off" is disabled');
  expect(() => adam.click(message, 'none')).toThrow('there is nothing of that kind');
  expect(() => adam.select(message, 'on', ['1'])).toThrow('there is nothing of that kind');
  const secret: InteractionReplyOptions = {
    content: 'y',
    components: [row(button('again'))] as never,
    flags: MessageFlags.Ephemeral,
  };
  answer(client, isButton, async (one) => {
    await one.reply(secret);
  });
  const hidden = await adam.click(message, 'on').answer();
  expect(() => discord.control.person('Beth').click(hidden, 'again')).toThrow('Beth does not see that message');
  expect((await adam.click(hidden, 'again').answer()).content).toBe('y');
  adam.deleteMessage(hidden);
  expect(() => adam.click(hidden, 'again')).toThrow('Adam does not see that message');
});

test.each([
  ['of the old kind', (menus: object[]) => ({ content: 'Pick', components: menus })],
  ['of Components V2', (menus: object[]) => panel('Pick', ...menus)],
])('select menus on a message %s: of the bot’s own options, and of those that Discord fills', async (_, body) => {
  const options = ['a', 'b', 'c'].map((value) => ({ label: value.toUpperCase(), value }));
  const menus = [
    row({ type: 3, custom_id: 'strings', options, min_values: 1, max_values: 2 }),
    row({ type: 5, custom_id: 'users' }),
    row({ type: 8, custom_id: 'channels', channel_types: [2] }),
    row({ type: 6, custom_id: 'roles' }),
  ];
  const { client, discord, message, adam } = await withMessage(body(menus));
  const { control } = discord;
  const { errors } = answer(
    client,
    (one) => one.isAnySelectMenu(),
    async (one) => {
      if (one.isStringSelectMenu()) await one.reply(one.values.join());
      if (one.isUserSelectMenu()) await one.reply(one.users.map(({ displayName }) => displayName).join());
      if (one.isChannelSelectMenu())
        await one.reply(one.channels.map((channel) => String(channel && 'name' in channel && channel.name)).join());
      if (one.isRoleSelectMenu()) await one.reply(one.roles.map(({ name }) => name).join());
    },
  );
  const said = async (menu: string, ...values: string[]) => (await adam.select(message, menu, values).answer()).content;
  expect(await said('strings', 'a', 'c')).toBe('a,c');
  expect(await said('users', control.person('Beth').id)).toBe('Beth');
  expect(await said('channels', control.channel('Lounge').id)).toBe('Lounge');
  expect(await said('roles', control.guild().id)).toBe('@everyone');
  expect(() => adam.select(message, 'strings', ['a', 'b', 'c'])).toThrow('too few or too many values');
  expect(() => adam.select(message, 'strings', [])).toThrow('too few or too many values');
  expect(() => adam.select(message, 'strings', ['d'])).toThrow('a value that is not offered');
  expect(() => adam.select(message, 'channels', [control.channel('general').id])).toThrow('not offered');
  expect(errors).toEqual([]);
  expect(discord.violations).toEqual([]);
});

function personaModal(): ModalBuilder {
  const input = new TextInputBuilder({
    customId: 'text',
    style: TextInputStyle.Paragraph,
    maxLength: 20,
    minLength: 3,
    value: 'A pirate',
  });
  const label = new LabelBuilder({ label: 'Who is it?' }).setTextInputComponent(input);
  return new ModalBuilder({ customId: 'persona', title: 'Persona' }).addLabelComponents(label);
}

/** A bot whose `/persona` opens a modal, and which repeats what was sent with it. */
function opensModals({ client, discord }: Stage): TestDiscord {
  discord.control.commands.write(null, [{ name: 'persona', description: 'Opens a modal' }]);
  answer(
    client,
    (one) => one.isChatInputCommand(),
    (one) => one.showModal(personaModal()),
  );
  answer(
    client,
    (one) => one.isModalSubmit(),
    (one) => one.reply(`It is now: ${one.fields.getTextInputValue('text')}`),
  );
  return discord;
}

test('a modal opens, is filled in and sent; what is not touched stays as it was filled beforehand', async () => {
  const discord = opensModals(await openStage());
  const adam = discord.control.person('Adam');
  const modal = await adam.command('persona').modal();
  expect((await adam.submit(modal, { text: 'A friend' }).answer()).content).toBe('It is now: A friend');
  const again = await adam.command('persona').modal();
  expect((await adam.submit(again, {}).answer()).content).toBe('It is now: A pirate');
  expect(discord.violations).toEqual([]);
});

test('Discord’s client keeps to what the modal asks for', async () => {
  const discord = opensModals(await openStage());
  const adam = discord.control.person('Adam');
  const watch = adam.command('persona');
  expect(() => adam.submit(watch.interaction, {})).toThrow('no modal was shown');
  const modal = await watch.modal();
  expect(() => adam.submit(modal, { text: '' })).toThrow('"text" is required');
  expect(() => adam.submit(modal, { text: 'ab' })).toThrow('"text" is too short');
  expect(() => adam.submit(modal, { text: 'x'.repeat(21) })).toThrow('"text" is too long');
  expect(() => adam.submit(modal, { other: 'x' })).toThrow('there is no field "other"');
  expect(() => discord.control.person('Beth').submit(modal, {})).toThrow('the modal was shown to Adam');
});

test('a modal cannot open after a defer; one that a click opened may change that message', async () => {
  const { client, discord, message, adam } = await withMessage({
    content: 'x',
    components: [row(button('defer'), button('open'))],
  });
  const codes: unknown[] = [];
  answer(client, isButton, async (one) => {
    if (one.customId === 'open') return one.showModal(personaModal());
    await one.deferUpdate();
    const body = { type: 9, data: personaModal().toJSON() };
    codes.push(await refusal(one.client.rest.post(`/interactions/${one.id}/${one.token}/callback`, { body })));
    await one.editReply('deferred');
  });
  answer(
    client,
    (one) => one.isModalSubmit(),
    async (one) => {
      if (one.isFromMessage()) await one.update(`changed to ${one.fields.getTextInputValue('text')}`);
    },
  );
  await adam.click(message, 'defer').until(() => message.content === 'deferred');
  expect(codes).toEqual([40060]);
  const modal = await adam.click(message, 'open').modal();
  expect(await adam.submit(modal, { text: 'blue' }).answer()).toBe(message);
  expect(message.content).toBe('changed to blue');
  expect(discord.rules).toEqual(['interaction-double']);
});

test('an edit turns a message into one of Components V2 only without what it said before', async () => {
  const { client, discord, message } = await withMessage({ content: 'old' });
  const channel = client.channels.cache.get(message.channelId);
  if (!channel?.isTextBased()) throw new Error('no text channel');
  expect(await refusal(channel.messages.edit(message.id, panel('new') as MessageEditOptions))).toBe(50035);
  // discord.js cannot say null: it makes an empty text of it, and that is refused too.
  const path = `/channels/${message.channelId}/messages/${message.id}`;
  expect((await ask(discord, 'PATCH', path, { content: null, ...panel('new') })).status).toBe(200);
  expect(wordsOf(message)).toBe('new');
  expect(await refusal(channel.messages.edit(message.id, 'old again'))).toBe(50035);
  expect(discord.rules).toEqual(['invalid-form', 'invalid-form']);
});
