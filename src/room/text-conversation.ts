/**
 * A conversation in writing: what is typed goes to the model turn by turn, what the model says is read. Nobody speaks in it and
 * nothing is played, so an answer has reached people as soon as it has come.
 */
import type { LiveSession } from '../live/session.ts';
import type { Clock, Timer } from '../types/clock.ts';
import type { Count } from '../types/log.ts';
import type { ToolOutcome } from '../types/tools.ts';
import type { TypedTurn } from '../types/typed-turn.ts';
import { createAnswerGate } from './answer-gate.ts';
import { createAnswers } from './answers.ts';
import type { ConversationLiveEvents } from './conversation.ts';
import { createOwed } from './owed.ts';
import type { RoomEvent } from './protocol.ts';
import { createSpokenTurns } from './spoken-turns.ts';
import { createToolUse } from './tool-use.ts';
import { createTypedDesk } from './typed-desk.ts';
import { createTypedSound } from './typed-sound.ts';

export interface TextConversationOptions {
  readonly roomId: string;
  readonly clock: Clock;
  readonly count: Count;
  emit(event: RoomEvent): void;
  /** For calls of functions; never the same twice. */
  readonly newCallId: () => string;
  createLive(on: ConversationLiveEvents): LiveSession;
}

export interface TextConversation {
  readonly live: LiveSession;
  typed(turn: TypedTurn): void;
  dropTyped(turnId: string): void;
  /** A jpeg, to go with what is typed next. */
  image(jpeg: Uint8Array): void;
  /** Ends the answer. Returns whether there was one, or would have come. */
  stop(): boolean;
  reset(): void;
  toolResult(callId: string, outcome: ToolOutcome): void;
  /** From now on nothing is asked. Resolves when what is being answered is, at the latest after `drainMs`; no event follows. */
  end(drainMs: number): Promise<void>;
}

/** How often it looks whether something is due. */
const TICK_MS = 100;
/**
 * How long after the last of an answer its end may be taken for granted. The service says that a turn is over when its sound would
 * have been played, and nobody plays it; a last piece of the transcription may be late.
 */
const QUIET_MS = 1_000;

export function createTextConversation(options: TextConversationOptions): TextConversation {
  const { roomId, clock, count, emit } = options;
  const gate = createAnswerGate();
  const spoken = createSpokenTurns(clock, (said) => emit({ type: 'transcript', roomId, ...said }));
  const sound = createTypedSound(roomId, emit, count);
  /** The newest answer of which all has come. */
  let generated = 0;
  /** When the last of an answer came. */
  let cameAt = Number.NEGATIVE_INFINITY;
  let timer: Timer | null = null;
  let onIdle: (() => void) | null = null;

  const answers = createAnswers(
    (answer) => {
      spoken.finished(answer);
      typed.turns.finished(answer);
    },
    ({ fragments }) => fragments.join(''),
  );

  const toolUse = createToolUse({
    ...{ roomId, clock, count, emit, newId: options.newCallId },
    respond: (responses) => live.answerTools(responses),
    peopleSpeak: () => false,
    cue: () => undefined,
  });

  const owed = createOwed({ gate, answers, live: () => live, toolUse: () => toolUse });

  const typed = createTypedDesk({
    ...{ roomId, clock, count, emit, answers, gate, spoken, owed, separator: '\n\n' },
    live: () => live,
    heardMs: () => 0,
    over: sound.over,
  });

  const complete = (of: number): void => {
    answers.complete(of);
    toolUse.over(of);
  };

  /** Something of an answer has come. Returns whether anybody still wants it. */
  const came = (of: number): boolean => {
    gate.seen(of);
    cameAt = clock.now();
    return gate.mayPlay(of, cameAt);
  };

  const tick = (): void => {
    const now = clock.now();
    if (generated === gate.latest && now - cameAt >= QUIET_MS) complete(generated);
    typed.tick(now, { mayAsk: owed.mayAsk, settled: owed.nothing, peopleSpeak: false });
    timer = typed.turns.idle ? null : clock.after(TICK_MS, tick);
    if (typed.turns.current === null) onIdle?.();
  };

  const live = options.createLive({
    audio(of, pcm) {
      if (came(of) && typed.turns.current !== null) sound.chunk(typed.turns.current, pcm);
    },
    outputTranscript(of, text) {
      if (came(of)) answers.text(of, text);
    },
    generationComplete(of) {
      came(of);
      generated = Math.max(generated, of);
    },
    interrupted(of) {
      gate.seen(of);
      if (owed.isOvertaken(of)) typed.turns.passOver(of);
      else answers.cut(of, 0);
      gate.ended(of, 'interrupted');
    },
    turnComplete(of, how) {
      gate.seen(of);
      if (how === 'lost') typed.turns.lost();
      spoken.answered(of, false);
      complete(of);
      gate.ended(of, 'turnComplete');
    },
    inputTranscript: spoken.input,
    askedAgain: spoken.askedAgain,
    ...toolUse.on,
  });

  const stop = (): boolean => {
    const { current } = typed.turns;
    typed.turns.stopped();
    const hadCalls = toolUse.stop();
    const next = owed.unfinished ?? (hadCalls ? gate.latest + 1 : null);
    if (next !== null && next === gate.latest) answers.cut(next, 0);
    const isNew = next !== null && gate.stop(next);
    owed.stopped();
    return current !== null || hadCalls || isNew;
  };

  return {
    live,
    typed(turn) {
      typed.turns.wait(turn);
      timer ??= clock.after(0, tick);
    },
    dropTyped(turnId) {
      if (typed.turns.drop(turnId) === 'answering') stop();
    },
    image: typed.show,
    stop,
    reset() {
      typed.end();
      spoken.forget();
      answers.forget();
      gate.open();
      toolUse.abandon();
      live.reset();
    },
    toolResult: toolUse.result,
    async end(drainMs) {
      typed.turns.dropWaiting();
      if (typed.turns.current !== null && drainMs > 0) {
        await new Promise<void>((resolve) => {
          const limit = clock.after(drainMs, resolve);
          onIdle = () => {
            limit.cancel();
            resolve();
          };
        });
      }
      timer?.cancel();
      onIdle = null;
      typed.end();
      toolUse.abandon();
    },
  };
}
