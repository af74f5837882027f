import { expect, test } from 'vitest';
import { loadChatChoices } from '../../../src/chat/chat-choices.ts';
import type { StoredTextRoom } from '../../../src/store/chat.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import { systemClock } from '../../../src/types/clock.ts';

const NOW = 1_700_000_000_000;
const ROOM: StoredTextRoom = {
  guildId: 'guild',
  channelId: 'general',
  handle: { value: 'handle', model: 'gemini-3.8-live', issuedAt: NOW - 5_000 },
  usedAt: NOW,
};

test('what a server sets for its chat is there after a restart; what it leaves alone is as it is by default', async () => {
  const store = openSqliteStore(':memory:', systemClock);
  const choices = await loadChatChoices(store);
  expect(choices.of('guild')).toEqual({ channelId: null, images: 'medium' });
  expect(await choices.change('guild', { channelId: 'general' })).toEqual({ channelId: null, images: 'medium' });
  expect(await choices.change('guild', { images: 'high' })).toEqual({ channelId: 'general', images: 'medium' });
  const again = await loadChatChoices(store);
  expect(again.of('guild')).toEqual({ channelId: 'general', images: 'high' });
  expect(again.of('other')).toEqual({ channelId: null, images: 'medium' });
  store.close();
});

test('what could not be saved has not changed', async () => {
  const store = openSqliteStore(':memory:', systemClock);
  const failing = { ...store, saveChatSettings: () => Promise.reject(new Error('full')) };
  const choices = await loadChatChoices(failing);
  await expect(choices.change('guild', { channelId: 'general' })).rejects.toThrow('full');
  expect(choices.of('guild').channelId).toBeNull();
  store.close();
});

test('how a channel’s conversation goes on is kept for two hours, and goes with the server', async () => {
  const store = openSqliteStore(':memory:', systemClock);
  await store.saveTextRoom(ROOM);
  expect(await store.textRoom('general')).toEqual(ROOM);
  await store.saveTextRoom({ ...ROOM, channelId: 'other', usedAt: NOW + 2 * 60 * 60_000 + 1 });
  expect(await store.textRoom('general')).toBeNull();
  expect(await store.guilds()).toEqual(['guild']);
  await store.saveChatSettings('guild', { channelId: 'general', images: 'low' });
  await store.guildGone('guild', NOW);
  await store.forgetGuildsGoneBefore(NOW + 1);
  expect(await store.textRoom('other')).toBeNull();
  expect(await store.chatSettings()).toEqual([]);
  await store.saveTextRoom(ROOM);
  await store.removeTextRoom('general');
  expect(await store.textRoom('general')).toBeNull();
  store.close();
});
