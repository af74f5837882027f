import { expect, test } from 'vitest';
import type { ErrandRequest, RoomEvent } from '../../../src/room/protocol.ts';
import { createRooms } from '../../../src/room/rooms.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { createScriptedThreads, type ScriptedThread } from '../../kit/scripted-threads.ts';

const ERRAND: ErrandRequest = {
  live: { apiKey: 'k', baseUrl: null, model: 'gemini-3.8-live' },
  instruction: 'Sum it up.',
  language: 'en',
  text: 'Ada: Hello',
};
const USAGE = { promptTokens: 1, responseTokens: 2, thoughtsTokens: 0, totalTokens: 3, prompt: {}, response: {} };

function setUp() {
  const clock = createFakeClock();
  const threads = createScriptedThreads();
  const events: RoomEvent[] = [];
  const rooms = createRooms({
    maxThreads: 1,
    maxRooms: 20,
    tuning: { voiceActivity: 'energy', turnDetection: 'manual', live: {} },
    clock,
    log: createRecordingLog(),
    sendVoicePayload: () => true,
    on: (event) => events.push(event),
    startThread: threads.start,
  });
  const thread = (index = 0): ScriptedThread => {
    const it = threads.all[index];
    if (it === undefined) throw new Error(`no thread ${index}`);
    return it;
  };
  const asked = (index = 0): string => {
    const command = thread(index).commands.findLast(({ type }) => type === 'errand');
    if (command === undefined) throw new Error('nothing was asked');
    return command.roomId;
  };
  return { clock, rooms, thread, asked, events };
}

test('a question goes to a thread and comes back with its answer and what it cost; it is no room, and no room hears of it', async () => {
  const { rooms, thread, asked, events } = setUp();
  const answer = rooms.ask(ERRAND);
  const roomId = asked();
  expect(thread().commands).toEqual([{ type: 'errand', roomId, ...ERRAND }]);
  expect(rooms.count).toBe(0);
  expect(rooms.get(roomId)).toBeUndefined();
  thread().says({ type: 'usage', roomId, usage: USAGE });
  thread().says({ type: 'errandDone', roomId, outcome: { text: 'They said hello.' } });
  expect(await answer).toEqual({ text: 'They said hello.', usage: [USAGE] });
  expect(events).toEqual([]);
});

test('what the Live service makes of it is what it fails with, and so is a thread that dies', async () => {
  const { rooms, thread, asked } = setUp();
  const refused = rooms.ask(ERRAND);
  thread().says({ type: 'errandDone', roomId: asked(), outcome: { problem: { code: 'LIVE_QUOTA', details: {} } } });
  await expect(refused).rejects.toMatchObject({ code: 'LIVE_QUOTA' });
  const lost = rooms.ask(ERRAND);
  thread().dies();
  await expect(lost).rejects.toMatchObject({ code: 'INTERNAL' });
});

test('a thread that never answers is not waited for, and its place is free again', async () => {
  const { clock, rooms, thread } = setUp();
  const questions = Array.from({ length: 8 }, () => rooms.ask(ERRAND));
  await expect(rooms.ask(ERRAND)).rejects.toMatchObject({ code: 'ROOM_LIMIT' });
  for (let second = 0; second < 80; second++) {
    clock.advance(1_000);
    thread().beats();
  }
  for (const question of questions) await expect(question).rejects.toMatchObject({ code: 'LIVE_CONNECT_TIMEOUT' });
  const next = rooms.ask(ERRAND);
  await rooms.shutdown(0);
  await expect(next).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  await expect(rooms.ask(ERRAND)).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
});
