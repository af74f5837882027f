import { type AnyThreadChannel, ChannelType, Events } from 'discord.js';
import { expect, test } from 'vitest';
import { ask, next, openStage, refusal } from './harness.ts';

/** A thread of the bot's own, with a message of its own in it. */
async function withThread() {
  const stage = await openStage();
  const { control } = stage.discord;
  const general = stage.client.channels.cache.get(control.channel('general').id);
  if (general?.type !== ChannelType.GuildText) throw new Error('no text channel');
  const thread: AnyThreadChannel = await general.threads.create({ name: 'Notes', type: ChannelType.PublicThread });
  const message = await thread.send('one');
  return { ...stage, thread, message, state: control.channel('Notes') };
}

test('in an archived thread nothing can be changed until it is brought back, by hand or by a new message', async () => {
  const { client, discord, thread, message, state } = await withThread();
  const updated = next(client, Events.ThreadUpdate);
  discord.control.archiveThread(state);
  expect((await updated)[1].archived).toBe(true);
  expect(await refusal(message.edit('two'))).toBe(50083);
  expect(await refusal(message.delete())).toBe(50083);
  await thread.setArchived(false);
  await message.edit('two');
  discord.control.archiveThread(state);
  await thread.send('three');
  expect(state.archived).toBe(false);
  expect(state.messages.map(({ content }) => content)).toEqual(['two', 'three']);
  expect(discord.violations).toEqual([]);
});

test('a locked thread is brought back by moderators only, and to archive one takes a permission too', async () => {
  const { discord, thread, state } = await withThread();
  expect(await refusal(thread.setArchived(true))).toBe(50013);
  discord.control.archiveThread(state, true);
  expect(await refusal(thread.setArchived(false))).toBe(50013);
  expect(await refusal(thread.send('x'))).toBe(50083);
  expect(discord.violations).toEqual([]);
});

test('whatever else is to be changed of a thread is refused, and what is no change at all is a fault', async () => {
  const { discord, thread } = await withThread();
  expect(await refusal(thread.setName('Other'))).toBe(50013);
  const { body } = await ask(discord, 'PATCH', `/channels/${thread.id}`, { archived: 'no' });
  expect(body).toMatchObject({ code: 50035, errors: { archived: {} } });
  expect(discord.rules).toEqual(['invalid-form']);
});
