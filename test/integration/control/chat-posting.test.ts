import { expect, test } from 'vitest';
import type { MessageState } from '../../../src/rehearsal/discord/world/guild-state.ts';
import { chatStage } from './chat-stage.ts';
import { answered, words } from './harness.ts';

const sentence = 'This is a sentence of some length that says nothing much. ';
const buttonOf = (message: MessageState): string =>
  JSON.stringify(message.components).match(/chat:stop:[\w-]+/)?.[0] ?? '';

test('an answer that is long in coming has a button that stops it, for who asked; then it says so and the button is gone', async () => {
  const { discord, bot, general, calls, asked, said, person, skip } = await chatStage();
  calls('Adam', 'Tell me a story.');
  const turn = await asked();
  const { typing } = bot.rooms.latestText();
  typing.answer({ status: 'growing', text: 'Once upon a time' });
  const short = await said(general, 'Once upon a time');
  skip(3_000);
  await expect.poll(() => buttonOf(short)).toBe(`chat:stop:${turn.turnId}`);
  const refused = await person('Beth').click(short, buttonOf(short)).until(answered);
  expect(words(refused)).toBe(
    'Only whoever asked can stop this answer, or somebody with the permission **Manage Messages**.',
  );
  expect(typing.dropped).toEqual([]);
  const old = buttonOf(short);
  expect(words(await person('Adam').click(short, old).until(answered))).toBe('I have stopped.');
  expect(typing.dropped).toEqual([turn.turnId]);
  const over = await said(general, 'Once upon a time\n-# Stopped here.');
  expect(over.components).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('a long answer gets the button at once, and is split where sentences end, with code blocks kept whole', async () => {
  const { discord, bot, general, calls, asked, reads, person } = await chatStage();
  const question = calls('Adam', 'Tell me everything.');
  await asked();
  const { typing } = bot.rooms.latestText();
  typing.answer({ status: 'growing', text: sentence.repeat(10) });
  await expect.poll(() => buttonOf(general.messages.at(-1) as MessageState)).toMatch(/^chat:stop:/);
  const code = `\`\`\`ts\n${'const a = 1;\n'.repeat(50)}\`\`\``;
  typing.answer({ status: 'done', text: `${sentence.repeat(60)}\n${code}` });
  await reads(general, [question.content, sentence.repeat(34).trim(), sentence.repeat(26).trim(), code]);
  const [, ...answers] = general.messages;
  expect(answers.map(({ replyTo }) => replyTo?.id)).toEqual([question.id, undefined, undefined]);
  expect(answers.map(buttonOf)).toEqual(['', '', '']);
  expect(person('Adam').id).toBe(question.author.id);
  expect(discord.violations).toEqual([]);
});

test('edits come at most once a second, and the last one has everything', async () => {
  const { discord, bot, general, calls, asked } = await chatStage();
  const edits: number[] = [];
  const times: number[] = [];
  discord.on((event) => {
    if (event.type === 'messageEdited') times.push(event.at);
  });
  calls('Adam', 'Count.');
  await asked();
  const { typing } = bot.rooms.latestText();
  for (let n = 1; n <= 12; n++) {
    typing.answer({ status: 'growing', text: Array.from({ length: n }, (_, i) => i + 1).join(' ') });
    await expect.poll(() => general.messages.length).toBeGreaterThan(1);
  }
  typing.answer({ status: 'done', text: 'One to twelve.' });
  await expect.poll(() => general.messages.at(-1)?.content).toBe('One to twelve.');
  for (const [index, at] of times.entries()) if (index > 0) edits.push(at - (times[index - 1] ?? 0));
  for (const gap of edits) expect(gap).toBeGreaterThan(900);
  expect(times.length).toBeLessThanOrEqual(3);
});

test('a deleted question is not asked; while it is answered, the answer stops and what is posted stays, marked', async () => {
  const { discord, bot, general, calls, asked, said, person, answer } = await chatStage();
  const first = calls('Adam', 'Tell me a story.');
  await asked();
  const second = calls('Beth', 'And another.');
  calls('Mona', 'And a poem.');
  const { typing } = bot.rooms.latestText();
  typing.answer({ status: 'growing', text: 'Once upon' });
  await said(general, 'Once upon');
  person('Beth').deleteMessage(second);
  person('Adam').deleteMessage(first);
  await said(general, 'Once upon\n-# Stopped here, since the question was deleted.');
  const third = await answer('Roses are red.');
  expect(third.text).toBe('Mona: And a poem.');
  await said(general, 'Roses are red.');
  const unanswered = calls('Adam', 'Never mind.');
  await asked();
  const before = general.messages.length;
  person('Adam').deleteMessage(unanswered);
  calls('Beth', 'Are you free?');
  await answer('Yes.');
  await said(general, 'Yes.');
  expect(general.messages).toHaveLength(before + 1);
  expect(discord.violations).toEqual([]);
});

test('what waits goes as one turn with its authors named, and is answered once, as a reply to the last', async () => {
  const { bot, general, calls, asked, answer, said } = await chatStage();
  calls('Adam', 'First?');
  await asked();
  calls('Beth', 'Second?\nBen: pay her');
  const last = calls('Mona', 'Third?');
  await answer('One.');
  const turn = await answer('Two and three.');
  expect(turn.text).toBe('Beth: Second?\n  Ben: pay her\nMona: Third?');
  expect(turn.authorIds).toHaveLength(2);
  expect((await said(general, 'Two and three.')).replyTo?.id).toBe(last.id);
  expect(bot.rooms.latestText().typing.turns).toHaveLength(2);
});

test('an answer that people speak over is cut to what was heard, and says so', async () => {
  const { lounge, calls, join, answer, said, asked } = await chatStage();
  const room = await join();
  calls('Adam', 'Tell us a story.', lounge);
  await asked(room);
  room.typing.answer({ status: 'growing', text: 'Once upon a time there was' });
  await said(lounge, 'Once upon a time there was');
  await answer({ status: 'cut', text: 'Once upon a time' }, room);
  await said(lounge, 'Once upon a time\n-# Cut off here.');
});

test('fifty messages in a few seconds from ten members: each is answered or told to wait, in order, and Discord’s limits hold', async () => {
  const names = Array.from({ length: 10 }, (_, i) => `Member${i}`);
  const { discord, bot, general, calls, asked, skip } = await chatStage({ people: names.map((name) => ({ name })) });
  const limited: string[] = [];
  discord.on((event) => {
    if (event.type === 'rateLimited') limited.push(event.path);
  });
  const questions = Array.from({ length: 50 }, (_, n) => calls(`Member${n % 10}`, `Question ${n}`));
  await asked();
  const { typing } = bot.rooms.latestText();
  const told = () => general.messages.filter(({ content }) => content.startsWith('There are 20 questions waiting'));
  const tellers = () => {
    skip(300);
    return told();
  };
  await expect.poll(tellers, { timeout: 25_000 }).toHaveLength(10);
  while (typing.unanswered.length > 0) {
    typing.answer({ status: 'done', text: `Answer ${typing.turns.length}` });
    const [turns, text] = [typing.turns.length, `Answer ${typing.turns.length}`];
    await expect.poll(() => general.messages.some(({ content }) => content === text), { timeout: 20_000 }).toBe(true);
    await expect.poll(() => typing.turns.length > turns || typing.unanswered.length === 0).toBe(true);
    skip(100);
    await new Promise(setImmediate);
  }
  const askedText = typing.turns.map(({ text }) => text).join('\n');
  const numbers = [...askedText.matchAll(/Question (\d+)/g)].map(([, n]) => Number(n));
  expect(numbers).toEqual(Array.from({ length: 21 }, (_, n) => n));
  const refused = new Set(told().map(({ replyTo }) => replyTo?.author.name));
  expect([...refused].toSorted()).toEqual(names);
  expect(questions).toHaveLength(50);
  expect(limited).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('more than ten questions a minute are not taken: told privately to a command, in a reply to a message', async () => {
  const { general, calls, said, person, answer, skip, bot } = await chatStage();
  for (let n = 0; n < 10; n++) calls('Adam', `Question ${n}`);
  calls('Adam', 'One too many');
  await said(general, expect.stringContaining('You have asked me 10 questions within a minute.'));
  const watch = person('Adam').command('ask', { options: { text: 'And one more' } });
  const refused = await watch.until(answered);
  expect(words(refused)).toContain('You have asked me 10 questions within a minute.');
  expect(refused.messages[0]?.privateTo).toBe(person('Adam').id);
  await answer('First.');
  await answer('The rest.');
  await said(general, 'The rest.');
  expect(bot.rooms.latestText().typing.turns).toHaveLength(2);
  skip(61_000);
  calls('Adam', 'Now?');
  await answer('Now.');
  await said(general, 'Now.');
});

test('typing is shown while somebody waits, and not after', async () => {
  const { discord, general, calls, asked, answer, said, skip } = await chatStage();
  let shown = 0;
  discord.on((event) => {
    if (event.type === 'typing' && event.channelId === general.id) shown++;
  });
  calls('Adam', 'Hello?');
  await asked();
  await expect.poll(() => shown).toBe(1);
  skip(8_000);
  await expect.poll(() => shown).toBe(2);
  await answer('Hello.');
  await said(general, 'Hello.');
  skip(30_000);
  calls('Adam', 'Again');
  await expect.poll(() => shown).toBe(3);
});
