import { describe, expect, test } from 'vitest';
import type { RoomEvent } from '../../../src/room/protocol.ts';
import { createRooms, type OpenRequest, type Room } from '../../../src/room/rooms.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { createScriptedThreads, type ScriptedThread } from '../../kit/scripted-threads.ts';

const request: OpenRequest = {
  guildId: 'g1',
  channelId: 'c1',
  channelKind: 'voice',
  selfId: 'bot',
  selfName: 'Parley',
  roster: [],
  settings: DEFAULT_SETTINGS,
  revision: 4,
  live: { apiKey: 'k', baseUrl: null, model: 'gemini-3.8-live' },
  handle: null,
  seed: [],
};
const ready = { status: 'ready', channelId: 'c1', encrypted: true } as const;
const handle = { value: 'h', model: 'gemini-3.8-live', issuedAt: 1 };

function setUp() {
  const clock = createFakeClock();
  const threads = createScriptedThreads();
  const rooms = createRooms({
    maxThreads: 2,
    maxRooms: 9,
    tuning: { voiceActivity: 'energy', turnDetection: 'manual', live: {} },
    clock,
    log: createRecordingLog(),
    sendVoicePayload: () => true,
    on: () => undefined,
    startThread: threads.start,
  });
  const room = rooms.open(request);
  const thread = (index = threads.all.length - 1): ScriptedThread => {
    const it = threads.all[index];
    if (it === undefined) throw new Error(`no thread ${index}`);
    return it;
  };
  const says = (event: RoomEventOf): void => thread().says({ ...event, roomId: room.id });
  const commands = (): unknown[] => thread().commands.map(({ type }) => type);
  return { clock, rooms, room, thread, says, commands };
}

type RoomEventOf = RoomEvent extends infer Event
  ? Event extends { readonly roomId: string }
    ? Omit<Event, 'roomId'>
    : never
  : never;

const said = (text: string) =>
  ({ type: 'transcript', role: 'user', turn: 1, text, final: true, interrupted: false, speakerIds: [] }) as const;

/** What a room that is opened anew is told of the past. */
const reopened = (thread: ScriptedThread) => thread.commands.find(({ type }) => type === 'open');

test('no two rooms have the same id, and a restart does not begin anew', () => {
  const ids = new Set(Array.from({ length: 5 }, () => setUp().room.id));
  expect(ids.size).toBe(5);
});

describe('stop', () => {
  test('tells whether there was something to stop, each question its own answer', async () => {
    const { room, says, commands } = setUp();
    const asked = [room.stop(), room.stop()];
    expect(commands()).toEqual(['open', 'stop', 'stop']);
    says({ type: 'stopped', had: true });
    says({ type: 'stopped', had: false });
    expect(await Promise.all(asked)).toEqual([true, false]);
  });

  test('is answered when the room ends, and when its thread dies', async () => {
    const { room, says, thread } = setUp();
    const first = room.stop();
    thread().dies();
    expect(await first).toBe(false);
    const second = room.stop();
    says({ type: 'state', state: { status: 'ended', reason: { kind: 'left' } } });
    expect(await second).toBe(false);
    expect(await room.stop()).toBe(false);
  });
});

describe('speaking up', () => {
  test('is told whether it was said, each note its own answer', async () => {
    const { room, says, commands } = setUp();
    const asked = [room.speakUp('[Reminder one]'), room.speakUp('[Reminder two]')];
    expect(commands()).toEqual(['open', 'speakUp', 'speakUp']);
    says({ type: 'spokeUp', said: true });
    says({ type: 'spokeUp', said: false });
    expect(await Promise.all(asked)).toEqual([true, false]);
  });

  test('is known not to have happened when the room ends or its thread dies before', async () => {
    const { room, says, thread } = setUp();
    const first = room.speakUp('[Reminder one]');
    thread().dies();
    expect(await first).toBe(false);
    const second = room.speakUp('[Reminder two]');
    says({ type: 'state', state: { status: 'ended', reason: { kind: 'left' } } });
    expect(await second).toBe(false);
    expect(await room.speakUp('[Reminder three]')).toBe(false);
  });
});

