import { expect, test } from 'vitest';
import { createRoomMeter } from '../../../src/discord/room-meter.ts';
import type { Limits } from '../../../src/store/limits.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import { createUsageLedger } from '../../../src/store/usage-ledger.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

const MINUTE = 60_000;
const ROOM = { guildId: 'g', roomId: 'g-1', model: 'gemini-3.8-live' };

const turn = (tokens: number) => ({
  promptTokens: tokens,
  responseTokens: 0,
  thoughtsTokens: 0,
  totalTokens: tokens,
  prompt: { AUDIO: tokens },
  response: {},
});

function setUp(limits: Partial<Limits>) {
  const clock = createFakeClock(Date.UTC(2026, 10, 24, 12));
  const log = createRecordingLog();
  const now = () => clock.now();
  const ledger = createUsageLedger({ store: openSqliteStore(':memory:', clock), clock, now, log });
  const told: string[] = [];
  const services = {
    ledger,
    clock,
    now,
    log,
    limits: { maxRooms: 1, maxMinutesPerDay: null, maxTokensPerDay: null, ...limits },
  };
  const meter = createRoomMeter(ROOM, services, {
    onNearing: (verdict) => told.push(verdict.kind),
    onReached: (problem) => told.push(problem.code),
  });
  /** Lets time pass in steps that leave room for the answers of the store. */
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 15_000) {
      clock.advance(Math.min(15_000, left));
      for (let i = 0; i < 20; i++) await Promise.resolve();
    }
  };
  return { clock, ledger, meter, told, pass, log };
}

test('a room is warned five minutes before its minutes are used up, once, and then has to end', async () => {
  const { told, pass } = setUp({ maxMinutesPerDay: 10 });
  await pass(5 * MINUTE - 15_000);
  expect(told).toEqual([]);
  await pass(15_000);
  expect(told).toEqual(['minutesNearing']);
  await pass(4 * MINUTE);
  expect(told).toEqual(['minutesNearing']);
  await pass(MINUTE);
  expect(told).toEqual(['minutesNearing', 'MINUTES_LIMIT']);
  await pass(MINUTE);
  expect(told.length).toBe(2);
});

test('tokens end a room as soon as they are reported', async () => {
  const { meter, told, pass } = setUp({ maxTokensPerDay: 1000 });
  meter.tokens(turn(950));
  await pass(1);
  meter.tokens(turn(50));
  await pass(1);
  expect(told).toEqual(['tokensNearing', 'TOKENS_LIMIT']);
});

test('tokens are counted as those of the room and its model', async () => {
  const { ledger, meter } = setUp({});
  meter.tokens(turn(70));
  const { tokens } = await ledger.report('g', { fromDay: '2026-11-24', roomId: 'g-1' });
  expect(tokens).toEqual([{ model: 'gemini-3.8-live', kind: 'prompt', modality: 'AUDIO', tokens: 70 }]);
});

test('closing counts the minutes to the last moment and stops the clockwork', async () => {
  const { clock, ledger, meter, pass } = setUp({});
  await pass(20_000);
  clock.stall(1_234);
  meter.close();
  meter.close();
  expect(await ledger.today('g')).toEqual({ voiceMs: 21_234, tokens: 0 });
  await ledger.close();
  expect(clock.pending).toBe(0);
});
