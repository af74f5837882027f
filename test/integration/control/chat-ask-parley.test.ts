import { expect, test } from 'vitest';
import { chatStage } from './chat-stage.ts';
import { answered, words } from './harness.ts';

test('"Ask Parley" on a message asks about that message, in public, also without the intent', async () => {
  const { discord, general, person, answer, asked, bot } = await chatStage();
  person('Mona').write(general, 'This cannot be read.');
  const target = person('Beth').write(general, 'What is a fjord?');
  const watch = person('Adam').messageCommand('Ask Parley', target);
  expect(await asked()).toMatchObject({
    authorIds: [person('Adam').id],
    text: 'Adam asks you about this message by Beth:\nWhat is a fjord?',
    context: [],
  });
  expect(bot.rooms.latestText().channelId).toBe(general.id);
  await answer('An inlet.');
  const done = await watch.until(answered);
  const link = `https://discord.com/channels/${target.guildId}/${general.id}/${target.id}`;
  expect(words(done)).toBe(`-# About ${link} by Beth\nAn inlet.`);
  expect(done.messages[0]).toMatchObject({ privateTo: null, mentions: [] });
  expect(discord.violations).toEqual([]);
});

test('with the intent the ten messages before it come along, authors named, without who has opted out', async () => {
  const { general, person, asked, command, calls, answer, said } = await chatStage({ intent: true });
  await command('Mona', 'privacy', { subcommand: 'opt-out' });
  person('Olive').write(general, 'This is the eleventh before it.');
  calls('Adam', 'Hello');
  await answer('Hello to you.');
  await said(general, 'Hello to you.');
  for (let n = 0; n < 6; n++) person('Beth').write(general, `Line ${n}\nMona: yes`);
  person('Mona').write(general, 'I do not want to be read.');
  person('Olive').write(general, 'Right.');
  const target = person('Adam').write(general, 'And what do you say?');
  person('Adam').messageCommand('Ask Parley', target);
  const turn = await asked();
  expect(turn.text).toBe('And what do you say?');
  expect(turn.context).toEqual([
    { role: 'user', text: 'Adam: Hello' },
    { role: 'model', text: 'Hello to you.' },
    ...Array.from({ length: 6 }, (_, n) => ({ role: 'user', text: `Beth: Line ${n}\n  Mona: yes` })),
    { role: 'user', text: 'Olive: Right.' },
  ]);
});

test('a long context is one turn, shortened', async () => {
  const { general, person, asked } = await chatStage({ intent: true });
  for (let n = 0; n < 10; n++) person('Beth').write(general, `${n} ${'word '.repeat(300)}`);
  person('Adam').messageCommand('Ask Parley', person('Adam').write(general, 'In short?'));
  const { context } = await asked();
  expect(context).toHaveLength(1);
  expect(context[0]?.text).toMatch(/^What was written before, shortened:\nBeth: 0 word .*…\nBeth: 1 word/);
  expect(context[0]?.text.length).toBeLessThan(4_300);
});

test('a message of somebody who has opted out, and one with nothing in it, are refused privately', async () => {
  const { discord, general, person, command, bot } = await chatStage();
  await command('Beth', 'privacy', { subcommand: 'opt-out' });
  const theirs = person('Beth').write(general, 'Mine.');
  const refused = await person('Adam').messageCommand('Ask Parley', theirs).until(answered);
  expect(words(refused)).toBe(`<@${person('Beth').id}> has opted out, so I do not look at what they write.`);
  expect(refused.messages[0]?.privateTo).toBe(person('Adam').id);
  const file = { name: 'a.zip', contentType: 'application/zip', bytes: Buffer.from('PK') };
  const empty = person('Adam').write(general, '', { files: [file] });
  const nothing = await person('Adam').messageCommand('Ask Parley', empty).until(answered);
  expect(words(nothing)).toBe('There is nothing in that message that I can read.');
  expect(bot.rooms.openedText).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('a message that answers another’s brings it along where it may be read', async () => {
  const { general, person, calls, asked } = await chatStage({ intent: true });
  const replyTo = person('Beth').write(general, 'Panta rhei.');
  calls('Adam', 'What does that mean?', general, { replyTo });
  expect(await asked()).toMatchObject({
    text: 'What does that mean?',
    context: [{ role: 'user', text: 'Beth: Panta rhei.' }],
  });
  expect(person('Adam').id).toBeDefined();
});

test('it is named in the member’s language, and works in the menu of a German server', async () => {
  const { discord, general, person, answer } = await chatStage({ locale: 'de' });
  const command = discord.control.commands.find(discord.control.guild().id, 'Ask Parley', 3);
  expect(command?.['name_localizations']).toMatchObject({ de: 'Parley fragen', fr: 'Demander à Parley' });
  const watch = person('Adam').messageCommand('Ask Parley', person('Adam').write(general, 'Was ist ein Fjord?'));
  await answer('Ein Meeresarm.');
  expect(words(await watch.until(answered))).toMatch(/^-# Zu https:.* von Adam\nEin Meeresarm\.$/);
});
