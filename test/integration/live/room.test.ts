import { expect, onTestFinished, test } from 'vitest';
import { createRoomHost } from '../../../src/room/host.ts';
import type { OpenRoom, RoomCommand, RoomEvent } from '../../../src/room/protocol.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { createSkippingClock } from '../voice/skipping-clock.ts';
import { startQuickLive } from './harness.ts';

/** A real room on a loopback Live, in a voice channel that it never gets into. */
async function startRoom() {
  const live = await startQuickLive();
  onTestFinished(() => live.close());
  const clock = createSkippingClock();
  const events: RoomEvent[] = [];
  const host = await createRoomHost({
    start: { generation: 1, tuning: { voiceActivity: 'energy', turnDetection: 'manual', live: {} } },
    clock,
    say: (message) => message.kind === 'event' && events.push(message.event),
  });
  onTestFinished(() => host.close());
  const opening: OpenRoom = {
    roomId: 'r1',
    guildId: '1',
    channelId: '2',
    channelKind: 'voice',
    selfId: '3',
    selfName: 'Parley',
    roster: [],
    settings: DEFAULT_SETTINGS,
    revision: 8,
    tools: [],
    live: { apiKey: 'a-key', baseUrl: live.url, model: 'gemini-3.8-live' },
    handle: null,
    seed: [],
  };
  host.command({ type: 'open', ...opening });
  const told = (type: RoomEvent['type']): RoomEvent[] => events.filter((event) => event.type === type);
  return {
    live,
    clock,
    told,
    order: (command: RoomCommand) => host.command(command),
    /** So many events of a kind, as soon as there are. */
    until: async (type: RoomEvent['type'], count = 1) => {
      await expect.poll(() => told(type).length).toBeGreaterThanOrEqual(count);
      return told(type);
    },
  };
}

test('a room tells when its model is there, under which settings, and every 10 s how it is', async () => {
  const { clock, until, told } = await startRoom();
  const before = clock.now();
  const startedAt = expect.toSatisfy((at: number) => at >= before && at <= clock.now());
  expect(await until('session')).toEqual([{ type: 'session', roomId: 'r1', resumed: false, startedAt }]);
  expect(await until('settingsApplied')).toEqual([{ type: 'settingsApplied', roomId: 'r1', revision: 8 }]);
  expect(told('vitals')).toEqual([]);
  clock.skip(10_000);
  expect(await until('vitals')).toEqual([{ type: 'vitals', roomId: 'r1', voicePingMs: null }]);
});

test('a room says whether there was something to stop', async () => {
  const { live, order, until } = await startRoom();
  await until('session');
  order({ type: 'stop', roomId: 'r1' });
  live.control.delayNext(60_000);
  order({ type: 'say', roomId: 'r1', text: 'how tall is it?' });
  order({ type: 'stop', roomId: 'r1' });
  expect(await until('stopped', 2)).toMatchObject([{ had: false }, { had: true }]);
});

test('a room that has forgotten says so, with a fresh session and no handle', async () => {
  const { live, order, until, told } = await startRoom();
  await until('session');
  order({ type: 'say', roomId: 'r1', text: 'how tall is it?' });
  await until('handle');
  await until('usage');
  order({ type: 'reset', roomId: 'r1' });
  expect(await until('forgotten')).toEqual([{ type: 'forgotten', roomId: 'r1' }]);
  expect(told('handle')).toContainEqual({ type: 'handle', roomId: 'r1', handle: null });
  expect(told('session')).toMatchObject([{ resumed: false }, { resumed: false }]);
  expect(JSON.stringify(live.setups.at(-1))).not.toMatch(/handle"|how tall/);
  expect(live.violations).toEqual([]);
});

test('settings that need another setup are told when that is in force', async () => {
  const { live, order, until } = await startRoom();
  await until('settingsApplied');
  order({ type: 'settings', roomId: 'r1', settings: { ...DEFAULT_SETTINGS, voice: 'Puck' }, revision: 9, tools: [] });
  expect(await until('settingsApplied', 2)).toMatchObject([{ revision: 8 }, { revision: 9 }]);
  expect(JSON.stringify(live.setups.at(-1))).toContain('Puck');
});
