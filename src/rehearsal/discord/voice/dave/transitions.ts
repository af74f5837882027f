/**
 * One transition after the other: announced with an id, executed when the bot has answered (op 23), or after a while
 * without it. Id 0 means "at once": no answer and no op 22.
 */

/** "After about 2 s at the latest" a transition is executed, whoever has not answered (protocol.md). */
export const TRANSITION_TIMEOUT_MS = 2_000;
const HIGHEST_ID = 0xffff;

export interface TransitionSteps {
  /** Sends what leads to it. */
  readonly announce: (transitionId: number) => void;
  /** Simulated members follow. */
  readonly apply: () => void;
}

export interface TransitionEnd {
  readonly transitionId: number;
  readonly tookMs: number;
  /** The bot has answered. */
  readonly confirmed: boolean;
}

type State =
  | { readonly status: 'idle' }
  | {
      readonly status: 'changing';
      readonly id: number;
      readonly startedAt: number;
      readonly timer: NodeJS.Timeout;
      readonly steps: TransitionSteps;
    };

export interface Transitions {
  readonly changing: boolean;
  /** Ids of transitions still to come that shall be 0. */
  zeroIds: number;
  /** An id for something that is announced and never executed. */
  spareId(): number;
  /** @param settled resolves once the bot has read all that was sent; it stands in for op 23 where the id is 0. */
  begin(steps: TransitionSteps, settled: () => Promise<void>): void;
  /** Op 23. An answer to another transition is none. */
  answered(transitionId: number): void;
  /** The bot refused it (op 31): the others go on. */
  refused(): void;
  abandon(): void;
}

export interface TransitionsOptions {
  readonly now: () => number;
  readonly onAnnounced: (transitionId: number) => void;
  /** Called after `apply`. */
  readonly onExecuted: (end: TransitionEnd) => void;
}

export function createTransitions({ now, onAnnounced, onExecuted }: TransitionsOptions): Transitions {
  let state: State = { status: 'idle' };
  let lastId = 0;
  const spareId = (): number => {
    lastId = lastId === HIGHEST_ID ? 1 : lastId + 1;
    return lastId;
  };
  const complete = (confirmed: boolean): void => {
    if (state.status === 'idle') return;
    const { id, startedAt, timer, steps } = state;
    clearTimeout(timer);
    steps.apply();
    state = { status: 'idle' };
    onExecuted({ transitionId: id, tookMs: now() - startedAt, confirmed });
  };
  const transitions: Transitions = {
    zeroIds: 0,
    spareId,
    get changing() {
      return state.status === 'changing';
    },
    begin(steps, settled) {
      const id = transitions.zeroIds > 0 ? 0 : spareId();
      if (id === 0) transitions.zeroIds--;
      const timer = setTimeout(() => complete(false), TRANSITION_TIMEOUT_MS);
      state = { status: 'changing', id, startedAt: now(), timer, steps };
      steps.announce(id);
      onAnnounced(id);
      if (id !== 0) return;
      void settled().then(() => {
        if (state.status === 'changing' && state.timer === timer) complete(true);
      });
    },
    answered(transitionId) {
      if (state.status === 'changing' && state.id === transitionId) complete(true);
    },
    refused: () => complete(false),
    abandon() {
      if (state.status === 'changing') clearTimeout(state.timer);
      state = { status: 'idle' };
    },
  };
  return transitions;
}
