import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  BARGE_IN_MS,
  INITIAL_TURN,
  stepTurn,
  type TurnEffect,
  type TurnEvent,
  type TurnOptions,
  type TurnState,
  WINDOW_CAP_MS,
} from '../../../src/turn/turn.ts';
import type { VoiceWindow } from '../../../src/types/audio-units.ts';

const OPTIONS: TurnOptions = { pauseMs: 600, interrupt: 'careful' };

/** Plays people into the turn machine: 20 ms packets, a detector window every 32 ms, a tick every 20 ms. */
class Scene {
  state: TurnState = INITIAL_TURN;
  readonly effects: { at: number; effect: TurnEffect }[] = [];
  now = 0;
  options: TurnOptions;
  readonly #windowFrom = new Map<string, number>();

  constructor(options: TurnOptions = OPTIONS) {
    this.options = options;
  }

  send(event: TurnEvent): void {
    const step = stepTurn(this.state, event, this.options);
    this.state = step.state;
    for (const effect of step.effects) this.effects.push({ at: this.now, effect });
  }

  /** Lets `ms` pass; each named speaker sends packets that the detector gives this probability. */
  pass(ms: number, speakers: Record<string, number> = {}): void {
    for (const id of Object.keys(speakers)) if (!this.#windowFrom.has(id)) this.#windowFrom.set(id, this.now);
    for (const id of [...this.#windowFrom.keys()]) if (!(id in speakers)) this.#windowFrom.delete(id);
    const end = this.now + ms;
    while (this.now < end) {
      for (const [speakerId, probability] of Object.entries(speakers)) {
        this.send({ type: 'packet', speakerId, at: this.now, silence: false });
        this.#windows(speakerId, probability);
      }
      this.send({ type: 'tick', now: this.now });
      this.now += 20;
    }
  }

  #windows(speakerId: string, probability: number): void {
    let from = this.#windowFrom.get(speakerId) ?? this.now;
    while (from + 32 <= this.now + 20) {
      const window: VoiceWindow = { speakerId, startsAt: from, endsAt: from + 32, probability };
      this.send({ type: 'voice', window, now: this.now });
      from += 32;
    }
    this.#windowFrom.set(speakerId, from);
  }

  kinds(): string[] {
    return this.effects.map((e) => e.effect.type);
  }

  at(kind: TurnEffect['type']): number {
    return this.effects.find((e) => e.effect.type === kind)?.at ?? Number.NaN;
  }
}

test('a sentence opens one window and closes it when the pause has run out', () => {
  const scene = new Scene();
  scene.pass(1000, { ada: 0.9 });
  scene.pass(2000);
  expect(scene.kinds()).toEqual(['openWindow', 'closeWindow']);
  const lastPacketAt = 980;
  expect(scene.at('closeWindow') - lastPacketAt).toBeLessThanOrEqual(OPTIONS.pauseMs + 40);
  expect(scene.at('closeWindow') - lastPacketAt).toBeGreaterThan(OPTIONS.pauseMs - 80);
});

test('a breath shorter than the pause does not end the sentence', () => {
  const scene = new Scene();
  scene.pass(600, { ada: 0.9 });
  scene.pass(400);
  scene.pass(600, { ada: 0.9 });
  expect(scene.kinds()).toEqual(['openWindow']);
});

test('an open microphone that sends noise opens nothing, and speech over it ends although the packets go on', () => {
  const scene = new Scene();
  scene.pass(3000, { ada: 0.1 });
  expect(scene.kinds()).toEqual([]);
  scene.pass(500, { ada: 0.9 });
  scene.pass(1000, { ada: 0.1 });
  expect(scene.kinds()).toEqual(['openWindow', 'closeWindow']);
});

test('the window reaches back to the packets before the detector was sure', () => {
  const scene = new Scene();
  scene.pass(96, { ada: 0.2 });
  scene.pass(200, { ada: 0.9 });
  const open = scene.effects[0]?.effect;
  expect(open).toMatchObject({ type: 'openWindow', speakers: [{ speakerId: 'ada', from: 0 }] });
});

test('one window of speech is no utterance: a click opens nothing', () => {
  const scene = new Scene();
  scene.pass(32, { ada: 0.9 });
  scene.pass(1000);
  expect(scene.kinds()).toEqual([]);
});

test('two people in one window: the second joins, and it closes after the last of them', () => {
  const scene = new Scene();
  scene.pass(400, { ada: 0.9 });
  scene.pass(400, { ada: 0.9, bob: 0.9 });
  scene.pass(800, { bob: 0.9 });
  scene.pass(1000);
  expect(scene.kinds()).toEqual(['openWindow', 'joinWindow', 'closeWindow']);
  expect(scene.at('closeWindow')).toBeGreaterThan(1600 + 500);
});

test('speech during the answer lowers it at once and stops it when it has lasted', () => {
  const scene = new Scene();
  scene.send({ type: 'playoutStarted', now: 0 });
  scene.pass(400, { ada: 0.9 });
  expect(scene.kinds()).toEqual(['duck', 'bargeIn', 'openWindow']);
  expect(scene.at('duck')).toBeLessThanOrEqual(40);
  expect(scene.at('bargeIn')).toBeGreaterThanOrEqual(BARGE_IN_MS);
  expect(scene.at('bargeIn')).toBeLessThanOrEqual(BARGE_IN_MS + 40);
});

test('a cough lowers the answer and gives it back', () => {
  const scene = new Scene();
  scene.send({ type: 'playoutStarted', now: 0 });
  scene.pass(60, { ada: 0.9 });
  scene.pass(1000);
  expect(scene.kinds()).toEqual(['duck', 'unduck']);
  expect(scene.state.floor.status).toBe('bot');
});

test('interrupt off: the answer is spoken to its end, then whoever still speaks is heard', () => {
  const scene = new Scene({ pauseMs: 600, interrupt: 'off' });
  scene.send({ type: 'playoutStarted', now: 0 });
  scene.pass(1000, { ada: 0.9 });
  expect(scene.kinds()).toEqual([]);
  scene.send({ type: 'playoutEnded', now: scene.now });
  expect(scene.kinds()).toEqual(['openWindow']);
});

test('interrupt quick: the second window of speech is enough', () => {
  const scene = new Scene({ pauseMs: 600, interrupt: 'quick' });
  scene.send({ type: 'playoutStarted', now: 0 });
  scene.pass(120, { ada: 0.9 });
  expect(scene.kinds()).toContain('bargeIn');
});

test('the answer ending while somebody starts to interrupt leaves the floor to them', () => {
  const scene = new Scene();
  scene.send({ type: 'playoutStarted', now: 0 });
  scene.pass(100, { ada: 0.9 });
  scene.send({ type: 'playoutEnded', now: scene.now });
  scene.pass(100, { ada: 0.9 });
  expect(scene.kinds()).toEqual(['duck', 'unduck', 'openWindow']);
});

test('an answer that ends while a cough lowers it leaves the next one as loud as ever', () => {
  const scene = new Scene();
  scene.send({ type: 'playoutStarted', now: 0 });
  scene.pass(60, { ada: 0.9 });
  scene.send({ type: 'playoutEnded', now: scene.now });
  scene.pass(1000);
  scene.send({ type: 'playoutStarted', now: scene.now });
  expect(scene.kinds().filter((kind) => kind !== 'openWindow' && kind !== 'closeWindow')).toEqual(['duck', 'unduck']);
});

test('somebody who leaves in mid-sentence closes their window', () => {
  const scene = new Scene();
  scene.pass(400, { ada: 0.9 });
  scene.send({ type: 'speakerLeft', speakerId: 'ada', now: scene.now });
  expect(scene.kinds()).toEqual(['openWindow', 'closeWindow']);
});

test('speech without an end is cut into windows of a minute without a gap', () => {
  const scene = new Scene();
  scene.pass(WINDOW_CAP_MS + 500, { ada: 0.9 });
  expect(scene.kinds()).toEqual(['openWindow', 'closeWindow', 'openWindow']);
  expect(scene.effects[2]?.at).toBe(scene.effects[1]?.at);
});

const anyEvent = (now: number): fc.Arbitrary<TurnEvent> => {
  const speakerId = fc.constantFrom('ada', 'bob', 'eve');
  return fc.oneof(
    speakerId.map((id): TurnEvent => ({ type: 'packet', speakerId: id, at: now, silence: false })),
    fc.tuple(speakerId, fc.double({ min: 0, max: 1, noNaN: true })).map(
      ([id, probability]): TurnEvent => ({
        type: 'voice',
        window: { speakerId: id, startsAt: now - 32, endsAt: now, probability },
        now,
      }),
    ),
    fc.constant<TurnEvent>({ type: 'tick', now }),
    fc.constant<TurnEvent>({ type: 'playoutStarted', now }),
    fc.constant<TurnEvent>({ type: 'playoutEnded', now }),
    speakerId.map((id): TurnEvent => ({ type: 'speakerLeft', speakerId: id, now })),
  );
};

test('whatever happens, windows open and close in turn and the bot is stopped only while it is heard', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 1_000_000 })), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(steps, fc.constantFrom('off', 'careful', 'quick'), (script, interrupt) => {
      let state = INITIAL_TURN;
      let now = 0;
      let windowOpen = false;
      for (const [delay, seed] of script) {
        now += delay;
        const event = fc.sample(anyEvent(now), { numRuns: 1, seed })[0];
        if (event === undefined) continue;
        const before = state.floor.status;
        const step = stepTurn(state, event, { pauseMs: 600, interrupt: interrupt as TurnOptions['interrupt'] });
        state = step.state;
        for (const effect of step.effects) {
          if (effect.type === 'openWindow') expect(windowOpen).toBe(false);
          if (effect.type === 'closeWindow' || effect.type === 'joinWindow') expect(windowOpen).toBe(true);
          if (effect.type === 'bargeIn') expect(['bot', 'contested', 'free']).toContain(before);
          windowOpen = effect.type === 'openWindow' || (windowOpen && effect.type !== 'closeWindow');
        }
        expect(state.floor.status === 'people').toBe(windowOpen);
      }
    }),
    { numRuns: 60 },
  );
});

test('a word spoken while the thread stood still is a turn, although the detector tells of it late', () => {
  const scene = new Scene();
  for (let at = 0; at < 500; at += 20) scene.send({ type: 'packet', speakerId: 'ada', at, silence: false });
  scene.now = 1_200;
  // All that was missed is caught up with: windows one by one, and the room's ticks between them.
  for (let from = 0; from + 32 <= 500; from += 32) {
    scene.send({
      type: 'voice',
      window: { speakerId: 'ada', startsAt: from, endsAt: from + 32, probability: 0.9 },
      now: scene.now,
    });
    scene.send({ type: 'tick', now: scene.now });
    scene.now += 1;
  }
  scene.pass(1_000);
  expect(scene.kinds()).toEqual(['openWindow', 'closeWindow']);
});

test('a detector that never catches up does not hold a window open', () => {
  const scene = new Scene();
  scene.pass(500, { ada: 0.9 });
  // Packets that nothing can be judged of.
  for (let at = scene.now; at < 1_500; at += 20) scene.send({ type: 'packet', speakerId: 'ada', at, silence: false });
  scene.now = 1_500;
  scene.pass(4_000);
  expect(scene.kinds()).toEqual(['openWindow', 'closeWindow']);
});
