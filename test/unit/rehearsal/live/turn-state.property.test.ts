import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Pace,
  startTurn,
  stepTurn,
  type TurnEffect,
  type TurnEvent,
  type TurnState,
  wakeAt,
} from '../../../../src/rehearsal/live/turn-state.ts';

const pace: Pace = { samplesPerMs: 24, chunk: 960, speed: 4 };

interface Happened {
  readonly at: number;
  readonly effect: TurnEffect;
}

/** What happens to a turn besides time: audio is made, it calls, is answered, stopped. */
const arbitraryAct = fc.oneof(
  fc.record({ kind: fc.constant('make' as const), samples: fc.integer({ min: 1, max: 100_000 }) }),
  fc.record({ kind: fc.constantFrom('end' as const, 'call' as const, 'answer' as const, 'stop' as const) }),
);
const arbitraryLife = fc.array(fc.record({ after: fc.nat({ max: 3000 }), act: arbitraryAct }), { maxLength: 12 });

/** Lives a turn through, waking it when it wants; at the end everything is made and time runs out. */
function live(life: typeof arbitraryLife extends fc.Arbitrary<infer T> ? T : never) {
  let now = 0;
  let made = 0;
  let ended = false;
  let state: TurnState = startTurn(250);
  const happened: Happened[] = [];
  const apply = (event: TurnEvent): void => {
    const step = stepTurn(state, event, now, pace);
    state = step.state;
    happened.push(...step.effects.map((effect) => ({ at: now, effect })));
  };
  const passUntil = (end: number): void => {
    for (let at = wakeAt(state, pace); at !== null && at <= end; at = wakeAt(state, pace)) {
      now = Math.max(now, at);
      apply({ type: 'tick' });
    }
    now = end;
  };
  for (const { after, act } of life) {
    passUntil(now + after);
    if (act.kind === 'make' && !ended) made += act.samples;
    if (act.kind === 'end') ended = true;
    if (act.kind === 'call') apply({ type: 'called' });
    else if (act.kind === 'answer') apply({ type: 'answered', speakAt: now + 250 });
    else if (act.kind === 'stop') apply({ type: 'stop', interruptedAt: now + 300 });
    else apply({ type: 'supply', supply: { available: made, ended } });
  }
  apply({ type: 'answered', speakAt: now });
  apply({ type: 'supply', supply: { available: made, ended: true } });
  passUntil(now + 1_000_000);
  return { happened, state, made };
}

const ofType = (happened: readonly Happened[], type: TurnEffect['type']) =>
  happened.filter(({ effect }) => effect.type === type);

test('however it goes, a turn ends once, and says the one thing or the other', () => {
  fc.assert(
    fc.property(arbitraryLife, (life) => {
      const { happened, state } = live(life);
      expect(state.status).toBe('over');
      expect(happened.at(-1)?.effect.type).toBe('turnComplete');
      expect(ofType(happened, 'turnComplete')).toHaveLength(1);
      const interrupted = ofType(happened, 'interrupted').length;
      expect(interrupted).toBeLessThanOrEqual(1);
      expect(interrupted + ofType(happened, 'generationComplete').length).toBeGreaterThanOrEqual(1);
    }),
  );
});

test('audio goes out without gap or repetition, and none after the end of generation or an interruption', () => {
  fc.assert(
    fc.property(arbitraryLife, (life) => {
      const { happened, made } = live(life);
      let at = 0;
      let silenced = false;
      for (const { effect } of happened) {
        if (effect.type !== 'audio') {
          silenced = true;
          continue;
        }
        expect(silenced).toBe(false);
        expect(effect.from).toBe(at);
        expect(effect.to).toBeGreaterThan(at);
        at = effect.to;
      }
      if (ofType(happened, 'interrupted').length === 0) expect(at).toBe(made);
    }),
  );
});

test('never faster than its pace, never over before it would have been played', () => {
  fc.assert(
    fc.property(arbitraryLife, (life) => {
      const { happened } = live(life);
      const audio = happened.flatMap(({ at, effect }) => (effect.type === 'audio' ? [{ at, to: effect.to }] : []));
      const [first] = audio;
      if (first === undefined) return;
      for (const { at, to } of audio) {
        const atMost = (at - first.at) * pace.samplesPerMs * pace.speed + pace.chunk;
        expect(to).toBeLessThanOrEqual(atMost + 1);
      }
      if (ofType(happened, 'interrupted').length > 0) return;
      const played = first.at + (audio.at(-1)?.to ?? 0) / pace.samplesPerMs;
      expect(happened.at(-1)?.at ?? 0).toBeGreaterThanOrEqual(played);
    }),
  );
});

test('what is stopped is told so when it was to be, not before and not after', () => {
  fc.assert(
    fc.property(arbitraryLife, fc.nat({ max: 5000 }), (life, after) => {
      const stopping = [...life.filter(({ act }) => act.kind !== 'stop'), { after, act: { kind: 'stop' as const } }];
      const { happened } = live(stopping);
      const [interrupted] = ofType(happened, 'interrupted');
      if (interrupted === undefined) return;
      const stoppedAt = stopping.reduce((sum, each) => sum + each.after, 0);
      expect(interrupted.at).toBe(stoppedAt + 300);
      expect(happened.at(-1)?.at).toBe(interrupted.at);
    }),
  );
});
