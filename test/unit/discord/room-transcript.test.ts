import { expect, test } from 'vitest';
import { createRoomTranscript, type TranscriptEvent } from '../../../src/discord/transcript/room-transcript.ts';
import type { Entry } from '../../../src/discord/transcript/transcript-pages.ts';
import { ParleyError } from '../../../src/errors.ts';
import type { StoredTurn } from '../../../src/store/store.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

function setUp() {
  const clock = createFakeClock();
  const log = createRecordingLog();
  const entries = new Map<string, Entry>();
  const stored: StoredTurn[] = [];
  const room = { id: 'r', guildId: 'g', channelId: 'lounge' };
  let failing = false;
  const transcript = createRoomTranscript({
    room,
    writer: {
      put: (entry) => void entries.set(entry.key, entry),
      drop: (key) => void entries.delete(key),
      begin: async () => null,
      placeId: null,
      stuck: null,
      finish: async () => undefined,
      hurry() {},
    },
    store: {
      async addTranscriptTurns(turns) {
        if (failing) throw new ParleyError('STORE_WRITE_FAILED');
        stored.push(...turns);
      },
    },
    speakers: ({ speakerIds }) => speakerIds.map((id) => ({ id, name: id.toUpperCase() })),
    interrupted: 'cut off',
    clock,
    now: clock.now,
    log,
  });
  const take = (change: Partial<TranscriptEvent>): void =>
    transcript.take({
      ...{ type: 'transcript', roomId: 'r', role: 'user', turn: 1, text: 'Hello', final: true },
      ...{ interrupted: false, speakerIds: ['ada'], ...change },
    });
  const fail = (on: boolean): void => {
    failing = on;
  };
  return { clock, log, entries, stored, room, transcript, take, fail };
}

test('a turn is stored once, when it is over, with the time at which it began and the channel it ended in', async () => {
  const { clock, entries, stored, room, take } = setUp();
  const began = clock.now();
  take({ text: 'Hel', final: false });
  expect(stored).toEqual([]);
  clock.advance(3_000);
  room.channelId = 'studio';
  take({ text: 'Hello', interrupted: true });
  const speakers = [{ id: 'ada', name: 'ADA' }];
  expect(stored).toEqual([
    {
      guildId: 'g',
      roomId: 'r',
      channelId: 'studio',
      at: began,
      role: 'user',
      speakers,
      text: 'Hello',
      interrupted: true,
    },
  ]);
  expect([...entries.values()]).toMatchObject([{ names: ['ADA'], text: 'Hello', mark: 'cut off', final: true }]);
});

test('after a pause a turn begins a message of its own, however long it grows', () => {
  const { clock, entries, take } = setUp();
  const fresh = () => [...entries.values()].map((entry) => entry.fresh);
  take({});
  clock.advance(59_000);
  take({ turn: 2, final: false });
  clock.advance(60_000);
  take({ turn: 2 });
  take({ turn: 3 });
  expect(fresh()).toEqual([true, false, true]);
});

test('what nobody may be named for, and what is empty, is neither written nor stored', () => {
  const { entries, stored, take } = setUp();
  take({ final: false });
  take({ speakerIds: [] });
  take({ turn: 2, text: ' ' });
  expect(entries.size).toBe(0);
  expect(stored).toEqual([]);
});

test('turns that will never end are kept as far as they came', async () => {
  const { entries, stored, take, transcript } = setUp();
  take({ text: 'What ti', final: false });
  transcript.breakOff();
  transcript.breakOff();
  expect([...entries.values()]).toMatchObject([{ text: 'What ti', final: true }]);
  expect(stored).toMatchObject([{ text: 'What ti' }]);
});

test('a store that cannot be written costs the copy only, and is logged once a minute, without a word of what was said', async () => {
  const { clock, log, entries, take, fail, transcript } = setUp();
  fail(true);
  for (let turn = 1; turn <= 5; turn++) take({ turn });
  await transcript.finish();
  expect(entries.size).toBe(5);
  expect(log.messages('warn')).toHaveLength(1);
  clock.advance(60_000);
  take({ turn: 6 });
  await transcript.finish();
  expect(log.messages('warn')).toHaveLength(2);
  expect(JSON.stringify(log.lines)).not.toContain('Hello');
});
