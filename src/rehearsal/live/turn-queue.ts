/**
 * The turns of a session, one after the other: there is one voice.
 */
import type { Answer, Heard } from './answer.ts';
import type { FunctionResponse } from './content-kinds.ts';
import type { SeenImage } from './image-check.ts';
import type { LiveClock } from './live-clock.ts';
import type { Turn } from './turn.ts';
import type { WindowRecord } from './window-log.ts';

/** Something that is to be answered. */
export interface TurnRequest {
  readonly cause: Heard['cause'];
  /** Windows it answers, the newest last; more than one when a turn was open meanwhile. */
  readonly windows: readonly WindowRecord[];
  readonly texts: readonly string[];
  /** Beside the text. */
  readonly images: readonly SeenImage[];
  readonly toolResponses: readonly FunctionResponse[];
  /** What is answered; null asks the script and `respond`. */
  readonly answer: Answer | null;
}

export interface TurnQueue {
  /** The turn that goes on, or null: the model is idle. */
  readonly running: Turn | null;
  add(request: TurnRequest): void;
  /** Stops the running turn and all that wait, except for tools' results; each still gets its `interrupted` and `turnComplete`. */
  interrupt(afterMs: number): void;
  /** Looks again whether the next may start. */
  pump(): void;
  close(): void;
}

export interface TurnQueueDeps {
  readonly clock: LiveClock;
  /** A tool's result waits until nobody speaks. */
  mayStart(request: TurnRequest): boolean;
  /** Calls `over` once, when the turn is over. */
  start(request: TurnRequest, over: () => void): Turn;
  /** The model has become busy or idle. */
  changed(): void;
}

export function createTurnQueue({ clock, mayStart, start, changed }: TurnQueueDeps): TurnQueue {
  let waiting: { readonly request: TurnRequest; stopAt: number | null }[] = [];
  let running: Turn | null = null;
  let closed = false;

  function next(): void {
    if (running !== null || closed) return;
    const index = waiting.findIndex(({ request, stopAt }) => stopAt !== null || mayStart(request));
    const [chosen] = index < 0 ? [] : waiting.splice(index, 1);
    if (chosen === undefined) return;
    running = start(chosen.request, () => {
      running = null;
      changed();
      next();
    });
    changed();
    if (chosen.stopAt !== null) running.stop(chosen.stopAt);
  }

  return {
    get running() {
      return running;
    },
    add(request) {
      waiting.push({ request, stopAt: null });
      next();
    },
    interrupt(afterMs) {
      const stopAt = clock.now() + afterMs;
      for (const each of waiting) if (each.request.cause !== 'toolResponse') each.stopAt ??= stopAt;
      running?.stop(stopAt);
    },
    pump: next,
    close() {
      closed = true;
      waiting = [];
      running?.abandon();
    },
  };
}