describe('reset', () => {
  test('is told when the conversation is forgotten, and a room that is opened anew knows nothing of it', async () => {
    const { room, says, thread, commands } = setUp();
    says({ type: 'handle', handle });
    says(said('a secret'));
    const forgotten = room.reset();
    expect(commands()).toEqual(['open', 'reset']);
    says({ type: 'handle', handle: null });
    says({ type: 'forgotten' });
    expect(await forgotten).toBe(true);
    says(said('hello'));
    thread().dies();
    expect(reopened(thread())).toMatchObject({ handle: null, seed: [{ text: 'hello' }] });
  });

  test('what the thread still tells of the old conversation does not bring it back', async () => {
    const { room, says, thread } = setUp();
    const forgotten = room.reset();
    says({ type: 'handle', handle });
    says(said('a secret'));
    says({ type: 'moved', channelId: 'c2' });
    thread().dies();
    expect(reopened(thread())).toMatchObject({ handle: null, seed: [], channelId: 'c2' });
    says({ type: 'state', state: ready });
    expect(await forgotten).toBe(true);
  });

  test('comes to an end also when the room does, or loses its thread for good', async () => {
    for (const end of ['ends', 'is lost'] as const) {
      const { room, says, thread } = setUp();
      const forgotten = room.reset();
      if (end === 'ends') says({ type: 'state', state: { status: 'ended', reason: { kind: 'left' } } });
      else for (let strike = 0; strike < 3; strike++) thread().dies();
      expect(await forgotten, end).toBe(false);
      expect(await room.reset(), end).toBe(false);
    }
  });
});

test('a revision that is not newer than the last is not sent, so that an old one cannot undo a new one', () => {
  const { room, thread } = setUp();
  const revisions = (): unknown[] => thread().commands.flatMap((it) => (it.type === 'settings' ? [it.revision] : []));
  for (const revision of [4, 6, 5, 6, 7]) room.settings(DEFAULT_SETTINGS, revision);
  expect(revisions()).toEqual([6, 7]);
});

describe('vitals', () => {
  const usage = { responseTokens: 5, thoughtsTokens: 0, totalTokens: 905, prompt: {}, response: {} };
  const connected = (startedAt: number, resumed: boolean) => ({ type: 'session', startedAt, resumed }) as const;
  const told = (room: Room) => room.vitals;

  test('nothing is known before anything has happened', () => {
    expect(told(setUp().room)).toEqual({
      readyAt: null,
      conversationSince: null,
      connectedSince: null,
      contextTokens: null,
      voicePingMs: null,
      encrypted: null,
    });
  });

  test('a room that talks tells since when, how much the model remembers, and how far the voice server is', () => {
    const { room, says, clock } = setUp();
    says(connected(100, false));
    says({ type: 'state', state: ready });
    says({ type: 'usage', usage: { ...usage, promptTokens: 900 } });
    says({ type: 'vitals', voicePingMs: 31 });
    const readyAt = clock.now();
    clock.advance(5_000);
    says({ type: 'state', state: { ...ready, encrypted: false } });
    expect(told(room)).toEqual({
      readyAt,
      conversationSince: 100,
      connectedSince: 100,
      contextTokens: 900,
      voicePingMs: 31,
      encrypted: false,
    });
  });

  test('a connection that goes on is a new connection in the same conversation; a fresh session is a new one', () => {
    const { room, says } = setUp();
    says(connected(100, false));
    says({ type: 'usage', usage: { ...usage, promptTokens: 900 } });
    says({ type: 'state', state: { status: 'recovering', what: 'live' } });
    expect(told(room).connectedSince).toBeNull();
    says(connected(200, true));
    expect(told(room)).toMatchObject({ conversationSince: 100, connectedSince: 200, contextTokens: 900 });
    says(connected(300, false));
    expect(told(room)).toMatchObject({ conversationSince: 300, connectedSince: 300, contextTokens: null });
  });

  test('what is lost is not shown as if it were there', () => {
    const { room, says, thread } = setUp();
    says(connected(100, false));
    says({ type: 'state', state: ready });
    says({ type: 'vitals', voicePingMs: 31 });
    says({ type: 'state', state: { status: 'recovering', what: 'link' } });
    expect(told(room)).toMatchObject({ voicePingMs: null, encrypted: null, connectedSince: 100 });
    says({ type: 'state', state: ready });
    thread().dies();
    expect(told(room)).toMatchObject({ connectedSince: null, encrypted: null, conversationSince: 100 });
  });
});
