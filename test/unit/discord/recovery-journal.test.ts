import { expect, test } from 'vitest';
import { createRoomJournal } from '../../../src/discord/recovery/room-journal.ts';
import { ParleyError } from '../../../src/errors.ts';
import type { Store, StoredRoom } from '../../../src/store/store.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createMemoryRooms } from '../../kit/memory-rooms.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

const CALENDAR = 1_790_000_000_000;
const handle = (value: string) => ({ value, model: 'gemini-3.8-live', issuedAt: CALENDAR });

/** A room of guild g in the lounge, and a store that fails while told to. */
function journalled({ readOnly = false } = {}) {
  const clock = createFakeClock(CALENDAR);
  const log = createRecordingLog();
  const rows = new Map<string, StoredRoom>();
  const disk = { full: false, writes: 0 };
  const write = (change: () => void): Promise<void> => {
    disk.writes++;
    if (disk.full) return Promise.reject(new ParleyError('STORE_WRITE_FAILED'));
    change();
    return Promise.resolve();
  };
  const store: Pick<Store, 'readOnly' | 'saveOpenRoom' | 'removeOpenRoom'> = {
    readOnly,
    saveOpenRoom: (room) => write(() => rows.set(room.roomId, room)),
    removeOpenRoom: (roomId) => write(() => rows.delete(roomId)),
  };
  const journal = createRoomJournal({ store, clock, now: clock.now, log });
  const rooms = createMemoryRooms({ on: (event) => journal.on(event) });
  const room = rooms.open({
    guildId: 'g',
    channelId: 'lounge',
    channelKind: 'voice',
    selfId: 'self',
    selfName: 'Parley',
    roster: [],
    settings: { voice: 'Kore', language: 'auto', persona: '', pauseMs: 600, interrupt: 'careful', tools: {} },
    revision: 0,
    live: { apiKey: '', baseUrl: null, model: 'gemini-3.8-live' },
    handle: null,
    seed: [],
  });
  journal.opened({ room, originId: 'general', openedAt: CALENDAR });
  /** Lets writes that are under way come to an end, and then time pass, ms. */
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed <= ms; passed += 500) {
      if (passed > 0) clock.advance(500);
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
  };
  return { clock, log, rows, disk, journal, rooms, room: rooms.latest(), pass, row: () => rows.get(room.id) };
}

test('an open room is written down at once: where it is, where it was called, since when', async () => {
  const { row, room, pass } = journalled();
  await pass(0);
  expect(row()).toEqual({
    roomId: room.id,
    guildId: 'g',
    channelId: 'lounge',
    originId: 'general',
    handle: null,
    openedAt: CALENDAR,
    conversationSince: null,
    aliveAt: CALENDAR,
  });
});

test('a service that issues handles ten times a second costs one write a second, and the last one is there', async () => {
  const { row, room, disk, pass, clock } = journalled();
  await pass(500);
  for (let issued = 1; issued <= 50; issued++) {
    room.issue(handle(`h${issued}`));
    clock.advance(100);
    await pass(0);
  }
  await pass(1_000);
  expect(row()?.handle?.value).toBe('h50');
  expect(disk.writes).toBeLessThanOrEqual(1 + 7);
});

test('a handle that is given up goes at once, whatever was written just before', async () => {
  const { row, room, pass } = journalled();
  await pass(0);
  room.issue(handle('h1'));
  await pass(1_000);
  expect(row()?.handle?.value).toBe('h1');
  await room.reset();
  await pass(0);
  expect(row()?.handle).toBeNull();
});

test('a room that was moved, and one that has ended, are so in the store at once', async () => {
  const { row, rows, room, journal, pass } = journalled();
  await pass(1_500);
  room.move('studio');
  await pass(0);
  expect(row()?.channelId).toBe('studio');
  journal.ended(room);
  await pass(0);
  expect(rows.size).toBe(0);
});

test('while the room lives the store knows within a minute that it does; after its end nothing runs on', async () => {
  const { row, room, journal, pass, clock } = journalled();
  await pass(10 * 60_000);
  expect(clock.now() - (row()?.aliveAt ?? 0)).toBeLessThanOrEqual(60_000);
  journal.ended(room);
  await pass(0);
  expect(clock.pending).toBe(0);
});

test('a disk that is full is told once a minute, and the room is there, or gone, when it has room again', async () => {
  const { rows, row, room, journal, disk, log, pass } = journalled();
  await pass(1_000);
  disk.full = true;
  room.issue(handle('h1'));
  await pass(59_000);
  expect(log.messages('warn')).toHaveLength(1);
  disk.full = false;
  await pass(10_000);
  expect(row()?.handle?.value).toBe('h1');
  disk.full = true;
  journal.ended(room);
  await pass(59_000);
  expect(log.messages('warn')).toHaveLength(2);
  disk.full = false;
  await pass(10_000);
  expect(rows.size).toBe(0);
});

test('a process that comes to a bad end leaves its rooms as they were, with the last handle', async () => {
  const { row, room, journal, pass, clock } = journalled();
  await pass(0);
  room.issue(handle('h1'));
  const preserved = journal.preserve();
  room.end({ kind: 'shutdown' });
  journal.ended(room);
  await preserved;
  await journal.close();
  await pass(60_000);
  expect(row()?.handle?.value).toBe('h1');
  expect(clock.pending).toBe(0);
});

test('into a store that is read-only nothing is tried', async () => {
  const { disk, room, journal, log, pass } = journalled({ readOnly: true });
  room.issue(handle('h1'));
  journal.ended(room);
  await pass(60_000);
  await journal.close();
  expect(disk.writes).toBe(0);
  expect(log.lines).toEqual([]);
});
