/**
 * What a test or the rehearsal has told the loopback Live to do next. Each entry is used once, by whichever session comes first.
 */
import type { Answer } from './answer.ts';
import type { Rejection } from './rejection.ts';

export interface Stall {
  /** Audio that is sent before the answer stands still, ms. */
  readonly afterMs: number;
  readonly forMs: number;
}

export interface LiveScript {
  readonly answers: Answer[];
  readonly delays: number[];
  readonly stalls: Stall[];
  readonly setupRejections: Rejection[];
  interruptedDelayMs: number;
  /** Whether cancelled calls are told; null: as the model does. */
  announceCancellation: boolean | null;
  refuseHandles: boolean;
  withholdHandles: boolean;
  /** HTTP status that refuses every socket; null: none is refused. */
  refuseSockets: number | null;
  holdSetup: boolean;
}

export function createLiveScript(interruptedDelayMs: number): LiveScript {
  return {
    answers: [],
    delays: [],
    stalls: [],
    setupRejections: [],
    interruptedDelayMs,
    announceCancellation: null,
    refuseHandles: false,
    withholdHandles: false,
    refuseSockets: null,
    holdSetup: false,
  };
}
