import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import type { Store, StoredRoom } from '../../../src/store/store.ts';
import { systemClock } from '../../../src/types/clock.ts';

const ROOM: StoredRoom = {
  roomId: 'room',
  guildId: 'guild',
  channelId: 'lounge',
  originId: 'general',
  handle: { value: 'the-handle', model: 'gemini-3.8-live', issuedAt: 1_700_000_000_000 },
  openedAt: 1_600_000_000_000,
  conversationSince: 1_650_000_000_000,
  aliveAt: 1_700_000_000_500,
};
const BARE: StoredRoom = {
  ...ROOM,
  roomId: 'bare',
  guildId: 'other',
  originId: null,
  handle: null,
  conversationSince: null,
};

function file(): () => Store {
  const folder = mkdtempSync(join(tmpdir(), 'parley-open-rooms-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return () => {
    const store = openSqliteStore(join(folder, 'parley.db'), systemClock);
    onTestFinished(() => store.close());
    return store;
  };
}

test('open rooms are there after a restart as they were written last, until they are removed', async () => {
  const open = file();
  const first = open();
  await first.saveOpenRoom({ ...ROOM, channelId: 'studio', handle: null });
  await first.saveOpenRoom(BARE);
  await first.saveOpenRoom(ROOM);
  first.close();
  const second = open();
  expect(await second.openRooms()).toEqual([BARE, ROOM].toSorted((a, b) => (a.roomId < b.roomId ? -1 : 1)));
  await second.removeOpenRoom('room');
  await second.removeOpenRoom('never there');
  expect(await second.openRooms()).toEqual([BARE]);
});

test('with a server that is forgotten its open rooms go, and a server with nothing else is known by them', async () => {
  const store = file()();
  await store.saveOpenRoom(ROOM);
  expect(await store.guilds()).toEqual(['guild']);
  await store.guildGone('guild', 1);
  await store.forgetGuildsGoneBefore(2);
  expect(await store.openRooms()).toEqual([]);
});
