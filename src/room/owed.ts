/**
 * What the model still owes an answer to: decides whether something may be asked now, and what an interruption was of.
 */
import { isConnected, type LiveSession } from '../live/session.ts';
import type { AnswerGate } from './answer-gate.ts';
import type { Answers } from './answers.ts';
import type { ToolUse } from './tool-use.ts';

export interface Owed {
  /** The newest answer that is not over, or the one that what was asked will get; null: there is none. */
  readonly unfinished: number | null;
  /** No answer is due, and no result that people wait for. */
  readonly nothing: boolean;
  /** Nothing is owed that anybody waits for, and the model would hear at once. */
  readonly mayAsk: boolean;
  /** Just before something is asked. */
  asked(): void;
  /** People ask something, aloud. */
  spoken(): void;
  /** What is owed was stopped: whatever comes of it, nobody waits for it. */
  stopped(): void;
  /** Whether that answer was still under way, or to come, when something else was asked in its stead. */
  isOvertaken(generation: number): boolean;
}

export interface OwedOptions {
  readonly gate: AnswerGate;
  readonly answers: Answers;
  live(): LiveSession;
  toolUse(): ToolUse;
}

export function createOwed({ gate, answers, live, toolUse }: OwedOptions): Owed {
  let isStopped = false;
  let overtaken = 0;

  const unfinished = (): number | null => {
    const { latest } = gate;
    if (live().answerDue) return latest + 1;
    return latest > 0 && !answers.isComplete(latest) ? latest : null;
  };
  const nothing = (): boolean => unfinished() === null && !toolUse().busy && !live().goesOn;

  return {
    get unfinished() {
      return unfinished();
    },
    get nothing() {
      return nothing();
    },
    get mayAsk() {
      return isConnected(live().state) && (isStopped || nothing());
    },
    asked() {
      overtaken = unfinished() ?? overtaken;
      isStopped = false;
      gate.asked();
      toolUse().asked();
    },
    spoken() {
      isStopped = false;
      gate.asked();
      toolUse().spokenOver();
    },
    stopped() {
      isStopped = true;
    },
    isOvertaken: (generation) => generation <= overtaken,
  };
}
