import { expect, test } from 'vitest';
import { ParleyError } from '../../../src/errors.ts';
import type { RoomEvent } from '../../../src/room/protocol.ts';
import { createRooms, type OpenRequest, type Rooms } from '../../../src/room/rooms.ts';
import { ROOMS_A_THREAD } from '../../../src/room/thread-pool.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createScriptedThreads, type ScriptedThread } from '../../kit/scripted-threads.ts';

const silentLog = { debug() {}, info() {}, warn() {}, error() {} };

function request(guildId: string): OpenRequest {
  return {
    guildId,
    channelId: 'c1',
    channelKind: 'voice',
    selfId: 'bot',
    selfName: 'Parley',
    roster: [],
    settings: DEFAULT_SETTINGS,
    revision: 1,
    live: { apiKey: 'k', baseUrl: null, model: 'gemini-3.8-live' },
    handle: null,
    seed: [],
  };
}

function setUp({ maxRooms = 20, maxThreads = 2, gatewayOpen = true } = {}) {
  const clock = createFakeClock();
  const threads = createScriptedThreads();
  const events: RoomEvent[] = [];
  const payloads: { guildId: string; payload: unknown }[] = [];
  const rooms: Rooms = createRooms({
    maxThreads,
    maxRooms,
    tuning: { voiceActivity: 'energy', turnDetection: 'manual', live: {} },
    clock,
    log: silentLog,
    sendVoicePayload(guildId, payload) {
      payloads.push({ guildId, payload });
      return gatewayOpen;
    },
    on: (event) => events.push(event),
    startThread: threads.start,
  });
  const thread = (index: number): ScriptedThread => {
    const it = threads.all[index];
    if (it === undefined) throw new Error(`no thread ${index}`);
    return it;
  };
  /** Time passes with every thread that is not named beating. */
  const pass = (ms: number, { hung = [] as number[] } = {}): void => {
    for (let left = ms; left > 0; left -= 500) {
      clock.advance(Math.min(500, left));
      threads.all.forEach((it, index) => {
        if (!hung.includes(index)) it.beats();
      });
    }
  };
  return { clock, threads, thread, events, payloads, rooms, pass };
}

const ready = { status: 'ready', channelId: 'c1', encrypted: true } as const;
const opens = (thread: ScriptedThread) => thread.commands.filter((c) => c.type === 'open');

test('one thread is warm before the first room, and the room goes there', () => {
  const { rooms, threads, thread } = setUp();
  expect(threads.all).toHaveLength(1);
  const room = rooms.open(request('g1'));
  expect(opens(thread(0))).toMatchObject([{ roomId: room.id, guildId: 'g1' }]);
  expect(rooms.ofGuild('g1')).toBe(room);
});

test('ready settles when the room says so, and fails with the reason of its end', async () => {
  const { rooms, thread } = setUp();
  const good = rooms.open(request('g1'));
  thread(0).says({ type: 'state', roomId: good.id, state: ready });
  await expect(good.ready).resolves.toBeUndefined();
  const bad = rooms.open(request('g2'));
  const reason = { kind: 'failed', problem: { code: 'LIVE_KEY_REFUSED', details: {} } } as const;
  thread(1).says({ type: 'state', roomId: bad.id, state: { status: 'ended', reason } });
  await expect(bad.ready).rejects.toMatchObject({ code: 'LIVE_KEY_REFUSED' });
  await expect(bad.ended).resolves.toEqual(reason);
  expect(rooms.ofGuild('g2')).toBeUndefined();
});

test('rooms beyond the limit are refused in so many words', () => {
  const { rooms } = setUp({ maxRooms: 1 });
  rooms.open(request('g1'));
  expect(() => rooms.open(request('g2'))).toThrow(ParleyError);
  expect(() => rooms.open(request('g2'))).toThrow('ROOM_LIMIT');
});

test('the least loaded thread gets the room, no thread more than it can carry', () => {
  const { rooms, threads } = setUp({ maxThreads: 2, maxRooms: 100 });
  for (let i = 0; i < 2 * ROOMS_A_THREAD; i++) rooms.open(request(`g${i}`));
  expect(threads.all.map((t) => opens(t).length)).toEqual([ROOMS_A_THREAD, ROOMS_A_THREAD]);
  expect(() => rooms.open(request('one too many'))).toThrow('ROOM_LIMIT');
});

