import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REMINDERS_A_GUILD, REMINDERS_A_MEMBER, type StoredReminder } from '../../../src/store/reminders.ts';
import { freshPath, openStore } from '../../kit/database-file.ts';

const reminder = (change: Partial<StoredReminder> = {}): Omit<StoredReminder, 'id'> => ({
  guildId: 'g',
  channelId: 'lounge',
  ownerId: 'ada',
  what: 'Feed the cat.',
  setAt: 1_000,
  dueAt: 61_000,
  ...change,
});

test('a reminder is there after a restart, as it was set', async () => {
  const path = freshPath();
  const first = openStore(path);
  const id = await first.addReminder(reminder());
  await first.addReminder(reminder({ ownerId: null, dueAt: 30_000.7, what: 'Tea “now” \n' }));
  first.close();
  const second = openStore(path);
  expect(await second.reminders('g')).toEqual([
    { ...reminder({ ownerId: null, dueAt: 30_001, what: 'Tea “now” \n' }), id: Number(id) + 1 },
    { ...reminder(), id },
  ]);
  expect(await second.reminders('h')).toEqual([]);
});

test('what is due is told in its order, and when the next one will be', async () => {
  const store = openStore(':memory:');
  expect(await store.reminderOutlook(5)).toEqual({ due: [], nextAt: null });
  await store.addReminder(reminder({ dueAt: 300 }));
  await store.addReminder(reminder({ guildId: 'h', dueAt: 100 }));
  await store.addReminder(reminder({ dueAt: 200 }));
  const outlook = await store.reminderOutlook(200);
  expect(outlook.due.map(({ dueAt }) => dueAt)).toEqual([100, 200]);
  expect(outlook.nextAt).toBe(300);
  expect((await store.reminderOutlook(300)).nextAt).toBeNull();
});

test('one is taken out once, and not from another guild', async () => {
  const store = openStore(':memory:');
  const id = Number(await store.addReminder(reminder()));
  expect(await store.removeReminder('h', id)).toBe(false);
  expect(await store.removeReminder('g', id)).toBe(true);
  expect(await store.removeReminder('g', id)).toBe(false);
});

test('an id never comes again: what was posted under it is not taken for the next one', async () => {
  const store = openStore(':memory:');
  const first = Number(await store.addReminder(reminder()));
  await store.removeReminder('g', first);
  expect(Number(await store.addReminder(reminder()))).toBeGreaterThan(first);
});

test('a member has as many as one may, those of nobody too, and others are not in the way', async () => {
  const store = openStore(':memory:');
  for (const ownerId of ['ada', null]) {
    for (let i = 0; i < REMINDERS_A_MEMBER; i++)
      expect(await store.addReminder(reminder({ ownerId }))).toBeTypeOf('number');
    expect(await store.addReminder(reminder({ ownerId }))).toBe('member');
  }
  expect(await store.addReminder(reminder({ ownerId: 'bob' }))).toBeTypeOf('number');
  expect(await store.addReminder(reminder({ guildId: 'h' }))).toBeTypeOf('number');
  expect(await store.reminders('g')).toHaveLength(2 * REMINDERS_A_MEMBER + 1);
});

test('a guild has as many as it may', async () => {
  const store = openStore(':memory:');
  for (let i = 0; i < REMINDERS_A_GUILD; i++) await store.addReminder(reminder({ ownerId: `m${i}` }));
  expect(await store.addReminder(reminder({ ownerId: 'new' }))).toBe('guild');
  expect(await store.addReminder(reminder({ guildId: 'h' }))).toBeTypeOf('number');
});

test('with a guild its reminders go, and their words are gone from the file', async () => {
  const path = freshPath();
  const store = openStore(path);
  await store.addReminder(reminder({ what: 'pomegranate '.repeat(15) }));
  await store.addReminder(reminder({ guildId: 'h' }));
  expect((await store.guilds()).toSorted()).toEqual(['g', 'h']);
  await store.guildGone('g', 1);
  expect(await store.forgetGuildsGoneBefore(2)).toEqual(['g']);
  expect(await store.reminders('g')).toEqual([]);
  expect(await store.reminders('h')).toHaveLength(1);
  store.close();
  expect(readFileSync(path).includes('pomegranate')).toBe(false);
});
