import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ParleyError } from '../../../src/errors.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createUsageLedger } from '../../../src/store/usage-ledger.ts';
import type { TurnUsage } from '../../../src/types/live.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

const MIDNIGHT = Date.UTC(2026, 10, 25);
const ROOM = { guildId: 'g', roomId: 'r', model: 'gemini-3.8-live' };
const NOTHING = { promptTokens: 0, responseTokens: 0, thoughtsTokens: 0, totalTokens: 0, prompt: {}, response: {} };

/** A turn that heard and said nothing but speech. */
const turn = (heard: number, said = 0): TurnUsage => ({
  ...NOTHING,
  promptTokens: heard,
  responseTokens: said,
  totalTokens: heard + said,
  prompt: { AUDIO: heard },
  response: { AUDIO: said },
});

function setUp(change: (store: Store) => Store = (store) => store) {
  const clock = createFakeClock(MIDNIGHT - 60_000);
  const sqlite = openSqliteStore(':memory:', clock);
  const log = createRecordingLog();
  const ledger = createUsageLedger({ store: change(sqlite), clock, now: () => clock.now(), log });
  return { clock, store: sqlite, ledger, log };
}

/** A store that refuses to write until it is told otherwise. */
function refusing() {
  const state = { works: false };
  const change = (real: Store): Store => ({
    ...real,
    addUsage: async (...use) => {
      if (!state.works) throw new ParleyError('STORE_WRITE_FAILED');
      await real.addUsage(...use);
    },
  });
  return { state, change };
}

test('what was used counts at once and is saved within a quarter of a minute', async () => {
  const { clock, store, ledger } = setUp();
  ledger.addVoice('g', 100);
  ledger.addTurn(ROOM, turn(7));
  expect(await ledger.today('g')).toEqual({ voiceMs: 100, tokens: 7 });
  expect(await store.usage('g', '2026-11-24')).toEqual({ voiceMs: 0, tokens: 0 });
  clock.advance(15_000);
  await ledger.save();
  expect(await store.usage('g', '2026-11-24')).toEqual({ voiceMs: 100, tokens: 7 });
  expect(await ledger.today('g')).toEqual({ voiceMs: 100, tokens: 7 });
  expect(clock.pending).toBe(0);
});

test('at midnight UTC a new day begins, and the old one is saved as what it was', async () => {
  const { clock, store, ledger } = setUp();
  ledger.addTurn(ROOM, turn(1));
  clock.stall(60_000);
  ledger.addTurn(ROOM, turn(2));
  expect(await ledger.today('g')).toEqual({ voiceMs: 0, tokens: 2 });
  await ledger.close();
  expect(await store.usage('g', '2026-11-24')).toEqual({ voiceMs: 0, tokens: 1 });
  expect(await store.usage('g', '2026-11-25')).toEqual({ voiceMs: 0, tokens: 2 });
  expect(clock.pending).toBe(0);
});

test('a report tells saved and unsaved tokens together, by what they are billed as, of the guild or of one room', async () => {
  const { ledger } = setUp();
  const detailed = {
    promptTokens: 110,
    responseTokens: 50,
    thoughtsTokens: 9,
    totalTokens: 169,
    prompt: { AUDIO: 80, IMAGE: 20 },
    response: { AUDIO: 50 },
  };
  ledger.addTurn(ROOM, detailed);
  ledger.addVoice('g', 1000);
  await ledger.save();
  ledger.addTurn(ROOM, turn(20, 5));
  ledger.addTurn({ ...ROOM, roomId: 'other' }, turn(1000));
  ledger.addTurn({ ...ROOM, guildId: 'h' }, turn(5000));
  ledger.addVoice('g', 500);
  const count = (kind: string, modality: string, tokens: number) => ({ model: ROOM.model, kind, modality, tokens });
  const room = await ledger.report('g', { fromDay: '2026-11-24', roomId: 'r' });
  expect(room.voiceMs).toBe(0);
  expect(new Set(room.tokens)).toEqual(
    new Set([
      count('prompt', 'AUDIO', 100),
      count('prompt', 'IMAGE', 20),
      // What the service did not break down.
      count('prompt', 'TEXT', 10),
      count('response', 'AUDIO', 55),
      count('thoughts', 'TEXT', 9),
    ]),
  );
  const guild = await ledger.report('g', { fromDay: '2026-11-24' });
  expect(guild.voiceMs).toBe(1500);
  expect(guild.tokens).toContainEqual(count('prompt', 'AUDIO', 1100));
  expect(await ledger.report('g', { fromDay: '2026-11-25' })).toEqual({ voiceMs: 0, tokens: [] });
});

test('what could not be saved still counts and is saved the next time, once', async () => {
  const { state, change } = refusing();
  const { clock, store, ledger, log } = setUp(change);
  ledger.addTurn(ROOM, turn(5));
  clock.advance(15_000);
  await ledger.save();
  ledger.addTurn(ROOM, turn(6));
  const reported = async () => (await ledger.report('g', { fromDay: '2026-11-24' })).tokens.map((it) => it.tokens);
  expect(await ledger.today('g')).toEqual({ voiceMs: 0, tokens: 11 });
  expect(await reported()).toEqual([11]);
  expect(log.messages('warn').length).toBeGreaterThan(0);
  state.works = true;
  await ledger.save();
  expect(await store.usage('g', '2026-11-24')).toEqual({ voiceMs: 0, tokens: 11 });
  expect(await ledger.today('g')).toEqual({ voiceMs: 0, tokens: 11 });
  expect(await reported()).toEqual([11]);
});

test('whatever turns come, saves fail and days pass: nothing is lost and nothing is counted twice', async () => {
  const amount = fc.nat(1000);
  const act = fc.oneof(
    fc.record({ room: fc.constantFrom('r', 's'), heard: amount, said: amount, unexplained: amount }),
    fc.constantFrom('save' as const, 'fail' as const, 'midnight' as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 20 }), async (acts) => {
      const { state, change } = refusing();
      const { clock, ledger } = setUp(change);
      let total = 0;
      for (const it of acts) {
        if (it === 'midnight') clock.stall(86_400_000);
        else if (it === 'save' || it === 'fail') {
          state.works = it === 'save';
          await ledger.save();
        } else {
          const { heard, said, unexplained } = it;
          const usage = turn(heard, said);
          ledger.addTurn(
            { ...ROOM, roomId: it.room },
            { ...usage, promptTokens: heard + unexplained, totalTokens: heard + said + unexplained },
          );
          total += heard + said + unexplained;
        }
        const { tokens } = await ledger.report('g', { fromDay: '2026-11-24' });
        expect(tokens.reduce((sum, one) => sum + one.tokens, 0)).toBe(total);
      }
    }),
  );
});

test('with a read-only store limits still hold, from memory, and yesterday is not kept', async () => {
  const { clock, ledger } = setUp((real) => ({ ...real, readOnly: true }));
  ledger.addTurn(ROOM, turn(5));
  expect(await ledger.today('g')).toEqual({ voiceMs: 0, tokens: 5 });
  clock.stall(60_000);
  ledger.addTurn(ROOM, turn(1));
  expect(await ledger.today('g')).toEqual({ voiceMs: 0, tokens: 1 });
  const { tokens } = await ledger.report('g', { fromDay: '2026-11-01' });
  expect(tokens.map((it) => it.tokens)).toEqual([1]);
  expect(clock.pending).toBe(0);
});
