/**
 * What the model does beside talking: calls functions, looks things up, runs code. What people notice of it in the room is a soft
 * tone when it takes long.
 */
import { workingCue } from '../audio/tone.ts';
import type { LiveSessionEvents } from '../live/live-session.ts';
import { createFindings } from './findings.ts';
import { createToolCalls, type ToolCalls, type ToolCallsOptions } from './tool-calls.ts';
import { createWorkingCue } from './working-cue.ts';

/** How long the model may take to say something of a result; mostly it does within two seconds, and of some it says nothing. */
const ANSWER_WITHIN_MS = 10_000;

export interface ToolUseOptions extends ToolCallsOptions {
  /** Whether people have the floor. */
  peopleSpeak(): boolean;
  cue(pcm: Int16Array): void;
}

export interface ToolUse extends Pick<ToolCalls, 'result' | 'spokenOver' | 'asked' | 'stop'> {
  /** A result that people wait for is on its way, or what the model says of one. */
  readonly busy: boolean;
  readonly on: Pick<LiveSessionEvents, 'toolCall' | 'toolCallCancellation' | 'grounding' | 'code'>;
  /** An answer is over. */
  over(generation: number): void;
  /** The conversation is over, or forgotten. */
  abandon(): void;
  /** @param quiet nobody speaks, and nothing is being played */
  tick(now: number, quiet: boolean): void;
}

export function createToolUse(options: ToolUseOptions): ToolUse {
  const { roomId, emit, peopleSpeak, clock } = options;
  let answerUntil = Number.NEGATIVE_INFINITY;
  const calls = createToolCalls({
    ...options,
    respond(responses) {
      answerUntil = clock.now() + ANSWER_WITHIN_MS;
      options.respond(responses);
    },
  });
  const findings = createFindings({
    sources: (queries, sources) => emit({ type: 'sources', roomId, queries, sources }),
    code: (run) => emit({ type: 'code', roomId, ...run }),
  });
  const cue = createWorkingCue(() => options.cue(workingCue()));
  return {
    result: calls.result,
    spokenOver: calls.spokenOver,
    asked: calls.asked,
    stop: calls.stop,
    get busy() {
      return calls.waitingSince !== null || clock.now() < answerUntil;
    },
    on: {
      toolCall: (these) => calls.called(these, peopleSpeak()),
      toolCallCancellation: calls.ended,
      grounding: findings.grounding,
      code: findings.code,
    },
    over(generation) {
      answerUntil = Number.NEGATIVE_INFINITY;
      findings.over(generation);
    },
    abandon() {
      answerUntil = Number.NEGATIVE_INFINITY;
      calls.abandon();
      findings.forget();
    },
    tick: (now, quiet) => cue.tick(now, calls.waitingSince, quiet),
  };
}
