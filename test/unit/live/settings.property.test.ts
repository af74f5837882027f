import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type RoomSettings } from '../../../src/types/settings.ts';
import type { ScriptedConnection } from '../../kit/scripted-transport.ts';
import { createLiveHarness } from './harness.ts';

const VOICES = ['Kore', 'Puck', 'Leda'] as const;
type Act = 'voice' | 'pause' | 'start' | 'end' | 'answer' | 'finish' | 'drop' | 'goAway' | 'up' | 'wait' | 'reset';
const ACTS: readonly Act[] = [
  'voice',
  'pause',
  'start',
  'end',
  'answer',
  'finish',
  'drop',
  'goAway',
  'up',
  'wait',
  'reset',
];

const acts = fc.array(fc.tuple(fc.constantFrom(...ACTS, 'up' as const, 'voice' as const), fc.nat(100)), {
  maxLength: 60,
});

test('whatever else happens, what was set last comes into force, and nothing is told in force that is not', () => {
  fc.assert(
    fc.property(acts, (script) => {
      const bench = createBench();
      for (const [act, number] of script) bench.act(act, number);
      bench.settle();
      // A service that fails over and over ends the session; there is nothing to come into force then.
      fc.pre(bench.live.session.state.status !== 'closed');
      expect(bench.lastApplied()).toBe(bench.lastSet());
      expect(bench.live.connections.filter(({ over }) => !over)).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
});

function createBench() {
  const live = createLiveHarness({ revision: 0 });
  const setUp = new WeakSet<ScriptedConnection>();
  const voices: string[] = [DEFAULT_SETTINGS.voice];
  let settings: RoomSettings = DEFAULT_SETTINGS;
  let checked = 0;
  live.session.open();

  const change = (to: Partial<RoomSettings>): void => {
    settings = { ...settings, ...to };
    live.session.applySettings(settings, voices.push(settings.voice) - 1);
  };
  const working = (): ScriptedConnection | null => {
    const connection = live.connections.at(-1);
    return connection && !connection.over && setUp.has(connection) ? connection : null;
  };
  const up = (): void => {
    const connection = live.connections.at(-1);
    if (connection?.end === 'closed') connection.ends({ code: 1000 });
    if (!connection || connection.over || setUp.has(connection)) return;
    setUp.add(connection);
    connection.opens();
    connection.says({ setupComplete: {} });
  };
  const perform: Readonly<Record<Act, (number: number) => void>> = {
    voice: (number) => change({ voice: VOICES[number % 3] ?? 'Kore' }),
    pause: (number) => change({ pauseMs: 300 + number }),
    start: () => {
      live.session.startWindow({ speakers: ['Anna'], notes: [] });
      live.session.sendAudio(new Int16Array(320));
    },
    end: () => live.session.endWindow(),
    answer: () => working() && live.answers(),
    finish: (number) => working() && live.finishes(number % 3 === 0 ? undefined : `h${live.told.length}`),
    drop: () => live.connections.at(-1)?.ends(),
    goAway: () => working()?.says({ goAway: { timeLeft: '10s' } }),
    up,
    wait: (number) => live.clock.advance(number * 20),
    reset: () => live.session.reset(),
  };
  /** Whatever was told since the last look is true of the setup that was sent last. */
  const check = (): void => {
    for (; checked < live.told.length; checked++) {
      const [, revision] = /^applied (\d+)$/.exec(live.told[checked] ?? '') ?? [];
      if (revision === undefined) continue;
      const [setup] = live.connections.findLast(({ sent }) => sent.length > 0)?.sent ?? [];
      expect(JSON.stringify(setup)).toContain(`"voiceName":"${voices[Number(revision)]}"`);
    }
  };
  const applied = (): number[] =>
    live.told.flatMap((it) => (it.startsWith('applied ') ? [Number(it.slice('applied '.length))] : []));

  return {
    live,
    act(act: Act, number: number) {
      perform[act](number);
      check();
    },
    /** The service works again and answers everything. */
    settle() {
      live.session.endWindow();
      for (let round = 0; round < 12; round++) {
        up();
        if (working()) live.finishes(`settled ${round}`);
        check();
        // Long enough for every back-off, and too short for a socket that is being opened to be given up.
        if (live.latest().over) live.clock.advance(60_000);
      }
    },
    lastSet: () => voices.length - 1,
    lastApplied() {
      const told = applied();
      expect(told).toEqual(told.toSorted((a, b) => a - b));
      return told.at(-1);
    },
  };
}
