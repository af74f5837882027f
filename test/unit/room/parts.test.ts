import { expect, test } from 'vitest';
import type { TurnTimes } from '../../../src/room/protocol.ts';
import { type Legs, roomStatus } from '../../../src/room/room-status.ts';
import { createRoster } from '../../../src/room/roster.ts';
import { createTurnTimer } from '../../../src/room/turn-timer.ts';
import type { RosterEntry } from '../../../src/types/settings.ts';

const legs: Legs = { link: 'up', live: 'up', opened: true, channelId: 'c', encrypted: true };

test('a room is ready when it both hears and can answer, and says what it is waiting for when it was', () => {
  expect(roomStatus(legs)).toMatchObject({ status: 'ready' });
  expect(roomStatus({ ...legs, live: 'connecting', opened: false })).toEqual({ status: 'joining' });
  expect(roomStatus({ ...legs, live: 'down' })).toEqual({ status: 'recovering', what: 'live' });
  expect(roomStatus({ ...legs, link: 'down', live: 'down' })).toEqual({ status: 'recovering', what: 'link' });
  const problem = { code: 'LIVE_KEY_REFUSED', details: {} } as const;
  expect(roomStatus({ ...legs, live: { failed: problem } })).toEqual({
    status: 'ended',
    reason: { kind: 'failed', problem },
  });
});

const member = (id: string, change: Partial<RosterEntry> = {}): RosterEntry => ({
  id,
  name: id.toUpperCase(),
  bot: false,
  optedOut: false,
  locale: null,
  ...change,
});

test('bots, the bot itself and members who opted out are never audible', () => {
  const roster = createRoster(
    [member('ada'), member('dj', { bot: true }), member('eve', { optedOut: true }), member('me')],
    'me',
  );
  expect([...roster.audible()]).toEqual(['ada']);
});

test('a new roster tells who is not heard any more', () => {
  const roster = createRoster([member('ada'), member('bob')], 'me');
  expect(roster.replace([member('ada', { optedOut: true }), member('cleo')])).toEqual(['ada', 'bob']);
  expect(roster.nameOf('cleo')).toBe('CLEO');
  expect(roster.nameOf('nobody')).toBe('somebody');
});

test('the times of an exchange are told once, at its first packet', () => {
  const told: TurnTimes[] = [];
  const timer = createTurnTimer((times) => told.push(times));
  timer.windowOpened(100);
  timer.windowClosed(900, 1500);
  timer.chunk(1700);
  timer.chunk(1800);
  timer.packet(1770);
  timer.packet(9999);
  expect(told).toEqual([
    { windowStartedAt: 100, lastSpeechAt: 900, activityEndAt: 1500, firstChunkAt: 1700, firstPacketAt: 1770 },
  ]);
});

test('a turn that the model let pass is told without an answer', () => {
  const told: TurnTimes[] = [];
  const timer = createTurnTimer((times) => told.push(times));
  timer.windowOpened(100);
  timer.windowClosed(900, 1500);
  timer.turnCompleted();
  expect(told).toMatchObject([{ firstChunkAt: null, firstPacketAt: null }]);
});
