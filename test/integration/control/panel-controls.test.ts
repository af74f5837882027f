import { expect, test } from 'vitest';
import { answered, words } from './harness.ts';
import { endUnseen, idOf, isOff, joined, latestPanel, voices } from './panel-harness.ts';

test('Stop stops what is being said, and says whether there was anything', async () => {
  const { lounge, adam, rooms } = await joined();
  const panel = latestPanel(lounge);
  rooms.latest().answering(true);
  const stopped = await adam.click(panel, idOf(panel, 'stop')).until(answered);
  expect(words(stopped)).toBe('I have stopped.');
  expect(stopped.messages[0]?.privateTo).toBe(adam.id);
  const nothing = await adam.click(panel, idOf(panel, 'stop')).until(answered);
  expect(words(nothing)).toContain('nothing to stop');
  expect(rooms.latest().stops).toBe(2);
});

test('Leave sends the bot away, tells the member alone, and leaves a panel that cannot be used', async () => {
  const { control, lounge, adam, rooms, read, discord } = await joined();
  const panel = latestPanel(lounge);
  const left = await adam.click(panel, idOf(panel, 'leave')).until(answered);
  expect(words(left)).toBe(`I have left <#${lounge.id}>.`);
  expect(left.messages[0]?.privateTo).toBe(adam.id);
  expect(rooms.count).toBe(0);
  await expect.poll(() => control.botChannel()).toBeNull();
  await expect.poll(() => isOff(panel)).toBe(true);
  expect(read()).toMatch(/not listening any more.*`\/join`/);
  expect(lounge.messages).toHaveLength(1);
  expect(discord.violations).toEqual([]);
});

test('a voice chosen in the panel is in force for all, who read who chose it', async () => {
  const { lounge, adam, rooms, read } = await joined();
  const panel = latestPanel(lounge);
  const chosen = await adam.select(panel, idOf(panel, 'voice'), ['Fenrir']).until(answered);
  expect(words(chosen)).toMatch(/Fenrir.*in force now/);
  expect(chosen.messages[0]?.privateTo).toBe(adam.id);
  expect(rooms.latest().given.voice).toBe('Fenrir');
  await expect.poll(read).toMatch(new RegExp(`<@${adam.id}> has changed my voice to \\*\\*Fenrir`));
  await expect.poll(() => voices(latestPanel(lounge))[0]?.value).toBe('Fenrir');
  expect(lounge.messages.flatMap(({ mentions }) => mentions)).toEqual([]);
});

test('the controls are for who is in the channel, or may move members; everybody else is told so', async () => {
  const { control, lounge, rooms } = await joined();
  const [beth, olive] = [control.person('Beth'), control.person('Olive')];
  const panel = latestPanel(lounge);
  for (const refused of [
    beth.click(panel, idOf(panel, 'stop')),
    beth.click(panel, idOf(panel, 'leave')),
    beth.select(panel, idOf(panel, 'voice'), ['Puck']),
  ]) {
    expect(words(await refused.until(answered))).toContain('Move Members');
  }
  expect([rooms.count, rooms.latest().stops, rooms.latest().given.voice]).toEqual([1, 0, 'Kore']);
  expect(words(await olive.click(panel, idOf(panel, 'leave')).until(answered))).toContain('I have left');
});

test('a panel whose room is over answers that the bot is in no channel, and is switched off by that', async () => {
  const world = await joined();
  const panel = latestPanel(world.lounge);
  await endUnseen(world);
  expect(isOff(panel)).toBe(false);
  const beth = world.control.person('Beth');
  const told = await beth.click(panel, idOf(panel, 'leave')).until(answered);
  expect(words(told)).toBe('I am in no channel.');
  await expect.poll(() => isOff(panel)).toBe(true);
  expect(world.discord.violations).toEqual([]);
});

test('the panel of an earlier room does nothing to the present one', async () => {
  const world = await joined();
  const { control, adam, rooms } = world;
  const panel = latestPanel(world.lounge);
  await endUnseen(world);
  const studio = control.channel('Studio');
  adam.joinVoice(studio);
  await adam.command('join').until(answered);
  const told = await adam.click(panel, idOf(panel, 'leave')).until(answered);
  expect(words(told)).toContain(`I am in <#${studio.id}> now`);
  expect(rooms.count).toBe(1);
  await expect.poll(() => isOff(panel)).toBe(true);
  expect(isOff(latestPanel(studio))).toBe(false);
});
