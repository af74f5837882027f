/**
 * The calls of one room: which are being executed, for whom, until when, and what each is answered with. Every call ends in exactly
 * one response, or in a cancellation that is recorded (DESIGN.md §6, Tools). Pure: time and ids come in, effects go out.
 *
 * A call and its execution are two things. The service drops calls without a word and calls again under another id (reference/
 * live-api.md §3.4): an execution whose response was lost, or never went out, is kept for a while and answers the call that comes
 * again, so that nothing is done twice.
 */
import type { CallEnd, FunctionCall, FunctionResponse } from '../live/live-session.ts';
import type { ToolOutcome, ToolRequest } from '../types/tools.ts';
import { canonicalJson } from './canonical-json.ts';

interface Started {
  /** What the call is called on the other side of the border. */
  readonly id: string;
  /** Function and arguments: the same for a call that comes again. Null: one that comes now is another. */
  readonly key: string | null;
  readonly actorIds: readonly string[];
  readonly startedAt: number;
  readonly deadlineAt: number;
}

type Execution = Started &
  (
    | { readonly status: 'serving'; readonly call: FunctionCall }
    /** Its response went out, and may turn out to be lost. */
    | { readonly status: 'answered'; readonly callId: string; readonly outcome: ToolOutcome; readonly until: number }
    /** Nobody waits for it, but the call may come again. Null: still running. */
    | { readonly status: 'orphaned'; readonly outcome: ToolOutcome | null; readonly until: number }
  );

export interface ToolCallsState {
  readonly executions: readonly Execution[];
}

export type ToolCallsEvent =
  /** The calls of one message. @param speaking people have the floor: the model will be interrupted any moment */
  | { readonly type: 'called'; readonly calls: readonly FunctionCall[]; readonly speaking: boolean }
  | { readonly type: 'result'; readonly id: string; readonly outcome: ToolOutcome }
  | { readonly type: 'ended'; readonly callIds: readonly string[]; readonly why: CallEnd }
  /** People speak: what the model waits for is over, and what they ask is asked anew. */
  | { readonly type: 'spokenOver' }
  /** Something was typed. */
  | { readonly type: 'asked' }
  /** The bot is to be silent. */
  | { readonly type: 'stopped' }
  /** The conversation is over or forgotten. */
  | { readonly type: 'abandoned' }
  | { readonly type: 'tick' };

export type ToolCallsEffect =
  | { readonly type: 'execute'; readonly request: ToolRequest }
  | { readonly type: 'abort'; readonly id: string }
  | { readonly type: 'respond'; readonly response: FunctionResponse }
  | { readonly type: 'count'; readonly name: string };

export interface ToolCallsContext {
  readonly now: number;
  newId(): string;
}

export interface ToolCallsStep {
  readonly state: ToolCallsState;
  readonly effects: readonly ToolCallsEffect[];
}

export const NO_CALLS: ToolCallsState = { executions: [] };

/** Whoever executes answers at the deadline itself, in better words; this is for one that hangs. */
export const GRACE_MS = 1_000;
/** The same call came again 2.6 to 3.6 s after the interruption; ten are what others count as the same one (live-api.md §3.4, §11). */
export const REPEAT_MS = 10_000;
/** After a drop the question is asked again first: up to 10 s to connect, and 9 s until the model calls (§8.2). */
export const RECONNECT_MS = 30_000;
/** At once in a room. Models call one or two; more are a loop. */
export const MOST_CALLS = 16;

/** The only writer. */
export function stepToolCalls(state: ToolCallsState, event: ToolCallsEvent, context: ToolCallsContext): ToolCallsStep {
  const step = new Step(state.executions, context);
  step.take(event);
  return { state: { executions: step.executions }, effects: step.effects };
}

/** Since when the call is being executed that people have waited for longest, ms; null: they wait for none. */
export function waitingSince({ executions }: ToolCallsState): number | null {
  const waited = executions.flatMap((it) => (it.status === 'serving' && isSpokenOf(it.call) ? [it.startedAt] : []));
  return waited.length === 0 ? null : Math.min(...waited);
}

/** When `tick` has something to do, ms; null: never. */
export function toolCallsDeadline({ executions }: ToolCallsState): number | null {
  return executions.length === 0 ? null : Math.min(...executions.map(dueAt));
}

export function isServing({ executions }: ToolCallsState): boolean {
  return executions.some(({ status }) => status === 'serving');
}

/** One step in the making. */
class Step {
  executions: readonly Execution[];
  readonly effects: ToolCallsEffect[] = [];
  readonly #context: ToolCallsContext;

  constructor(executions: readonly Execution[], context: ToolCallsContext) {
    this.executions = executions;
    this.#context = context;
  }

