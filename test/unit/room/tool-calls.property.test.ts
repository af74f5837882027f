import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallEnd, FunctionCall } from '../../../src/live/live-session.ts';
import {
  MOST_CALLS,
  NO_CALLS,
  stepToolCalls,
  type ToolCallsEvent,
  toolCallsDeadline,
} from '../../../src/room/tool-calls-state.ts';
import { toolDeclaration } from '../../kit/tool-declaration.ts';

interface Asked {
  /** Turns of people before it. */
  readonly turn: number;
  readonly key: string;
  readonly actors: string;
}

interface CallRecord extends Asked {
  responses: number;
  withdrawn: boolean;
  readonly message: number;
}

interface ExecutionRecord extends Asked {
  end: 'none' | 'result' | 'abort';
}

/** The service, the members and whoever executes calls, all at random; the rules are checked at every step. */
function createWorld() {
  const calls = new Map<string, CallRecord>();
  const executions = new Map<string, ExecutionRecord>();
  const counts = new Map<string, number>();
  /** Executions that answered calls of a message, by message. */
  const used = new Map<number, Set<string>>();
  let state = NO_CALLS;
  let now = 1_000;
  let ids = 0;
  let messages = 0;
  let turn = 0;

  const keyOf = (name: string, args: unknown): string => `${name} ${JSON.stringify(args)}`;

  const responded = (id: string, response: Readonly<Record<string, unknown>>): void => {
    const call = calls.get(id);
    if (call === undefined) throw new Error(`a response to ${id}, which was never called`);
    expect(call.withdrawn, `${id} was withdrawn`).toBe(false);
    expect(++call.responses, `${id} has one response`).toBe(1);
    const by = response['output'];
    if (typeof by !== 'string') return;
    const execution = executions.get(by);
    // Of its own function, arguments and members, and of the same turn: a new one runs anew.
    expect(execution).toMatchObject({ key: call.key, actors: call.actors, turn: call.turn });
    const ofMessage = used.get(call.message) ?? new Set();
    expect(ofMessage.has(by), 'two calls of one message are two').toBe(false);
    used.set(call.message, ofMessage.add(by));
  };

  const take = (event: ToolCallsEvent): void => {
    const step = stepToolCalls(state, event, { now, newId: () => `x${++ids}` });
    state = step.state;
    for (const effect of step.effects) {
      if (effect.type === 'count') counts.set(effect.name, (counts.get(effect.name) ?? 0) + 1);
      if (effect.type === 'respond') responded(effect.response.id, effect.response.response);
      if (effect.type === 'abort') {
        const execution = executions.get(effect.id);
        expect(execution?.end, `${effect.id} is running`).toBe('none');
        if (execution) execution.end = 'abort';
      }
      if (effect.type !== 'execute') continue;
      const { callId, name, args, actorIds, deadlineAt } = effect.request;
      expect(deadlineAt).toBeGreaterThan(now);
      executions.set(callId, { key: keyOf(name, args), actors: actorIds.join(), end: 'none', turn });
    }
    const running = [...executions.values()].filter(({ end }) => end === 'none');
    expect(running.length).toBeLessThanOrEqual(MOST_CALLS);
  };

  const open = (): string[] =>
    [...calls].flatMap(([id, { responses, withdrawn }]) => (responses === 0 && !withdrawn ? [id] : []));

  const newTurn = (type: 'spokenOver' | 'asked' | 'stopped'): void => {
    take({ type });
    turn++;
  };

  return {
    counts,
    calls,
    executions,
    take,
    open,
    newTurn,
    call(wanted: readonly { name: string; args: number; blocking: boolean; actor: string }[], speaking: boolean): void {
      messages++;
      const these = wanted.map(({ name, args, blocking, actor }): FunctionCall => {
        const id = `c${calls.size + 1}`;
        const it = { key: keyOf(name, { args }), actors: actor, turn, responses: 0, withdrawn: false };
        calls.set(id, { ...it, message: messages });
        const declared = name === 'dream' ? null : toolDeclaration(name, { blocking });
        return { id, name, args: { args }, declared, blocking, actorIds: [actor] };
      });
      take({ type: 'called', calls: these, speaking });
    },
    end(which: number, why: CallEnd): void {
      const ended = [...calls.keys()].filter((_, at) => at % 3 !== which % 3);
      for (const id of ended) {
        const call = calls.get(id);
        if (call?.responses === 0) call.withdrawn = true;
      }
      take({ type: 'ended', callIds: ended, why });
    },
    result(which: number): void {
      const [id, execution] = [...executions][which % Math.max(1, executions.size)] ?? [];
      if (id === undefined || execution === undefined) return;
      if (execution.end === 'none') execution.end = 'result';
      take({ type: 'result', id, outcome: which % 5 === 0 ? { error: 'no' } : { output: id } });
    },
    abandon(): void {
      for (const id of open()) {
        const call = calls.get(id);
        if (call) call.withdrawn = true;
      }
      take({ type: 'abandoned' });
    },
    pass(ms: number): void {
      now += ms;
      take({ type: 'tick' });
    },
    /** Whoever waits has an end to wait for. */
    settle(): void {
      for (let due = toolCallsDeadline(state); due !== null; due = toolCallsDeadline(state)) {
        expect(due, 'what is due is done').toBeGreaterThan(now);
        now = due;
        take({ type: 'tick' });
      }
    },
  };
}

type World = ReturnType<typeof createWorld>;

const oneCall = fc.record({
  name: fc.constantFrom('roll', 'roll', 'look_up', 'dream'),
  args: fc.nat(1),
  blocking: fc.boolean(),
  actor: fc.constantFrom('ada', 'ada', 'ben'),
});
const act: fc.Arbitrary<(world: World) => void> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.array(oneCall, { minLength: 1, maxLength: 3 }), fc.nat(5)).map(
      ([calls, speaks]) =>
        (world: World) =>
          world.call(calls, speaks === 0),
    ),
  },
  { weight: 3, arbitrary: fc.nat(40).map((which) => (world: World) => world.result(which)) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(2), fc.constantFrom<CallEnd>('announced', 'interrupted', 'dropped')).map(
      ([which, why]) =>
        (world: World) =>
          world.end(which, why),
    ),
  },
  { weight: 2, arbitrary: fc.nat(12_000).map((ms) => (world: World) => world.pass(ms)) },
  fc
    .constantFrom('spokenOver' as const, 'asked' as const, 'stopped' as const)
    .map((type) => (world: World) => world.newTurn(type)),
  fc.constant((world: World) => world.abandon()),
);

test('whatever happens in whatever order, every call ends in exactly one response or one recorded cancellation', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const world = createWorld();
      for (const each of acts) each(world);
      world.settle();
      for (const [id, { responses, withdrawn }] of world.calls) {
        expect([responses, withdrawn], id).toEqual(withdrawn ? [0, true] : [1, false]);
      }
      for (const [id, { end }] of world.executions) expect(end, id).not.toBe('none');
      const withdrawn = [...world.calls.values()].filter((call) => call.withdrawn).length;
      expect(world.counts.get('tool_calls_cancelled_total') ?? 0).toBeGreaterThanOrEqual(withdrawn);
    }),
    { numRuns: 2_000 },
  );
});
