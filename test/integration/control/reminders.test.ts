import { expect, onTestFinished, test } from 'vitest';
import type { MessageState } from '../../../src/rehearsal/discord/world/guild-state.ts';
import type { StoredReminder } from '../../../src/store/reminders.ts';
import { connect, openStore } from '../../kit/database-file.ts';
import { createSkippingClock } from '../voice/skipping-clock.ts';
import { answered, type Bot, type BotOptions } from './harness.ts';
import { stageFor } from './recovery-stage.ts';

const MINUTE_MS = 60_000;

/** A server whose bot can be killed and started again, and its reminders as they are in the database. */
async function setUp(options: Parameters<typeof stageFor>[0] = {}) {
  const stage = await stageFor(options);
  const clock = createSkippingClock();
  onTestFinished(() => clock.close());
  const { control } = stage.discord;
  const [olive, adam, beth] = ['Olive', 'Adam', 'Beth'].map((name) => control.person(name));
  if (olive === undefined || adam === undefined || beth === undefined) throw new Error('nobody is there');
  const general = control.channel('general');
  const start = (more: BotOptions = {}): Promise<Bot> => stage.start({ clock, now: clock.now, ...more });
  const store = () => openStore(stage.path);
  return {
    ...{ stage, clock, control, olive, adam, beth, general, start },
    /** The posts that are reminders. */
    bells: (): MessageState[] => general.messages.filter(({ content }) => content.startsWith('⏰')),
    left: () => store().reminders(control.guild().id),
    /** Set a while ago in #general, by Adam unless told, and due in so many ms. */
    async set(inMs: number, change: Partial<StoredReminder> = {}) {
      const now = clock.now();
      await store().addReminder({
        ...{ guildId: control.guild().id, channelId: general.id, ownerId: adam.id, what: 'Feed the cat' },
        ...{ setAt: now - 10 * MINUTE_MS, dueAt: now + inMs, ...change },
      });
    },
    /** Adam calls the bot into the lounge. */
    async call(bot: Bot) {
      adam.joinVoice(stage.lounge);
      await adam.command('join').until(answered);
      return bot.rooms.latest();
    },
    /** Past the next look at what is due. */
    wait: () => clock.skip(MINUTE_MS + 1_000),
  };
}

test('without a room it is posted where it was set, once, and pings who set it and nobody else', async () => {
  const { stage, start, set, wait, bells, left, adam, beth, general } = await setUp();
  await set(30_000, { what: `@everyone <@${beth.id}> **now**` });
  await start();
  expect(general.messages).toEqual([]);
  wait();
  await expect.poll(bells).toHaveLength(1);
  const [bell] = bells();
  expect(bell?.mentions.map(({ id }) => id)).toEqual([adam.id]);
  expect(bell?.mentionEveryone).toBe(false);
  expect(bell?.content).toContain(`<@${adam.id}>: \\@everyone \\<\\@${beth.id}\\> \\*\\*now\\*\\*`);
  expect(bell?.content).not.toContain('was due');
  await expect.poll(left).toEqual([]);
  wait();
  expect(bells()).toHaveLength(1);
  expect(stage.discord.violations).toEqual([]);
});

test('one that fell due while the bot was not running is told at the start, as late', async () => {
  const { start, set, bells, left } = await setUp();
  await set(-180 * MINUTE_MS);
  await set(-8 * 24 * 60 * MINUTE_MS, { what: 'Too old' });
  await start();
  await expect.poll(bells).toHaveLength(1);
  expect(bells()[0]?.content).toMatch(/Feed the cat.*It was due <t:\d+:R>; I could not tell you then\./s);
  await expect.poll(left).toEqual([]);
});

test('in the room with who set it, it is spoken about, and nothing is posted', async () => {
  const { start, set, wait, bells, left, call } = await setUp();
  await set(30_000);
  const room = await call(await start());
  wait();
  await expect.poll(() => room.spokenUp).toHaveLength(1);
  expect(room.spokenUp[0]).toMatch(/^\[Reminder for Adam, set 11 minutes.* ago and due now: "Feed the cat"\.\]$/);
  await expect.poll(left).toEqual([]);
  expect(bells()).toEqual([]);
});

