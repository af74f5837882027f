/**
 * The session's side of function calling: sends calls, takes responses, cancels what input has overtaken.
 */
import { randomInt } from 'node:crypto';
import type { Answer } from './answer.ts';
import { createCallLedger } from './call-ledger.ts';
import type { FunctionResponse, ToolResponse } from './content-kinds.ts';
import { rejections } from './rejection.ts';
import type { SessionContext } from './session-context.ts';

type CallAnswer = Extract<Answer, { kind: 'call' }>;

/** What a turn answers instead of asking the script: the results of its calls, or a call that comes again. */
interface Prepared {
  readonly answer: Answer | null;
  readonly toolResponses: readonly FunctionResponse[];
}

export interface ToolDesk {
  readonly blockingOpen: boolean;
  readonly anyOpen: boolean;
  call(answer: CallAnswer): 'waits' | 'goes-on';
  respond(message: ToolResponse): void;
  /** New input overtakes what is open; says whether anything was. */
  cancel(): boolean;
  /** Handed out once. */
  prepared(): Prepared | null;
}

export interface ToolDeskListener {
  /** All calls of a blocking batch are answered. */
  blockingAnswered(): void;
  /** A non-blocking call was answered; null leaves the answer to `respond`. */
  answered(response: FunctionResponse, how: 'INTERRUPT' | 'WHEN_IDLE' | 'SILENT', followUp: Answer | null): void;
}

export function createToolDesk(context: SessionContext, listener: ToolDeskListener): ToolDesk {
  const { accepted, script } = context;
  const ledger = createCallLedger();
  const followUps = new Map<string, Answer>();
  let blocking: CallAnswer | null = null;
  let prepared: Prepared | null = null;

  function call(answer: CallAnswer): 'waits' | 'goes-on' {
    const calls = answer.calls.map(({ id, name, args }) => ({
      id: id ?? `function-call-${randomInt(2 ** 47)}`,
      name,
      ...(args === undefined ? {} : { args }),
    }));
    const behaviourOf = (name: string) => accepted.functions.get(name) ?? accepted.model.defaultBehaviour;
    ledger.issue(calls.map(({ id, name }) => ({ id, name, behaviour: behaviourOf(name) })));
    if (answer.followUp) for (const { id } of calls) followUps.set(id, answer.followUp);
    context.send({ toolCall: { functionCalls: calls } });
    context.tell({ type: 'toolCall', calls: calls.map(({ id, name }) => ({ id, name })) });
    if (!calls.every(({ name }) => behaviourOf(name) === 'BLOCKING')) return 'goes-on';
    blocking = answer;
    return 'waits';
  }

  function respond({ functionResponses = [] }: ToolResponse): void {
    if (functionResponses.length === 0 || functionResponses.some(({ id, name }) => !id || !name)) {
      context.reject(rejections.invalidArgument);
      return;
    }
    const blocking = functionResponses.some(({ id = '' }) => ledger.behaviourOf(id) === 'BLOCKING');
    for (const response of functionResponses) if (!take(response)) return;
    if (blocking && ledger.blockingOpen) {
      context.violation('incomplete-tool-response', 'a blocking toolCall is answered as a whole, in one message');
    }
  }

  /** False when the socket was closed over it. */
  function take(response: FunctionResponse): boolean {
    const id = response.id ?? '';
    const outcome = ledger.respond(response);
    if (outcome.type === 'unknown') {
      context.reject(rejections.unknownCall);
      return false;
    }
    checkScheduling(response);
    const ignored = outcome.type === 'cancelled' || outcome.type === 'duplicate';
    context.tell({ type: 'toolResponse', id, response: response.response, ignored });
    if (outcome.type === 'duplicate') context.violation('duplicate-tool-response', `${id} has been answered`);
    if (outcome.type === 'blocking' && outcome.complete) {
      prepared = { answer: blocking?.followUp ?? null, toolResponses: outcome.complete };
      blocking = null;
      listener.blockingAnswered();
    }
    if (outcome.type === 'non-blocking') {
      const { scheduling } = response;
      const how = scheduling === 'INTERRUPT' || scheduling === 'SILENT' ? scheduling : 'WHEN_IDLE';
      listener.answered(response, how, followUps.get(id) ?? null);
    }
    return true;
  }

  function checkScheduling({ id = '', scheduling, willContinue }: FunctionResponse): void {
    if (scheduling === undefined && willContinue === undefined) return;
    if (ledger.behaviourOf(id) === 'BLOCKING') {
      context.violation('scheduling-unavailable', `${id} is blocking: it has neither scheduling nor willContinue`);
    } else if (scheduling !== undefined && !accepted.model.scheduling) {
      context.violation('scheduling-unavailable', `${accepted.model.id} has no scheduling`);
    }
  }

  function cancel(): boolean {
    const ids = ledger.cancelBlocking();
    if (ids.length === 0) return false;
    const told = script.announceCancellation ?? accepted.model.announcesCancellation;
    if (told) context.send({ toolCallCancellation: { ids } });
    context.tell({ type: 'toolCallCancelled', ids, told });
    // The same call under a new id: an id that was scripted is used up.
    if (blocking?.reissued) {
      const calls = blocking.calls.map(({ id: _, ...again }) => again);
      prepared = { answer: { ...blocking, calls, reissued: false }, toolResponses: [] };
    }
    blocking = null;
    return true;
  }

  return {
    get blockingOpen() {
      return ledger.blockingOpen;
    },
    get anyOpen() {
      return ledger.anyOpen;
    },
    call,
    respond,
    cancel,
    prepared() {
      const once = prepared;
      prepared = null;
      return once;
    },
  };
}
