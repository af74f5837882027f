import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  deadlineOf,
  JOIN_MS,
  type LinkEffect,
  type LinkModel,
  type LinkStep,
  startLink,
  stepLink,
} from '../../../src/voice/link-state.ts';

/** A link whose time is moved by hand; keeps every effect. */
function createRun() {
  let now = 0;
  const started = startLink({ channelId: 'c1', now });
  const effects: LinkEffect[] = [...started.effects];
  let model: LinkModel = started.model;
  const run = {
    get model() {
      return model;
    },
    effects,
    now: () => now,
    step(...steps: LinkStep[]) {
      for (const step of steps) {
        const next = stepLink(model, step, { now, random: () => 0.999_999 });
        model = next.model;
        effects.push(...next.effects);
      }
      return run;
    },
    wait(ms: number) {
      now += ms;
      return run;
    },
    /** Lets the next deadline come. */
    deadline() {
      now = deadlineOf(model.state) ?? now;
      return run.step({ type: 'deadline' });
    },
    count: (type: LinkEffect['type']) => effects.filter((effect) => effect.type === type).length,
  };
  return run;
}

const READY: LinkStep = { type: 'ready' };
const closed = (code: number): LinkStep => ({ type: 'closed', code });
const problem = (code: string) => expect.objectContaining({ reason: expect.objectContaining({ code }) });

test('joining asks once, and is ready when the library is', () => {
  const run = createRun().step({ type: 'connecting' }, READY);
  expect(run.model.state).toEqual({ status: 'ready' });
  expect(run.effects).toEqual([{ type: 'connect', leaveFirst: false }]);
});

test('a join that gets no answer is tried twice and ends after fifteen seconds', () => {
  const run = createRun().deadline();
  expect(run.now()).toBe(7000);
  expect(run.model.state).toMatchObject({ status: 'joining', attempt: 2 });
  expect(run.effects.at(-1)).toEqual({ type: 'connect', leaveFirst: true });
  run.deadline();
  expect(run.now()).toBe(JOIN_MS);
  expect(run.model.state).toEqual(problem('VOICE_JOIN_TIMEOUT'));
  expect(run.effects.at(-1)).toEqual({ type: 'disconnect', leave: true });
  expect(run.count('connect')).toBe(2);
});

test('a join that is closed again and again ends in time and says with which code', () => {
  const run = createRun();
  while (run.model.state.status === 'joining') run.step({ type: 'connecting' }, closed(4006)).deadline();
  expect(run.now()).toBe(JOIN_MS);
  expect(run.model.state).toMatchObject({ reason: { code: 'VOICE_JOIN_TIMEOUT', details: { closeCode: 4006 } } });
});

test('a resume is the library’s, for ten seconds', () => {
  const run = createRun().step(READY, { type: 'resuming' });
  expect(run.model.state).toMatchObject({ status: 'recovering', phase: { kind: 'resuming' }, resumeAt: 10_000 });
  expect(run.step(READY).model.state.status).toBe('ready');
  run.step({ type: 'resuming' }).deadline();
  expect(run.model.state).toMatchObject({ status: 'recovering', phase: { kind: 'backoff', leaveFirst: true } });
  run.deadline();
  expect(run.effects.at(-1)).toEqual({ type: 'connect', leaveFirst: true });
});

test('a socket that resumes over and over is given up for a rejoin, one that does so now and then is not', () => {
  const run = createRun().step(READY);
  for (let i = 0; i < 5; i++) run.step({ type: 'resuming' }, READY);
  expect(run.model.state.status).toBe('ready');
  run.step({ type: 'resuming' });
  expect(run.model.state).toMatchObject({ phase: { kind: 'backoff', leaveFirst: true } });

  const steady = createRun().step(READY);
  for (let i = 0; i < 30; i++) steady.wait(20_000).step({ type: 'resuming' }, READY);
  expect(steady.model).toMatchObject({ state: { status: 'ready' }, failures: [] });
});

test('a rejoin waits for its back-off and starts from nothing', () => {
  const run = createRun().step(READY, closed(4006));
  expect(run.model.state).toMatchObject({ status: 'recovering', attempt: 1, resumeAt: expect.closeTo(1000, 0) });
  expect(run.count('connect')).toBe(1);
  run.deadline();
  expect(run.effects.at(-1)).toEqual({ type: 'connect', leaveFirst: false });
  expect(run.step({ type: 'connecting' }, READY).model.state.status).toBe('ready');
});

test('a second close while a rejoin is due changes nothing', () => {
  const run = createRun().step(READY, closed(4006));
  const { state } = run.model;
  expect(run.step(closed(4006), closed(1006)).model.state).toBe(state);
});

test('moved by a moderator: the new server is followed without asking', () => {
  const run = createRun().step(READY, { type: 'channel', channelId: 'c2' }, closed(4014));
  expect(run.effects).toContainEqual({ type: 'moved', channelId: 'c2' });
  expect(run.model.state).toMatchObject({ phase: { kind: 'waiting' }, resumeAt: 5000 });
  run.step({ type: 'connecting' }, READY);
  expect(run.model.state.status).toBe('ready');
  expect(run.model.channelId).toBe('c2');
  expect(run.count('connect')).toBe(1);
});

test('a move whose new server comes before the close goes through without a failure', () => {
  const run = createRun().step(READY, { type: 'channel', channelId: 'c2' }, { type: 'connecting' }, READY);
  expect(run.model.state.status).toBe('ready');
  expect(run.model.failures).toEqual([]);
});

