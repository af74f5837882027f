import { describe, expect, test } from 'vitest';
import type { RoomEvent } from '../../../src/room/protocol.ts';
import { createRooms, type OpenTextRequest, type Room } from '../../../src/room/rooms.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import type { TypedTurn } from '../../../src/types/typed-turn.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { createScriptedThreads, type ScriptedThread } from '../../kit/scripted-threads.ts';

const request = (channelId: string, guildId = 'g1'): OpenTextRequest => ({
  ...{ guildId, channelId, selfId: 'bot', selfName: 'Parley', settings: DEFAULT_SETTINGS, revision: 4 },
  live: { apiKey: 'k', baseUrl: null, model: 'gemini-3.8-live' },
  handle: null,
  seed: [],
});
const voice = (guildId: string, channelId: string) =>
  ({ ...request(channelId, guildId), channelKind: 'voice', roster: [] }) as const;
const typed = (turnId: string, more: Partial<TypedTurn> = {}): TypedTurn => ({
  ...{ turnId, text: turnId, authorIds: [], images: [], context: [], speech: null, wantsSound: false },
  ...more,
});

function setUp({ maxRooms = 2, maxThreads = 1 } = {}) {
  const clock = createFakeClock();
  const threads = createScriptedThreads();
  const events: RoomEvent[] = [];
  const payloads: unknown[] = [];
  const rooms = createRooms({
    ...{ maxThreads, maxRooms, clock, log: createRecordingLog(), startThread: threads.start },
    tuning: { voiceActivity: 'energy', turnDetection: 'manual', live: {} },
    sendVoicePayload: (_guildId, payload) => payloads.push(payload) > 0,
    on: (event) => events.push(event),
  });
  const thread = (): ScriptedThread => {
    const it = threads.all.at(-1);
    if (it === undefined) throw new Error('no thread');
    return it;
  };
  const answers = (): string[] =>
    events.flatMap((event) =>
      event.type === 'typedAnswer'
        ? [`${event.turnId} ${event.answer.status}${'text' in event.answer ? ` ${event.answer.text}` : ''}`]
        : [],
    );
  const grows = ({ id }: Room, turnId: string, text: string): void =>
    thread().says({ type: 'typedAnswer', roomId: id, turnId, answer: { status: 'growing', text } });
  const ends = ({ id }: Room): void =>
    thread().says({ type: 'state', roomId: id, state: { status: 'ended', reason: { kind: 'left' } } });
  const commands = (type: string): unknown[] => thread().commands.filter((it) => it.type === type);
  return { clock, rooms, thread, threads, events, payloads, answers, grows, ends, commands };
}

test('a text room counts for nothing that is limited, and is no room of the guild', () => {
  const { rooms, commands } = setUp({ maxRooms: 1 });
  const text = rooms.openText(request('c1'));
  expect(text.kind).toBe('text');
  expect(rooms.count).toBe(0);
  expect(rooms.ofGuild('g1')).toBeUndefined();
  const room = rooms.open(voice('g1', 'v1'));
  expect([rooms.count, room.kind, rooms.ofGuild('g1')?.id]).toEqual([1, 'voice', room.id]);
  expect([rooms.ofChannel('c1')?.id, rooms.ofChannel('v1')?.id]).toEqual([text.id, room.id]);
  expect(rooms.get(text.id)).toBe(text);
  expect(commands('openText')).toMatchObject([{ roomId: text.id, channelId: 'c1', gate: { status: 'open' } }]);
});

test('the fifth of a guild closes the one that was used longest ago, and none that is being asked', () => {
  const { rooms, clock, commands } = setUp();
  const open = ['c1', 'c2', 'c3', 'c4'].map((channelId) => {
    clock.advance(1_000);
    return rooms.openText(request(channelId));
  });
  rooms.openText(request('c1', 'g2'));
  open[0]?.typed(typed('t1'));
  clock.advance(1_000);
  rooms.openText(request('c5'));
  expect(commands('close')).toMatchObject([{ roomId: open[1]?.id, reason: { kind: 'left' } }]);
  expect(rooms.ofChannel('c2')).toBeUndefined();
});

test('many text rooms leave the threads free for voices', () => {
  const { rooms } = setUp({ maxRooms: 20, maxThreads: 1 });
  for (let guild = 0; guild < 16; guild++) rooms.openText(request(`c${guild}`, `g${guild}`));
  for (let guild = 0; guild < 8; guild++) rooms.open(voice(`g${guild}`, `v${guild}`));
  expect(rooms.count).toBe(8);
});

describe('every turn has one last event', () => {
  test('when the room ends', () => {
    const { rooms, answers, grows, ends, events } = setUp();
    const room = rooms.openText(request('c1'));
    room.typed(typed('t1', { wantsSound: true }));
    room.typed(typed('t2'));
    grows(room, 't1', 'It is');
    ends(room);
    expect(answers()).toEqual(['t1 growing It is', 't1 cut It is', 't2 dropped']);
    expect(events.filter(({ type }) => type === 'typedSound')).toMatchObject([{ turnId: 't1', last: true }]);
    expect(events.at(-1)).toMatchObject({ type: 'state', state: { status: 'ended' } });
    room.typed(typed('t3'));
    expect(answers().at(-1)).toBe('t3 dropped');
  });

  test('also when the room has said it twice', () => {
    const { rooms, answers, thread } = setUp();
    const room = rooms.openText(request('c1'));
    room.typed(typed('t1'));
    for (const text of ['yes', 'no']) {
      thread().says({ type: 'typedAnswer', roomId: room.id, turnId: 't1', answer: { status: 'done', text } });
    }
    expect(answers()).toEqual(['t1 done yes']);
  });

  test('when its thread is lost: what was being answered ends there, the others are asked anew', () => {
    const { rooms, answers, grows, thread, threads, payloads, events } = setUp();
    const room = rooms.openText(request('c1'));
    for (const turnId of ['t1', 't2', 't3']) room.typed(typed(turnId));
    grows(room, 't1', 'It is');
    thread().dies();
    expect(threads.all).toHaveLength(2);
    expect(answers()).toEqual(['t1 growing It is', 't1 cut It is']);
    expect(thread().commands.map((it) => (it.type === 'typed' ? it.turn.turnId : it.type))).toEqual([
      'openText',
      't2',
      't3',
    ]);
    expect(payloads).toEqual([]);
    expect(events).toContainEqual({ type: 'state', roomId: room.id, state: { status: 'recovering', what: 'live' } });
  });
});

test('a text room is opened anew from its newest handle', () => {
  const { rooms, thread, commands } = setUp();
  const room = rooms.openText(request('c1'));
  const handle = { value: 'h1', model: 'gemini-3.8-live', issuedAt: 1 };
  thread().says({ type: 'handle', roomId: room.id, handle });
  expect(room.handle).toEqual(handle);
  thread().dies();
  expect(commands('openText')).toMatchObject([{ handle }]);
});