  take(event: ToolCallsEvent): void {
    switch (event.type) {
      case 'called':
        return this.#called(event.calls, event.speaking);
      case 'result':
        return this.#result(event.id, event.outcome);
      case 'ended':
        return this.#ended(event.callIds, event.why);
      case 'spokenOver':
        this.#cancel(({ blocking }) => blocking, {});
        return this.#forgetRest();
      case 'asked':
        return this.#forgetRest();
      case 'stopped':
        this.#cancel(() => true, { quiet: true });
        return this.#forgetRest();
      case 'abandoned':
        for (const it of this.executions) this.#cancelled(it);
        return;
      case 'tick':
        for (const it of this.executions) if (this.#context.now >= dueAt(it)) this.#expire(it);
    }
  }

  #called(calls: readonly FunctionCall[], speaking: boolean): void {
    for (const call of calls) {
      if (this.#serving(call.id)) this.#count('tool_calls_repeated_ids_total');
      else if (speaking && call.blocking) this.#refuse(call, 'cancelled');
      else this.#serve(call);
    }
  }

  #serve(call: FunctionCall): void {
    const { name, args, declared, actorIds } = call;
    const canonical = canonicalJson(args);
    if (declared === null) return this.#refuse(call, `there is no function called ${name}`);
    if (canonical === null) return this.#refuse(call, 'the arguments are nested too deeply');
    const key = `${name} ${canonical}`;
    const again = this.executions.find((it) => isRepeated(it, key, actorIds));
    if (again?.status === 'orphaned') return this.#serveAgain(again, call);
    const running = this.executions.filter(isRunning).length;
    if (running >= MOST_CALLS) return this.#refuse(call, 'too many functions are being called at once');
    const startedAt = this.#context.now;
    const started = { id: this.#context.newId(), key, actorIds, startedAt };
    const deadlineAt = startedAt + declared.deadlineMs + GRACE_MS;
    this.executions = [...this.executions, { ...started, deadlineAt, status: 'serving', call }];
    this.effects.push({ type: 'execute', request: { callId: started.id, name, args, actorIds, deadlineAt } });
    this.#count('tool_calls_total');
  }

  #serveAgain(it: Extract<Execution, { status: 'orphaned' }>, call: FunctionCall): void {
    this.#count('tool_calls_repeated_total');
    if (it.outcome === null) this.#replace(it, { ...startedOf(it), status: 'serving', call });
    else this.#answer(it, call, it.outcome);
  }

  #result(id: string, outcome: ToolOutcome): void {
    const it = this.executions.find((each) => each.id === id && isRunning(each));
    if (it?.status === 'serving') this.#answer(it, it.call, outcome);
    else if (it?.status === 'orphaned') this.#replace(it, { ...it, outcome });
    else this.#count('tool_results_late_total');
  }

  #answer(it: Execution, call: FunctionCall, outcome: ToolOutcome): void {
    const until = this.#context.now + REPEAT_MS;
    this.#replace(it, { ...startedOf(it), status: 'answered', callId: call.id, outcome, until });
    this.#respond(call, outcome, {});
  }

  #ended(callIds: readonly string[], why: CallEnd): void {
    const until = this.#context.now + (why === 'dropped' ? RECONNECT_MS : REPEAT_MS);
    for (const it of this.executions) {
      const callId = it.status === 'serving' ? it.call.id : it.status === 'answered' ? it.callId : null;
      if (callId === null || !callIds.includes(callId)) continue;
      if (why === 'announced' || it.key === null) this.#cancelled(it);
      else this.#orphan(it, until);
    }
  }

  #orphan(it: Execution, until: number): void {
    const outcome = it.status === 'answered' ? it.outcome : null;
    if (outcome === null) this.#count('tool_calls_cancelled_total');
    this.#replace(it, { ...startedOf(it), status: 'orphaned', outcome, until });
  }

  #cancel(which: (call: FunctionCall) => boolean, { quiet = false }): void {
    for (const it of this.executions) {
      if (it.status !== 'serving' || !which(it.call)) continue;
      this.#cancelled(it);
      this.#respond(it.call, { error: 'cancelled' }, { quiet });
    }
  }

  /** What is asked from now on is asked anew; what is still being executed is for its own call alone. */
  #forgetRest(): void {
    for (const it of this.executions) {
      if (it.status === 'serving') this.#replace(it, { ...it, key: null });
      else this.#drop(it);
    }
  }

  #expire(it: Execution): void {
    this.#drop(it);
    if (it.status !== 'serving') return;
    this.#count('tool_calls_timed_out_total');
    this.#respond(it.call, { error: 'the function gave no result in time' }, {});
  }

  #cancelled(it: Execution): void {
    if (it.status === 'serving') this.#count('tool_calls_cancelled_total');
    this.#drop(it);
  }

  #drop(it: Execution): void {
    this.executions = this.executions.filter((each) => each !== it);
    if (isRunning(it)) this.effects.push({ type: 'abort', id: it.id });
  }

  #refuse(call: FunctionCall, error: string): void {
    this.#count('tool_calls_refused_total');
    this.#respond(call, { error }, {});
  }

  #respond({ id, name }: FunctionCall, outcome: ToolOutcome, { quiet = false }): void {
    const response = 'error' in outcome ? { error: outcome.error } : { output: outcome.output };
    this.effects.push({ type: 'respond', response: { id, name, response, ...(quiet && { quiet }) } });
  }

  #serving(callId: string): boolean {
    return this.executions.some((it) => it.status === 'serving' && it.call.id === callId);
  }

  #replace(before: Execution, after: Execution): void {
    this.executions = this.executions.map((it) => (it === before ? after : it));
  }

  #count(name: string): void {
    this.effects.push({ type: 'count', name });
  }
}

function startedOf({ id, key, actorIds, startedAt, deadlineAt }: Execution): Started {
  return { id, key, actorIds, startedAt, deadlineAt };
}

/** With the same rights: what somebody may not know or do is not to come to them by asking in time. */
function isRepeated(it: Execution, key: string, actorIds: readonly string[]): boolean {
  const sameActors = it.actorIds.length === actorIds.length && it.actorIds.every((id) => actorIds.includes(id));
  return it.status === 'orphaned' && it.key === key && sameActors;
}

function isRunning(it: Execution): boolean {
  return it.status === 'serving' || (it.status === 'orphaned' && it.outcome === null);
}

/** A result that nobody waits for is nothing that people wait for. */
function isSpokenOf({ blocking, declared }: FunctionCall): boolean {
  return blocking || declared?.scheduling !== 'SILENT';
}

function dueAt(it: Execution): number {
  switch (it.status) {
    case 'serving':
      return it.deadlineAt;
    case 'answered':
      return it.until;
    case 'orphaned':
      return it.outcome === null ? Math.min(it.until, it.deadlineAt) : it.until;
  }
}
