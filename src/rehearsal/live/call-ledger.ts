/**
 * Function calls and their responses: which are open, which were cancelled, when a blocking batch is complete
 * (live-api.md §2.4, §3.4, §6). Pure.
 */
import type { FunctionResponse } from './content-kinds.ts';
import type { Behaviour } from './models.ts';

interface IssuedCall {
  readonly id: string;
  readonly name: string;
  readonly behaviour: Behaviour;
}

type Standing = 'open' | 'answered' | 'cancelled';

type ResponseOutcome =
  /** No such call: the service closes the socket. */
  | { readonly type: 'unknown' }
  /** Cancelled meanwhile: ignored. */
  | { readonly type: 'cancelled' }
  | { readonly type: 'duplicate' }
  /** A blocking call; `complete` has every response once all calls of its batch have one. */
  | { readonly type: 'blocking'; readonly complete: readonly FunctionResponse[] | null }
  | { readonly type: 'non-blocking' };

export interface CallLedger {
  readonly blockingOpen: boolean;
  readonly anyOpen: boolean;
  issue(calls: readonly IssuedCall[]): void;
  behaviourOf(id: string): Behaviour | null;
  respond(response: FunctionResponse): ResponseOutcome;
  /** Cancels every open blocking call. */
  cancelBlocking(): string[];
}

export function createCallLedger(): CallLedger {
  const calls = new Map<string, IssuedCall & { standing: Standing }>();
  let answered: FunctionResponse[] = [];
  const open = (behaviour?: Behaviour) =>
    [...calls.values()].filter((call) => call.standing === 'open' && (!behaviour || call.behaviour === behaviour));

  return {
    get blockingOpen() {
      return open('BLOCKING').length > 0;
    },
    get anyOpen() {
      return open().length > 0;
    },
    issue(issued) {
      for (const call of issued) calls.set(call.id, { ...call, standing: 'open' });
    },
    behaviourOf: (id) => calls.get(id)?.behaviour ?? null,
    respond(response) {
      const call = calls.get(response.id ?? '');
      if (call === undefined) return { type: 'unknown' };
      if (call.standing === 'cancelled') return { type: 'cancelled' };
      if (call.standing === 'answered') return { type: 'duplicate' };
      if (call.behaviour === 'NON_BLOCKING') {
        if (response.willContinue !== true) call.standing = 'answered';
        return { type: 'non-blocking' };
      }
      call.standing = 'answered';
      answered.push(response);
      if (open('BLOCKING').length > 0) return { type: 'blocking', complete: null };
      const complete = answered;
      answered = [];
      return { type: 'blocking', complete };
    },
    cancelBlocking() {
      const cancelled = open('BLOCKING');
      for (const call of cancelled) call.standing = 'cancelled';
      answered = [];
      return cancelled.map(({ id }) => id);
    },
  };
}