test('a thread that dies: the ghost leaves the channel, and the room reopens with its handle and the tail of the talk', () => {
  const { rooms, thread, payloads, events } = setUp();
  const room = rooms.open(request('g1'));
  const handle = { value: 'h', model: 'm', issuedAt: 1 };
  thread(0).says({ type: 'handle', roomId: room.id, handle });
  const said = {
    type: 'transcript',
    roomId: room.id,
    role: 'user',
    turn: 1,
    text: 'hello',
    final: true,
    interrupted: false,
    speakerIds: [],
  } as const;
  thread(0).says(said);
  thread(0).dies();
  expect(payloads).toMatchObject([{ guildId: 'g1', payload: { op: 4, d: { channel_id: null } } }]);
  expect(opens(thread(1))).toMatchObject([{ roomId: room.id, handle, seed: [{ role: 'user', text: 'hello' }] }]);
  expect(events.some((e) => e.type === 'state' && e.state.status === 'recovering')).toBe(true);
});

test('a thread that hangs is ended and its room reopened; one that beats is left alone', () => {
  const { rooms, threads, thread, pass } = setUp();
  rooms.open(request('g1'));
  pass(30_000);
  expect(threads.all).toHaveLength(1);
  pass(8_000, { hung: [0] });
  expect(thread(0).terminated).toBe(true);
  expect(opens(thread(1))).toHaveLength(1);
});

test('a main thread that stood still does not take its threads for hung', () => {
  const { rooms, threads, clock, pass } = setUp();
  rooms.open(request('g1'));
  pass(30_000);
  clock.stall(20_000);
  clock.advance(1);
  expect(threads.all).toHaveLength(1);
});

test('what a dead thread still says is not believed', () => {
  const { rooms, thread, events } = setUp();
  const room = rooms.open(request('g1'));
  thread(0).dies();
  const before = events.length;
  thread(0).says({ type: 'state', roomId: room.id, state: ready });
  expect(events).toHaveLength(before);
});

test('a room that takes its thread down three times in five minutes stays closed and says so', async () => {
  const { rooms, thread, pass } = setUp();
  const room = rooms.open(request('g1'));
  for (const index of [0, 1, 2]) {
    pass(10_000);
    thread(index).dies();
  }
  await expect(room.ended).resolves.toMatchObject({ problem: { code: 'ROOM_THREAD_REPEATEDLY_LOST' } });
  expect(rooms.count).toBe(0);
});

test('a thread that dies takes only its own rooms with it', () => {
  const { rooms, thread } = setUp({ maxThreads: 2 });
  rooms.open(request('g1'));
  rooms.open(request('g2'));
  expect(opens(thread(1))).toHaveLength(1);
  thread(0).dies();
  expect(opens(thread(1)).map((c) => c.guildId)).toEqual(['g2']);
});

test('an op 4 that could not be sent is told to the room', () => {
  const { rooms, thread } = setUp({ gatewayOpen: false });
  const room = rooms.open(request('g1'));
  thread(0).says({ type: 'voicePayload', roomId: room.id, payload: { op: 4 } });
  expect(thread(0).commands).toContainEqual({ type: 'voicePayloadFailed', roomId: room.id });
});

test('shutdown refuses new rooms, lets each finish its sentence, and ends the threads', async () => {
  const { rooms, thread } = setUp();
  const room = rooms.open(request('g1'));
  const done = rooms.shutdown(3000);
  expect(() => rooms.open(request('g2'))).toThrow('SHUTTING_DOWN');
  expect(thread(0).commands).toContainEqual({
    type: 'close',
    roomId: room.id,
    reason: { kind: 'shutdown' },
    drainMs: 3000,
  });
  thread(0).says({ type: 'state', roomId: room.id, state: { status: 'ended', reason: { kind: 'shutdown' } } });
  await done;
  expect(thread(0).terminated).toBe(true);
});

test('a room that does not answer to its end is given up after the drain', async () => {
  const { rooms, clock } = setUp();
  const room = rooms.open(request('g1'));
  const closed = room.close({ kind: 'left' }, 1000);
  clock.advance(10_000);
  await closed;
  expect(rooms.count).toBe(0);
});
