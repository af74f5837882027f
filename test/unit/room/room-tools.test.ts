import { expect, test } from 'vitest';
import type { RoomEvent } from '../../../src/room/protocol.ts';
import { createRooms } from '../../../src/room/rooms.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { createScriptedThreads, type ScriptedThread } from '../../kit/scripted-threads.ts';
import { toolDeclaration } from '../../kit/tool-declaration.ts';

const request = {
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
} as const;

function setUp() {
  const threads = createScriptedThreads();
  const events: RoomEvent[] = [];
  /** There are these functions; a guild may switch each off. */
  let functions = ['roll', 'note'];
  const rooms = createRooms({
    maxThreads: 1,
    maxRooms: 9,
    tuning: { voiceActivity: 'energy', turnDetection: 'manual', live: {} },
    clock: createFakeClock(),
    log: createRecordingLog(),
    sendVoicePayload: () => true,
    declareTools: ({ tools }) => functions.filter((name) => tools[name] !== false).map((name) => toolDeclaration(name)),
    on: (event) => events.push(event),
    startThread: threads.start,
  });
  const room = rooms.open(request);
  const thread = (): ScriptedThread => {
    const it = threads.all.at(-1);
    if (it === undefined) throw new Error('no thread');
    return it;
  };
  const told = (type: 'open' | 'settings') =>
    thread().commands.flatMap((it) => (it.type === type ? [it.tools.map(({ name }) => name)] : []));
  const call = (callId: string): void => {
    const request = { callId, name: 'roll', args: {}, actorIds: [], deadlineAt: 0 };
    thread().says({ type: 'toolCall', roomId: room.id, request });
  };
  const cancelled = (): string[] => events.flatMap((it) => (it.type === 'toolCancelled' ? [it.callId] : []));
  return {
    rooms,
    room,
    thread,
    events,
    told,
    call,
    cancelled,
    offer(...names: string[]): void {
      functions = names;
      rooms.toolsChanged();
    },
  };
}

test('a room opens with the functions that its guild has on, and is told of them with every change of settings', () => {
  const { room, told } = setUp();
  room.settings({ ...DEFAULT_SETTINGS, tools: { note: false } }, 5);
  expect(told('open')).toEqual([['roll', 'note']]);
  expect(told('settings')).toEqual([['roll']]);
});

test('a function that comes or goes reaches open rooms under the settings that they have; no change is no command', () => {
  const { room, told, thread, offer } = setUp();
  room.settings({ ...DEFAULT_SETTINGS, tools: { note: false } }, 5);
  offer('roll', 'note', 'dance');
  offer('roll', 'note', 'dance');
  expect(told('settings')).toEqual([['roll'], ['roll', 'dance']]);
  expect(thread().commands.at(-1)).toMatchObject({ revision: 5, settings: { tools: { note: false } } });
});

test('a room that comes back after its thread died has the functions of now', () => {
  const { told, thread, offer } = setUp();
  offer('dance');
  thread().dies();
  expect(told('open')).toEqual([['dance']]);
});

test('a result goes to the thread that called', () => {
  const { room, thread, call } = setUp();
  call('x1');
  room.toolResult('x1', { output: 4 });
  expect(thread().commands.at(-1)).toEqual({
    type: 'toolResult',
    roomId: room.id,
    callId: 'x1',
    outcome: { output: 4 },
  });
});

test('calls of a thread that dies are cancelled, but not those that were answered or given up', () => {
  const { room, thread, call, cancelled } = setUp();
  for (const id of ['x1', 'x2', 'x3']) call(id);
  room.toolResult('x1', { output: 1 });
  thread().says({ type: 'toolCancelled', roomId: room.id, callId: 'x2' });
  thread().dies();
  expect(cancelled()).toEqual(['x2', 'x3']);
});

test('calls of a room that ends are cancelled before its end is told, and a later result goes nowhere', () => {
  const { room, thread, events, call, cancelled } = setUp();
  call('x1');
  const reason = { kind: 'left' } as const;
  thread().says({ type: 'state', roomId: room.id, state: { status: 'ended', reason } });
  expect(cancelled()).toEqual(['x1']);
  expect(events.at(-1)).toMatchObject({ type: 'state', state: { status: 'ended' } });
  const before = thread().commands.length;
  room.toolResult('x1', { output: 1 });
  expect(thread().commands).toHaveLength(before);
});