test.each([
  ['the close code', [closed(4014)]],
  ['the gateway', [{ type: 'channel', channelId: null }]],
  ['both', [{ type: 'channel', channelId: null }, closed(4014)]],
  ['the gateway, and the socket breaks', [{ type: 'channel', channelId: null }, closed(1006)]],
] as [string, LinkStep[]][])('kicked, as %s tells: over after five seconds, never rejoined', (_, steps) => {
  const run = createRun()
    .step(READY, ...steps)
    .deadline();
  expect(run.now()).toBe(5000);
  expect(run.model.state).toEqual(problem('VOICE_KICKED'));
  expect(run.effects.at(-1)).toEqual({ type: 'disconnect', leave: false });
  expect(run.count('connect')).toBe(1);
});

test('the gateway’s "no channel" is no kick while joining or rejoining: we may have left first ourselves', () => {
  const left: LinkStep = { type: 'channel', channelId: null };
  expect(createRun().step(left).model.state.status).toBe('joining');
  const run = createRun().step(READY, closed(4006)).deadline().step(left, { type: 'connecting' }, READY);
  expect(run.model.state.status).toBe('ready');
});

test('a voice server that is taken away is waited for, fifteen seconds', () => {
  const run = createRun().step(READY, { type: 'endpointRemoved' });
  expect(run.model.state).toMatchObject({ phase: { kind: 'waiting', otherwise: 'VOICE_LOST' }, resumeAt: 15_000 });
  expect(createRun().step(READY, { type: 'endpointRemoved' }, { type: 'connecting' }, READY).model.state.status).toBe(
    'ready',
  );
  expect(run.deadline().model.state).toEqual(problem('VOICE_LOST'));
});

test('4022 is never answered by us; a region move brings its own server', () => {
  const run = createRun().step(READY, closed(4022)).deadline();
  expect(run.model.state).toEqual(problem('VOICE_CALL_TERMINATED'));
  expect(run.count('connect')).toBe(1);
});

test('a rejoin waits for a gateway that is down, and gives up on one that stays down', () => {
  const down = createRun().step(READY, { type: 'gateway', up: false }, closed(4006)).deadline();
  expect(down.model.state).toMatchObject({ phase: { kind: 'gatewayDown' } });
  expect(down.count('connect')).toBe(1);
  down.step({ type: 'gateway', up: true });
  expect(down.count('connect')).toBe(2);

  const dead = createRun().step(READY, { type: 'gateway', up: false }, closed(4006)).deadline().deadline();
  expect(dead.model.state).toEqual(problem('VOICE_GATEWAY_DOWN'));
});

test('a gateway that goes down and comes back does not touch a link that is ready', () => {
  const run = createRun().step(READY, { type: 'gateway', up: false }, { type: 'gateway', up: true });
  expect(run.model.state.status).toBe('ready');
  expect(run.count('connect')).toBe(1);
});

test.each([
  [{ type: 'payloadFailed' }, 'VOICE_GATEWAY_DOWN'],
  [{ type: 'budgetSpent' }, 'VOICE_GATEWAY_BUDGET'],
] as [LinkStep, string][])('%o ends the link', (step, code) => {
  expect(createRun().step(step).model.state).toEqual(problem(code));
});

test('failing encryption is repaired in place, then by leaving and joining, then given up', () => {
  const failed: LinkStep = { type: 'encryptionFailed' };
  const run = createRun().step(READY, failed);
  expect(run.effects.at(-1)).toEqual({ type: 'recoverEncryption' });
  expect(run.model.state.status).toBe('ready');
  run.step(failed);
  expect(run.effects.at(-1)).toEqual({ type: 'connect', leaveFirst: true });
  run.step(READY, failed, failed, READY, failed);
  expect(run.model.state).toEqual(problem('VOICE_ENCRYPTION_FAILED'));
});

const anyStep: fc.Arbitrary<LinkStep> = fc.oneof(
  fc.constantFrom<LinkStep>(
    { type: 'connecting' },
    { type: 'ready' },
    { type: 'resuming' },
    { type: 'endpointRemoved' },
    { type: 'encryptionFailed' },
    { type: 'deadline' },
    { type: 'gateway', up: true },
    { type: 'gateway', up: false },
    { type: 'channel', channelId: null },
    { type: 'channel', channelId: 'c1' },
    { type: 'channel', channelId: 'c2' },
  ),
  fc.constantFrom(1000, 1006, 4001, 4006, 4009, 4014, 4015, 4017, 4021, 4022).map(closed),
);

test('whatever happens, a link that is not ready has a deadline, and deadlines alone end it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyStep, fc.nat(3000)), { maxLength: 40 }), (steps) => {
      const run = createRun();
      for (const [step, ms] of steps) run.wait(ms).step(step);
      for (let i = 0; i < 30 && deadlineOf(run.model.state) !== null; i++) run.deadline();
      expect(['ready', 'closed']).toContain(run.model.state.status);
    }),
  );
});

test('whatever happens, a closed link disconnects exactly once and asks for nothing more', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 20 }), fc.array(anyStep, { maxLength: 20 }), (before, after) => {
      const run = createRun().step(...before, { type: 'leave' });
      const { state } = run.model;
      const { length } = run.effects;
      run.step(...after, { type: 'leave' });
      expect(run.model.state).toBe(state);
      expect(run.effects).toHaveLength(length);
      expect(run.effects.filter((effect) => effect.type === 'disconnect')).toHaveLength(1);
    }),
  );
});

test('a voice server that closes whatever it is asked sees at most six connections in five minutes', () => {
  fc.assert(
    fc.property(fc.constantFrom(4006, 4009, 4017, 4021, 4022, 4014, 4001, 1006), (code) => {
      const run = createRun().step(READY);
      while (run.model.state.status !== 'closed') run.step({ type: 'connecting' }, READY, closed(code)).deadline();
      expect(run.count('connect')).toBeLessThanOrEqual(6);
    }),
  );
});
