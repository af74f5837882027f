import { AttachmentBuilder } from 'discord.js';
import { expect, test } from 'vitest';
import { IN_FORCE_MS } from '../../../src/discord/change-setting.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { GUILD, setUp } from './settings-bench.ts';

const PUCK = { change: { voice: 'Puck' } };
const KORE_AGAIN = { change: { voice: 'Kore' } };

test('without a room it is saved for the next one, and nobody else is told', async () => {
  const { member, posted, store } = setUp();
  const adam = member('Adam');
  await adam.asks(PUCK);
  expect(adam.answers).toEqual(['Set to Puck. Saved; it is in force from the next `/join`.']);
  expect(posted).toEqual([]);
  expect((await store.settings(GUILD)).settings.voice).toBe('Puck');
});

test('in a room the member reads that it is in force when it is, and the room once', async () => {
  const { member, posted, openRoom } = setUp();
  const room = openRoom();
  const adam = member('Adam');
  await adam.asks(PUCK);
  expect(room.given.voice).toBe('Puck');
  expect(adam.answers).toEqual(['Set to Puck. It is in force now.']);
  expect(posted).toEqual(['Adam has changed it to Puck']);
});

test('what is so already is said to be, and neither saved nor given to the room', async () => {
  const { member, posted, openRoom, store } = setUp();
  const room = openRoom();
  const adam = member('Adam');
  await adam.asks(KORE_AGAIN);
  expect(adam.answers).toEqual(['Set to Kore. It was so already; nothing has changed.']);
  expect(posted).toEqual([]);
  expect((await store.settings(GUILD)).revision).toBe(0);
  expect(room.given).toBe(DEFAULT_SETTINGS);
});

test('while an answer goes on nothing is promised for 10 s; then it is said to come, and in the end to be there', async () => {
  const { member, clock, posted, rooms, openRoom, settle } = setUp();
  const room = openRoom();
  rooms.hang(true);
  const adam = member('Adam');
  const asked = adam.asks(PUCK);
  await settle();
  clock.advance(IN_FORCE_MS - 1);
  await settle();
  expect(adam.answers).toEqual([]);
  clock.advance(1);
  await settle();
  expect(adam.answers).toEqual(['Set to Puck. Saved; it is in force after this answer.']);
  expect(posted).toEqual([]);
  room.applySettings();
  await asked;
  expect(adam.answers.at(-1)).toBe('Set to Puck. It is in force now.');
  expect(posted).toHaveLength(1);
  expect(clock.pending).toBe(0);
});

test.each([
  ['still on its way', false, 'Saved; it is in force as soon as I am in the channel.'],
  ['out of touch', true, 'Saved; it is in force as soon as I am back.'],
])('of a room that is %s it is said within 3 s that it will be', async (_, lost, words) => {
  const { member, clock, rooms, openRoom, settle } = setUp();
  const room = openRoom(lost);
  if (lost) room.loseTouch('live');
  rooms.hang(true);
  const adam = member('Adam');
  const asked = adam.asks(PUCK);
  await settle();
  clock.advance(3000);
  await settle();
  expect(adam.answers).toEqual([`Set to Puck. ${words}`]);
  room.becomeReady();
  room.applySettings();
  await asked;
  expect(adam.answers.at(-1)).toBe('Set to Puck. It is in force now.');
});

test('a room that ends before: it is saved for the next one', async () => {
  const { member, posted, rooms, openRoom, settle } = setUp();
  const room = openRoom();
  rooms.hang(true);
  const adam = member('Adam');
  const asked = adam.asks(PUCK);
  await settle();
  room.end({ kind: 'alone' });
  await asked;
  expect(adam.answers).toEqual(['Set to Puck. Saved; it is in force from the next `/join`.']);
  expect(posted).toEqual([]);
});

test('of two at once the later one wins, and the earlier one is not told that theirs is in force', async () => {
  const { member, posted, rooms, openRoom, settle } = setUp();
  const room = openRoom();
  rooms.hang(true);
  const [adam, beth] = [member('Adam'), member('Beth')];
  const first = adam.asks(PUCK);
  await settle();
  const second = beth.asks({ change: { voice: 'Leda' } });
  await settle();
  room.applySettings();
  await Promise.all([first, second]);
  expect(adam.answers).toEqual(['Set to Puck. It was saved, but somebody has changed it again since.']);
  expect(beth.answers).toEqual(['Set to Leda. It is in force now.']);
  expect(posted).toEqual(['Beth has changed it to Leda']);
});

test('of two at once who set different things, both get their way', async () => {
  const { member, store, openRoom } = setUp();
  openRoom();
  const [adam, beth] = [member('Adam'), member('Beth')];
  await Promise.all([
    adam.asks({ ...PUCK, change: { ...PUCK.change, tools: { google_search: false } } }),
    beth.asks({ change: { language: 'de', tools: { code_execution: true } }, saved: 'German.' }),
  ]);
  expect((await store.settings(GUILD)).settings).toMatchObject({
    voice: 'Puck',
    language: 'de',
    tools: { google_search: false, code_execution: true },
  });
  expect(adam.answers).toEqual(['Set to Puck. It is in force now.']);
  expect(beth.answers).toEqual(['German. It is in force now.']);
});

test('an answer that can no longer be edited costs neither the bot nor the line for the room', async () => {
  const { member, clock, posted, log, rooms, openRoom, settle } = setUp();
  const room = openRoom();
  rooms.hang(true);
  const adam = member('Adam');
  const asked = adam.asks(PUCK);
  await settle();
  clock.advance(IN_FORCE_MS);
  await settle();
  adam.expired = true;
  clock.advance(16 * 60_000);
  room.applySettings();
  await asked;
  expect(posted).toEqual(['Adam has changed it to Puck']);
  expect(log.messages('info')).toContain('a member could not be told the end');
});

test('what cannot be saved is not given to the room', async () => {
  const { member, posted, openRoom } = setUp({
    store: () => ({ saveSettings: () => Promise.reject(new Error('read-only')) }),
  });
  const room = openRoom();
  const adam = member('Adam');
  await expect(adam.asks(PUCK)).rejects.toThrow('read-only');
  expect(room.given).toBe(DEFAULT_SETTINGS);
  expect([adam.answers, posted]).toEqual([[], []]);
});

test('what is said of the replaced settings stays with every version of the answer, and so do its files', async () => {
  const { member, clock, rooms, openRoom, settle } = setUp();
  const room = openRoom();
  rooms.hang(true);
  const adam = member('Adam');
  const aside = ({ voice }: { voice: string }) => ({
    text: `It was ${voice}.`,
    files: [new AttachmentBuilder(Buffer.from('x'), { name: 'x.txt' })],
  });
  const asked = adam.asks({ ...PUCK, aside });
  await settle();
  clock.advance(IN_FORCE_MS);
  await settle();
  room.applySettings();
  await asked;
  expect(adam.answers.map((text) => text.split('\n')[1])).toEqual(['It was Kore.', 'It was Kore.']);
  expect(adam.files).toEqual([1, 1]);
});
