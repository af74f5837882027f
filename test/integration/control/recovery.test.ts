import { expect, test } from 'vitest';
import { answered, type Bot, posted, words } from './harness.ts';
import { AFRESH, backLines, HANDLE, panelsIn, REMEMBERS, stageFor, talking } from './recovery-stage.ts';

const HOUR_MS = 3_600_000;

test('after a kill the bot is back with those who are still there: the same room, the same conversation, told in one line', async () => {
  const stage = await stageFor();
  const { discord, lounge } = stage;
  const first = await talking(stage);
  const before = first.rooms.latest();
  await first.kill();
  const { rooms, log } = await stage.start();
  await expect.poll(() => posted(lounge).at(-1)).toContain(REMEMBERS);
  expect(discord.control.botChannel()).toBe(lounge);
  expect(rooms.latest().id).toBe(before.id);
  expect(rooms.latest().request.handle).toEqual(HANDLE);
  expect(rooms.latest().request.seed).toEqual([]);
  expect(backLines(lounge)).toHaveLength(1);
  expect(log.messages('error')).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('the panel of before the kill goes on: no second one, and its buttons work', async () => {
  const stage = await stageFor();
  const { discord, lounge } = stage;
  const first = await talking(stage);
  const [panel] = panelsIn(lounge);
  await first.kill();
  await stage.start();
  await expect.poll(() => backLines(lounge)).toHaveLength(1);
  expect(panelsIn(lounge)).toEqual([panel]);
  expect(posted(lounge)[0]).toContain('is listening in');
  if (panel === undefined) throw new Error('there was no panel');
  const leave = `panel:leave:${discord.control.guild().id}`;
  const reply = await discord.control.person('Adam').click(panel, leave).until(answered);
  expect(words(reply)).toContain('I have left');
  expect(discord.control.botChannel()).toBeNull();
});

test('killed again on its way back, before it could talk, it has lost nothing', async () => {
  const stage = await stageFor();
  const first = await talking(stage);
  await first.kill();
  const second = await stage.start({ readyAtOnce: false });
  await expect.poll(() => second.rooms.opened.length).toBe(1);
  await second.kill();
  const third = await stage.start();
  await expect.poll(() => backLines(stage.lounge)).toHaveLength(1);
  expect(third.rooms.latest().request.handle).toEqual(HANDLE);
  expect(third.rooms.latest().id).toBe(first.rooms.latest().id);
});

test('a service that does not take the handle any more: back all the same, and said that it starts afresh', async () => {
  const stage = await stageFor();
  const first = await talking(stage);
  await first.kill();
  const { rooms } = await stage.start({ readyAtOnce: false });
  await expect.poll(() => rooms.opened.length).toBe(1);
  rooms.refuseHandles();
  rooms.latest().becomeReady();
  await expect.poll(() => posted(stage.lounge).at(-1)).toContain(AFRESH);
  expect(backLines(stage.lounge)).toHaveLength(1);
  expect(stage.rows()).toMatchObject([{ handle: null }]);
});

test('it says so in the language of the server', async () => {
  const stage = await stageFor({ locale: 'de' });
  const first = await talking(stage);
  await first.kill();
  await stage.start();
  await expect.poll(() => posted(stage.lounge).at(-1)).toContain('Ich wurde neu gestartet');
});

test('a server in an outage is waited for', async () => {
  const stage = await stageFor();
  const { control } = stage.discord;
  const first = await talking(stage);
  await first.kill();
  const guild = control.guild();
  guild.available = false;
  const { rooms } = await stage.start();
  expect(rooms.opened).toEqual([]);
  expect(stage.rows()).toHaveLength(1);
  control.setAvailable(guild, true);
  await expect.poll(() => backLines(stage.lounge)).toHaveLength(1);
  expect(rooms.count).toBe(1);
});

test('a /join that comes in between is answered as always, and there is one room', async () => {
  const stage = await stageFor();
  const { control } = stage.discord;
  const first = await talking(stage);
  await first.kill();
  const guild = control.guild();
  guild.available = false;
  const { rooms } = await stage.start({ readyAtOnce: false });
  control.setAvailable(guild, true);
  const reply = await control.person('Adam').command('join').until(answered);
  expect(words(reply)).toContain('already on my way');
  rooms.latest().becomeReady();
  await expect.poll(() => backLines(stage.lounge)).toHaveLength(1);
  expect(rooms.opened).toHaveLength(1);
});

test('called into another channel on its way back, it goes there and says nothing of the way back', async () => {
  const stage = await stageFor();
  const { control } = stage.discord;
  const first = await talking(stage);
  await first.kill();
  const { rooms } = await stage.start({ readyAtOnce: false });
  await expect.poll(() => rooms.opened.length).toBe(1);
  control.person('Olive').joinVoice(control.channel('Studio'));
  control.person('Olive').command('join');
  await expect.poll(() => rooms.opened.length).toBe(2);
  rooms.latest().becomeReady();
  await expect.poll(() => control.botChannel()?.name).toBe('Studio');
  await expect.poll(() => posted(control.channel('Studio'))).toHaveLength(1);
  await expect.poll(() => stage.rows()).toMatchObject([{ channel_id: control.channel('Studio').id, handle: null }]);
  expect([...backLines(stage.lounge), ...backLines(control.channel('Studio'))]).toEqual([]);
});

test('moved by a moderator before the kill, it comes back to where it was moved', async () => {
  const stage = await stageFor();
  const { control } = stage.discord;
  const studio = control.channel('Studio');
  const first = await talking(stage);
  control.person('Beth').joinVoice(studio);
  control.move(control.botId, studio);
  first.rooms.latest().move(studio.id);
  await expect.poll(() => stage.rows()).toMatchObject([{ channel_id: studio.id }]);
  await first.kill();
  await stage.start();
  await expect.poll(() => backLines(studio)).toHaveLength(1);
  expect(control.botChannel()).toBe(studio);
});

test.each([
  ['somebody has sent it away', (bot: Bot) => bot.rooms.latest().close({ kind: 'left' })],
  ['it was alone', (bot: Bot) => bot.rooms.latest().close({ kind: 'alone' })],
  ['it was told to end', (bot: Bot) => bot.parley.close()],
] as const)('when %s before, nothing is left to come back to', async (_, ends) => {
  const stage = await stageFor();
  const first = await talking(stage);
  await ends(first);
  await expect.poll(() => stage.rows()).toEqual([]);
  await first.kill();
  const { rooms } = await stage.start();
  expect(rooms.opened).toEqual([]);
});

test('after a crash that it could see coming the bot comes back too, into the conversation', async () => {
  const stage = await stageFor();
  const first = await talking(stage);
  await first.parley.close(0, 'keep');
  expect(stage.discord.control.botChannel()).toBeNull();
  const { rooms } = await stage.start();
  await expect.poll(() => posted(stage.lounge).at(-1)).toContain(REMEMBERS);
  expect(rooms.latest().request.handle).toEqual(HANDLE);
});

test('told to end while a room is still waited for, it forgets that one too', async () => {
  const stage = await stageFor();
  const first = await talking(stage);
  await first.kill();
  stage.discord.control.guild().available = false;
  const second = await stage.start();
  expect(stage.rows()).toHaveLength(1);
  await second.parley.close();
  expect(stage.rows()).toEqual([]);
});

test('after hours away it does not come back to whoever is there by then', async () => {
  const stage = await stageFor();
  const first = await talking(stage);
  await first.kill();
  const { rooms } = await stage.start({ now: () => Date.now() + 3 * HOUR_MS });
  await expect.poll(() => stage.rows()).toEqual([]);
  expect(rooms.opened).toEqual([]);
  expect(backLines(stage.lounge)).toEqual([]);
});

test('what was forgotten with /reset does not come back with a kill', async () => {
  const stage = await stageFor();
  const first = await talking(stage);
  await first.rooms.latest().reset();
  await expect.poll(() => stage.rows()).toMatchObject([{ handle: null }]);
  await first.kill();
  const { rooms } = await stage.start();
  await expect.poll(() => posted(stage.lounge).at(-1)).toContain(AFRESH);
  expect(rooms.latest().request.handle).toBeNull();
});

test('usage and the time since when it is there go on over a kill', async () => {
  const stage = await stageFor();
  const first = await talking(stage);
  const [{ opened_at: openedAt } = {}] = stage.rows();
  await first.kill();
  const { rooms } = await stage.start();
  await expect.poll(() => rooms.opened.length).toBe(1);
  expect(stage.rows()).toMatchObject([{ opened_at: openedAt }]);
  expect(Math.abs((rooms.latest().vitals.readyAt ?? 0) - Number(openedAt))).toBeLessThan(1_000);
});
