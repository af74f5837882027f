import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AutomaticEffect,
  INITIAL_AUTOMATIC,
  releaseStream,
  STREAM_TAIL_MS,
  stepAutomatic,
} from '../../../src/turn/automatic.ts';
import { MIX_LAG_MS } from '../../../src/turn/mixdown.ts';
import type { TurnEvent } from '../../../src/turn/turn.ts';
import type { InterruptMode } from '../../../src/types/settings.ts';

const FRAME_MS = 20;
const WINDOW_MS = 32;

/** A room on a clock: people speak in packets and windows, and every effect is kept with its time. */
function bench({ interrupt = 'careful' as InterruptMode, pauseMs = 600 } = {}) {
  let state = INITIAL_AUTOMATIC;
  let now = 10_000;
  const effects: (AutomaticEffect & { readonly seen: number })[] = [];
  const take = ({ state: next, effects: more }: ReturnType<typeof stepAutomatic>): void => {
    state = next;
    effects.push(...more.map((effect) => ({ ...effect, seen: now })));
  };
  const step = (event: TurnEvent): void => take(stepAutomatic(state, event, { interrupt, pauseMs }));
  const frame = (): void => {
    now += FRAME_MS;
    step({ type: 'tick', now });
  };
  return {
    effects,
    get now() {
      return now;
    },
    get state() {
      return state;
    },
    types: () => effects.map(({ type }) => type),
    of: (type: AutomaticEffect['type']) => effects.filter((it) => it.type === type),
    step,
    /** Packets for so long, of speech or of noise. */
    sound(speakerId: string, ms: number, probability = 1) {
      for (let at = 0, judged = 0; at < ms; at += FRAME_MS) {
        step({ type: 'packet', speakerId, at: now, silence: false });
        frame();
        for (; judged + WINDOW_MS <= at + FRAME_MS; judged += WINDOW_MS) {
          const startsAt = now - WINDOW_MS;
          step({ type: 'voice', window: { speakerId, startsAt, endsAt: now, probability }, now });
        }
      }
    },
    wait(ms: number) {
      for (let at = 0; at < ms; at += FRAME_MS) frame();
    },
    botStarts: () => step({ type: 'playoutStarted', now }),
    botEnds: () => step({ type: 'playoutEnded', now }),
    release: () => take(releaseStream(state, now)),
  };
}

test('the stream goes from the first packet of anybody to a second of silence after the last', () => {
  const room = bench();
  room.step({ type: 'packet', speakerId: 'ada', at: room.now, silence: true });
  expect(room.types()).toEqual([]);
  const startedAt = room.now;
  room.sound('ada', 400, 0);
  room.sound('ben', 400, 0);
  const last = room.now - FRAME_MS;
  room.wait(800);
  room.sound('ada', 100, 0);
  expect(room.types()).toEqual(['openStream', 'joinStream']);
  room.wait(STREAM_TAIL_MS + 100);
  expect(room.effects).toMatchObject([
    { type: 'openStream', speaker: { speakerId: 'ada', from: startedAt - MIX_LAG_MS } },
    { type: 'joinStream', speaker: { speakerId: 'ben' } },
    { type: 'closeStream' },
  ]);
  expect(room.effects[2]?.seen).toBe(last + 800 + 100 + STREAM_TAIL_MS);
});

test('what is believed to be speech is a turn: the first who speaks, who joins, and the pause that ends it', () => {
  const room = bench({ pauseMs: 400 });
  room.sound('ada', 300);
  room.sound('ben', 300);
  const lastSpeech = room.now;
  room.wait(500);
  expect(room.of('speech')).toMatchObject([
    { speakerId: 'ada', first: true },
    { speakerId: 'ben', first: false },
  ]);
  const [quiet] = room.of('quiet');
  expect(quiet).toMatchObject({ type: 'quiet' });
  expect(lastSpeech - (quiet as { lastSpeechAt: number }).lastSpeechAt).toBeLessThanOrEqual(2 * WINDOW_MS);
  room.sound('ada', 200);
  expect(room.of('speech').at(-1)).toMatchObject({ speakerId: 'ada', first: true });
});

test('noise opens a stream and no turn, and lowers nobody', () => {
  const room = bench();
  room.botStarts();
  room.sound('ada', 2_000, 0.1);
  expect(room.types()).toEqual(['openStream']);
});

