import { expect, test } from 'vitest';
import type { ParleyError } from '../../../src/errors.ts';
import { createRooms, type OpenRequest, type Room } from '../../../src/room/rooms.ts';
import type { DialGate, ReachReport } from '../../../src/types/reach.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { createScriptedThreads } from '../../kit/scripted-threads.ts';

const problem = { code: 'LIVE_CONNECT_TIMEOUT', details: {} } as const;
const failed = { type: 'failed', problem, waitMs: null } as const;
const request = (guildId: string): OpenRequest => ({
  ...{ guildId, channelId: 'c1', channelKind: 'voice', selfId: 'bot', selfName: 'Parley', roster: [] },
  ...{ settings: DEFAULT_SETTINGS, revision: 1, handle: null, seed: [] },
  live: { apiKey: 'k', baseUrl: null, model: 'gemini-3.8-live' },
});
const errand = { live: request('').live, instruction: 'Sum up.', language: 'en', text: 'Ada: Hello.' };

/** Rooms over two threads. */
function setUp(guilds: number) {
  const clock = createFakeClock();
  const threads = createScriptedThreads();
  const log = createRecordingLog();
  const rooms = createRooms({
    ...{ maxThreads: 2, maxRooms: 20, clock, log, startThread: threads.start, random: () => 0.999 },
    tuning: { voiceActivity: 'energy', turnDetection: 'manual', live: {} },
    sendVoicePayload: () => true,
    on: () => undefined,
  });
  const opened = Array.from({ length: guilds }, (_, index) => rooms.open(request(`g${index}`)));
  const room = (index: number): Room => {
    const it = opened[index];
    if (it === undefined) throw new Error(`no room ${index}`);
    return it;
  };
  const commands = () => threads.all.flatMap((thread) => thread.commands);
  return {
    ...{ clock, threads, log, rooms, room },
    reports: (index: number, report: ReachReport): void =>
      threads.all[0]?.says({ type: 'reach', roomId: room(index).id, report }),
    /** What the rooms were told last, in order of their opening. */
    gates: (): (DialGate['status'] | null)[] =>
      opened.map(({ id }) => {
        const told = commands().findLast((it) => it.type === 'gate' && it.roomId === id);
        return told?.type === 'gate' ? told.gate.status : null;
      }),
    opening: (id: string) => commands().findLast((it) => it.type === 'open' && it.roomId === id),
  };
}

test('what fails in one thread is known in all: one room tries, the others wait, and all go on when it works', () => {
  const { clock, reports, gates, log } = setUp(10);
  for (const index of [0, 3, 9]) reports(index, failed);
  expect(new Set(gates())).toEqual(new Set(['shut']));
  for (let index = 0; index < 10; index++) reports(index, { type: 'waits' });
  expect(gates()).not.toContain('probe');
  clock.advance(2_000);
  expect(gates().filter((gate) => gate === 'probe')).toHaveLength(1);
  reports(gates().indexOf('probe'), failed);
  expect(new Set(gates())).toEqual(new Set(['shut']));
  clock.advance(4_000);
  expect(gates().indexOf('probe')).toBe(1);
  reports(1, { type: 'connected' });
  expect(new Set(gates())).toEqual(new Set(['open']));
  expect(log.messages('warn')).toHaveLength(2);
});

test('whoever calls the bot meanwhile is told at once, with the time at which it may work again', async () => {
  const { clock, rooms, reports, opening } = setUp(3);
  for (const index of [0, 1, 2]) reports(index, failed);
  const refused = (): ParleyError | null => {
    try {
      rooms.open(request('late'));
      return null;
    } catch (error) {
      return error as ParleyError;
    }
  };
  expect(refused()).toMatchObject({ code: 'LIVE_UNREACHABLE' });
  expect(refused()?.details['retryAt']).toBeGreaterThan(clock.now());
  await expect(rooms.ask(errand)).rejects.toMatchObject({ code: 'LIVE_UNREACHABLE' });
  expect(rooms.count).toBe(3);
  expect(rooms.liveTrouble).toMatchObject({ code: 'LIVE_UNREACHABLE' });
  clock.advance(2_000);
  expect(rooms.liveTrouble).toBeNull();
  // Nobody waits: this one tries.
  const room = rooms.open(request('now'));
  expect(opening(room.id)).toMatchObject({ gate: { status: 'open' } });
  expect(refused()).toMatchObject({ code: 'LIVE_UNREACHABLE' });
});

test('a room of before a restart waits, and one whose thread dies meanwhile is told how things are', () => {
  const { rooms, reports, opening, threads, room } = setUp(3);
  for (const index of [0, 1, 2]) reports(index, failed);
  const vitals = { readyAt: 1, conversationSince: 1 };
  const past = rooms.open(request('past'), { roomId: 'past', vitals });
  expect(opening(past.id)).toMatchObject({ gate: { status: 'shut', problem: { code: 'LIVE_UNREACHABLE' } } });
  threads.all[0]?.dies();
  expect(opening(room(0).id)).toMatchObject({ gate: { status: 'shut' } });
});

test('the end of the room that tries lets the next one try', () => {
  const { clock, reports, gates, threads, room } = setUp(3);
  for (const index of [0, 1, 2]) reports(index, failed);
  for (const index of [0, 1, 2]) reports(index, { type: 'waits' });
  clock.advance(2_000);
  expect(gates()).toEqual(['probe', 'shut', 'shut']);
  const reason = { kind: 'failed', problem } as const;
  threads.all[0]?.says({ type: 'state', roomId: room(0).id, state: { status: 'ended', reason } });
  expect(gates()[1]).toBe('probe');
});
