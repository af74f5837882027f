/**
 * One turn as it was performed: what the microphone, the Live wire and the ears saw of it. From this the report is told.
 */
import type { HeardSpan } from './discord/voice/heard-track.ts';
import type { SpokenReport } from './discord/voice/speak.ts';
import type { LiveWindow } from './live/live-event.ts';
import type { ScriptedTurn } from './script.ts';
import type { Exchange } from './wire/exchanges.ts';

export interface PerformedTurn {
  /** From 1. */
  readonly index: number;
  readonly scripted: ScriptedTurn;
  readonly spoken: SpokenReport;
  /** Every window that the bot opened from this turn's first word to the next turn's; one, when all is well. */
  readonly exchanges: readonly Exchange[];
  /** The same windows as the loopback Live recognised them; empty with the real service. */
  readonly recognised: readonly LiveWindow[];
  /** What was heard of the bot while the member spoke: for a barge-in, the end of the old answer. */
  readonly heardBefore: HeardSpan;
  /** What was heard from the end of the window on: this turn's answer. */
  readonly heardAfter: HeardSpan;
}