test('speech lowers the bot at its onset and silences it 200 ms on; a cough gives it back and opens no turn', () => {
  const room = bench();
  room.botStarts();
  room.sound('ada', 60);
  expect(room.types()).toEqual(['openStream', 'duck']);
  room.wait(400);
  expect(room.types()).toEqual(['openStream', 'duck', 'unduck']);
  const from = room.now;
  room.sound('ada', 400);
  expect(room.types().slice(3)).toEqual(['duck', 'bargeIn', 'speech']);
  expect((room.of('bargeIn')[0]?.seen ?? 0) - from).toBeGreaterThanOrEqual(200);
  expect((room.of('bargeIn')[0]?.seen ?? 0) - from).toBeLessThanOrEqual(300);
});

test('quick silences with the first belief, off never does and still hears the turn', () => {
  const quick = bench({ interrupt: 'quick' });
  quick.botStarts();
  quick.sound('ada', 100);
  expect(quick.types()).toContain('bargeIn');
  const off = bench({ interrupt: 'off' });
  off.botStarts();
  off.sound('ada', 1_000);
  expect(off.types()).toEqual(['openStream', 'speech']);
});

test('who was speaking when the service began to answer does not silence it by that, but by going on', () => {
  const ended = bench();
  ended.sound('ada', 500);
  ended.botStarts();
  ended.wait(700);
  expect(ended.types()).toEqual(['openStream', 'speech', 'quiet']);
  const goesOn = bench();
  goesOn.sound('ada', 500);
  goesOn.botStarts();
  goesOn.sound('ada', 500);
  expect(goesOn.types()).toEqual(['openStream', 'speech', 'quiet', 'duck', 'bargeIn', 'speech']);
});

test('an answer that is over before its question is quiet opens no turn of it', () => {
  const room = bench({ pauseMs: 2_000 });
  room.sound('ada', 500);
  room.botStarts();
  room.wait(300);
  room.botEnds();
  room.wait(300);
  expect(room.of('speech')).toHaveLength(1);
});

test('whoever leaves ends their turn, and a room that closes its stream', () => {
  const room = bench();
  room.sound('ada', 500);
  room.step({ type: 'speakerLeft', speakerId: 'ada', now: room.now });
  expect(room.types()).toEqual(['openStream', 'speech', 'quiet']);
  room.sound('ben', 500);
  room.release();
  expect(room.types().slice(3)).toEqual(['joinStream', 'speech', 'quiet', 'closeStream']);
  room.release();
  expect(room.types()).toHaveLength(7);
});

const act = fc.oneof(
  fc.tuple(
    fc.constant('sound' as const),
    fc.constantFrom('ada', 'ben'),
    fc.integer({ min: 20, max: 1_500 }),
    fc.constantFrom(0, 0.4, 1),
  ),
  fc.tuple(fc.constant('wait' as const), fc.integer({ min: 20, max: 1_500 })),
  fc.tuple(fc.constantFrom('botStarts' as const, 'botEnds' as const, 'release' as const)),
  fc.tuple(fc.constant('left' as const), fc.constantFrom('ada', 'ben')),
);

test('streams and turns never nest, never end twice, and all of them end when everybody is quiet', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), fc.constantFrom('off', 'careful', 'quick'), (acts, interrupt) => {
      const room = bench({ interrupt: interrupt as InterruptMode });
      for (const [kind, ...given] of acts) {
        if (kind === 'sound') room.sound(...(given as [string, number, number]));
        else if (kind === 'wait') room.wait(given[0] as number);
        else if (kind === 'left') room.step({ type: 'speakerLeft', speakerId: given[0] as string, now: room.now });
        else room[kind]();
      }
      room.botEnds();
      room.wait(3_000);
      let open = false;
      let talking = false;
      let ducked = false;
      for (const effect of room.effects) {
        if (effect.type === 'openStream' || effect.type === 'closeStream') {
          expect(open).toBe(effect.type === 'closeStream');
          open = !open;
        }
        if (effect.type === 'joinStream') expect(open).toBe(true);
        if (effect.type === 'speech') {
          expect(effect.first).toBe(!talking);
          talking = true;
        }
        if (effect.type === 'quiet') {
          expect(talking).toBe(true);
          talking = false;
        }
        if (effect.type === 'duck') expect(ducked).toBe(false);
        if (effect.type === 'unduck') expect(ducked).toBe(true);
        if (effect.type === 'duck' || effect.type === 'unduck') ducked = effect.type === 'duck';
        if (effect.type === 'bargeIn') ducked = false;
      }
      expect([open, talking]).toEqual([false, false]);
    }),
    { numRuns: 300 },
  );
});
