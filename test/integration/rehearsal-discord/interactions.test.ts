import { type ChatInputCommandInteraction, type Interaction, InteractionResponseType, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import type { Person } from '../../../src/rehearsal/discord/people/person.ts';
import { createFakeClock, type FakeClock } from '../../kit/fake-clock.ts';
import {
  type Answering,
  answer,
  ask,
  INTENTS,
  logIn,
  openStage,
  refusal,
  startDiscord,
  type TestDiscord,
} from './harness.ts';

const isCommand = (one: Interaction): one is ChatInputCommandInteraction => one.isChatInputCommand();

interface Asked extends Answering {
  readonly discord: TestDiscord;
  readonly adam: Person;
}

/** A bot that answers `/ask` as told. */
async function answering(act: (interaction: ChatInputCommandInteraction) => Promise<unknown>): Promise<Asked> {
  const { discord, client } = await openStage();
  discord.control.commands.write(null, [{ name: 'ask', description: 'Asks' }]);
  return { discord, adam: discord.control.person('Adam'), ...answer(client, isCommand, act) };
}

test('an interaction tells where, by whom and with what rights it came', async () => {
  const seen: ChatInputCommandInteraction[] = [];
  const { discord, adam } = await answering((one) => {
    seen.push(one);
    return one.reply('ok');
  });
  await adam.command('ask', { locale: 'de' }).answer();
  const [interaction] = seen;
  if (!interaction?.inCachedGuild()) throw new Error('no interaction of a known server');
  expect(interaction.commandName).toBe('ask');
  expect(interaction.channel?.name).toBe('general');
  expect([interaction.locale, interaction.guildLocale]).toEqual(['de', 'en-US']);
  expect(interaction.member.displayName).toBe('Adam');
  expect(interaction.memberPermissions.has('SendMessages')).toBe(true);
  expect(interaction.memberPermissions.has('ManageGuild')).toBe(false);
  expect(interaction.appPermissions.has('SendPolls')).toBe(true);
  expect(discord.violations).toEqual([]);
});

test('a reply is a message in the channel, of which the member, the others and the bot know', async () => {
  const { discord, adam } = await answering((one) => one.reply('hello all'));
  const message = await adam.command('ask').answer();
  expect(message.content).toBe('hello all');
  expect(message.interaction).toMatchObject({ name: 'ask', user: { name: 'Adam' } });
  const general = discord.control.channel('general');
  expect(await discord.control.person('Beth').reads(general, ({ id }) => id === message.id)).toBe(message);
  expect(discord.of('interactionAnswered')).toMatchObject([{ name: 'ask' }]);
});

test('a private reply is seen by nobody else, nor by the bot’s own events', async () => {
  const { discord, adam } = await answering((one) => one.reply({ content: 'psst', flags: MessageFlags.Ephemeral }));
  const message = await adam.command('ask').answer();
  expect([message.content, message.privateTo]).toEqual(['psst', adam.id]);
  expect(discord.control.channel('general').messages).toEqual([]);
  expect(() => discord.control.person('Beth').deleteMessage(message)).toThrow('Beth does not see that message');
  const { body } = await ask(discord, 'GET', `/channels/${message.channelId}/messages/${message.id}`);
  expect(body.code).toBe(10008);
  adam.deleteMessage(message);
  expect(message.deleted).toBe(true);
});

test('a deferred answer shows that the bot thinks; the edit gives it its words under the same id', async () => {
  const { promise: go, resolve } = Promise.withResolvers<void>();
  const ids: (string | undefined)[] = [];
  const { discord, adam, done, errors } = await answering(async (one) => {
    const { interaction, resource } = await one.deferReply({ withResponse: true });
    expect(interaction).toMatchObject({ responseMessageLoading: true, responseMessageEphemeral: false });
    expect(resource?.type).toBe(InteractionResponseType.DeferredChannelMessageWithSource);
    ids.push(interaction.responseMessageId ?? undefined, (await one.fetchReply()).id);
    await go;
    ids.push((await one.editReply('done')).id);
  });
  const watch = adam.command('ask');
  await watch.until(({ state }) => state.status === 'deferred');
  const [thinking] = discord.control.channel('general').messages;
  expect(thinking).toMatchObject({ content: '', flags: MessageFlags.Loading });
  expect(watch.interaction.messages).toEqual([]);
  resolve();
  expect(await watch.answer()).toBe(thinking);
  expect(thinking).toMatchObject({ content: 'done', flags: 0, editedAt: null });
  await done;
  expect(new Set(ids)).toEqual(new Set([thinking?.id]));
  expect(errors).toEqual([]);
});

test('a privately deferred answer stays private, whatever the follow-up says', async () => {
  const { adam, discord } = await answering(async (one) => {
    await one.deferReply({ flags: MessageFlags.Ephemeral });
    await one.followUp('first');
    await one.followUp('second, for all');
    await one.followUp({ content: 'third, private', flags: MessageFlags.Ephemeral });
  });
  const { messages } = await adam.command('ask').until((one) => one.messages.length === 3);
  expect(messages.map(({ content, privateTo }) => [content, privateTo])).toEqual([
    ['first', adam.id],
    ['second, for all', null],
    ['third, private', adam.id],
  ]);
  expect(discord.control.channel('general').messages.map(({ content }) => content)).toEqual(['second, for all']);
});

test('answers and follow-ups are edited and deleted by their ids', async () => {
  const { adam, errors, discord } = await answering(async (one) => {
    await one.reply('one');
    const second = await one.followUp('two');
    await one.editReply('one!');
    await one.editReply({ message: second, content: 'two!' });
    await one.deleteReply();
    expect(await refusal(one.editReply('gone'))).toBe(10008);
    await one.deleteReply(second);
    await one.followUp('three');
  });
  const { messages } = await adam.command('ask').until((one) => one.messages.length === 3);
  expect(messages.map(({ content, deleted }) => [content, deleted])).toEqual([
    ['one!', true],
    ['two!', true],
    ['three', false],
  ]);
  expect(errors).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('a second first answer is refused with 40060, and is a violation', async () => {
  const codes: unknown[] = [];
  const { adam, discord, done } = await answering(async (one) => {
    await one.reply('once');
    codes.push(
      await refusal(one.client.rest.post(`/interactions/${one.id}/${one.token}/callback`, { body: { type: 5 } })),
    );
  });
  await adam.command('ask').answer();
  await done;
  expect(codes).toEqual([40060]);
  expect(discord.rules).toEqual(['interaction-double']);
});

test('nothing follows before the first answer', async () => {
  const codes: unknown[] = [];
  const { adam, discord } = await answering(async (one) => {
    codes.push(await refusal(one.webhook.send('too early')));
    codes.push(await refusal(one.webhook.editMessage('@original', 'too early')));
    await one.reply('now');
  });
  await adam.command('ask').answer();
  expect(codes).toEqual([10015, 10015]);
  expect(discord.violations).toEqual([]);
});

test('an answer that does not fit, or not to this kind of interaction, is refused', async () => {
  const codes: unknown[] = [];
  const { adam, discord } = await answering(async (one) => {
    const body = { type: InteractionResponseType.UpdateMessage, data: { content: 'x' } };
    codes.push(await refusal(one.client.rest.post(`/interactions/${one.id}/${one.token}/callback`, { body })));
    codes.push(await refusal(one.reply('x'.repeat(2_001))));
    codes.push(await refusal(one.client.rest.post(`/interactions/${one.id}/wrong/callback`, { body })));
    await one.reply('right');
  });
  expect((await adam.command('ask').answer()).content).toBe('right');
  expect(codes).toEqual([50035, 50035, 10062]);
  expect(discord.rules).toEqual(['invalid-form', 'invalid-form']);
});

interface Slow extends Asked {
  readonly clock: FakeClock;
  readonly go: () => void;
}

/** A bot that answers only when it is told to, on a clock that stands still. */
async function answeringLate(
  act: (interaction: ChatInputCommandInteraction, wait: Promise<void>) => Promise<unknown>,
): Promise<Slow> {
  const clock = createFakeClock();
  const discord = await startDiscord({ after: clock.after });
  discord.control.commands.write(null, [{ name: 'ask', description: 'Asks' }]);
  const client = await logIn(discord, { intents: INTENTS });
  const { promise, resolve: go } = Promise.withResolvers<void>();
  const answering = answer(client, isCommand, (one) => act(one, promise));
  return { discord, clock, go, adam: discord.control.person('Adam'), ...answering };
}

test('no answer within 3 s: the member reads that the bot did not respond, and the late answer is refused', async () => {
  const codes: unknown[] = [];
  const { adam, clock, discord, done, go } = await answeringLate(async (one, wait) => {
    await wait;
    codes.push(await refusal(one.reply('sorry')));
  });
  const watch = adam.command('ask');
  clock.advance(2_999);
  expect(watch.interaction.state.status).toBe('pending');
  clock.advance(1);
  await watch.until(({ state }) => state.status === 'failed');
  await expect(watch.answer()).rejects.toThrow('ask: the bot did not respond');
  go();
  await done;
  expect(codes).toEqual([10062]);
  expect(discord.rules).toEqual(['interaction-late']);
});

test('a bot that is not there at all does not respond, which is nobody’s violation', async () => {
  const clock = createFakeClock();
  const discord = await startDiscord({ after: clock.after });
  discord.control.commands.write(null, [{ name: 'ask', description: 'Asks' }]);
  const watch = discord.control.person('Adam').command('ask');
  clock.advance(3_000);
  await expect(watch.answer()).rejects.toThrow('the bot did not respond');
  expect(discord.violations).toEqual([]);
});

test('after 15 minutes the token opens nothing any more', async () => {
  const codes: unknown[] = [];
  const { adam, clock, discord, done, go } = await answeringLate(async (one, wait) => {
    await one.reply('in time');
    await wait;
    codes.push(await refusal(one.editReply('late')), await refusal(one.followUp('late')));
  });
  const message = await adam.command('ask').answer();
  clock.advance(15 * 60_000);
  go();
  await done;
  expect(codes).toEqual([50027, 50027]);
  expect(message.content).toBe('in time');
  expect(discord.violations).toEqual([]);
});

test('a deferred answer that never comes is a violation when its time is over', async () => {
  const { adam, clock, discord } = await answeringLate((one) => one.deferReply());
  await adam.command('ask').until(({ state }) => state.status === 'deferred');
  clock.advance(15 * 60_000 - 1);
  expect(discord.rules).toEqual([]);
  clock.advance(1);
  expect(discord.rules).toEqual(['interaction-unanswered']);
});