test('in a room without who set it, in which the floor is never free, or who deafened themselves: it is posted', async () => {
  const { start, set, wait, bells, left, call, beth, adam } = await setUp();
  const room = await call(await start());
  await set(0, { ownerId: beth.id, what: 'For Beth' });
  wait();
  await expect.poll(bells).toHaveLength(1);
  room.floorFree(false);
  await set(0, { what: 'In the noise' });
  wait();
  await expect.poll(bells).toHaveLength(2);
  room.floorFree(true);
  adam.setVoice({ selfDeaf: true });
  await set(0, { what: 'Not heard' });
  wait();
  await expect.poll(bells).toHaveLength(3);
  expect(bells().map(({ mentions }) => mentions.map(({ id }) => id))).toEqual([[beth.id], [adam.id], [adam.id]]);
  expect(room.spokenUp).toEqual([]);
  await expect.poll(left).toEqual([]);
});

test('of who opted out the model hears nothing: they read it', async () => {
  const { start, set, wait, bells, call, adam } = await setUp();
  const room = await call(await start());
  await adam.command('privacy', { subcommand: 'opt-out' }).until(answered);
  await set(0);
  wait();
  await expect.poll(bells).toHaveLength(1);
  expect(room.spokenUp).toEqual([]);
});

test('what is nobody’s is for everybody: spoken in any room, posted without a ping', async () => {
  const { start, set, wait, bells, call } = await setUp({ locale: 'de' });
  const bot = await start();
  await set(0, { ownerId: null });
  wait();
  await expect.poll(bells).toHaveLength(1);
  expect(bells()[0]?.content).toMatch(/^⏰ Feed the cat\n-# Eine Erinnerung, die jemand <t:\d+:R> eingerichtet hat\.$/);
  expect(bells()[0]?.mentions).toEqual([]);
  const room = await call(bot);
  await set(0, { ownerId: null });
  wait();
  await expect.poll(() => room.spokenUp).toHaveLength(1);
  expect(room.spokenUp[0]).toContain('[Reminder for everybody here,');
});

test('killed between the post and the note of it, the bot does not post it again', async () => {
  const { stage, start, set, wait, bells, left } = await setUp();
  const bot = await start();
  await set(30_000);
  const database = connect(stage.path);
  database.exec("CREATE TRIGGER kept BEFORE DELETE ON reminders BEGIN SELECT RAISE(ABORT, 'kept'); END");
  wait();
  await expect.poll(bells).toHaveLength(1);
  await bot.kill();
  database.exec('DROP TRIGGER kept');
  expect(await left()).toHaveLength(1);
  await start();
  await expect.poll(left).toEqual([]);
  expect(bells()).toHaveLength(1);
});

test('refused, it is tried again, and given up when that does not help', async () => {
  const { start, set, wait, bells, left, clock, control, general } = await setUp();
  const bot = await start();
  control.overwriteBot(general, { deny: ['SendMessages'] });
  await set(0);
  wait();
  await expect.poll(() => bot.log.messages('info')).toContain('a reminder could not be delivered; tried again');
  control.overwriteBot(general, { allow: ['SendMessages'] });
  clock.skip(20_000);
  await expect.poll(bells).toHaveLength(1);
  await set(0, { channelId: '1', what: 'Nowhere' });
  const tryAgain = (): readonly string[] => {
    clock.skip(5 * MINUTE_MS);
    return bot.log.messages('warn');
  };
  await expect.poll(tryAgain).toContain('a reminder could not be delivered and is given up');
  await expect.poll(left).toEqual([]);
  expect(JSON.stringify(bot.log.lines)).not.toContain('Nowhere');
});

test('while the server is away it waits', async () => {
  const { start, set, wait, bells, left, control } = await setUp();
  await start();
  control.setAvailable(control.guild(), false);
  await set(0);
  wait();
  wait();
  control.setAvailable(control.guild(), true);
  await expect.poll(bells).toHaveLength(1);
  await expect.poll(left).toEqual([]);
});

test('what waits for the floor when the bot is switched off is told by the next process', async () => {
  const { start, set, wait, bells, left, call } = await setUp();
  const bot = await start();
  const room = await call(bot);
  bot.rooms.hang(true);
  await set(0);
  wait();
  await expect.poll(() => room.spokenUp).toHaveLength(1);
  await bot.parley.close();
  expect(bells()).toEqual([]);
  expect(await left()).toHaveLength(1);
  await start();
  await expect.poll(bells).toHaveLength(1);
});
