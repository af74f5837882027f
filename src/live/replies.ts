/**
 * Replies: what the service sends, as events of numbered answers. It keeps the books on the way: which question is answered,
 * what was said, which calls are open, and how long ago the last sign of life was.
 */
import { LIVE_OUTPUT_RATE } from '../audio/rates.ts';
import type { Clock } from '../types/clock.ts';
import type { Count } from '../types/log.ts';
import { createAudioOutput } from './audio-output.ts';
import {
  abandoned,
  contentArrived,
  generationCompleted,
  interruptedBy,
  NO_GENERATIONS,
  turnCompleted,
} from './generations.ts';
import type { LiveSessionEvents } from './live-session.ts';
import type { ServerMessage } from './messages.ts';
import type { ModelProfile } from './models.ts';
import type { OpenCalls } from './open-calls.ts';
import { type SilenceEvent, type SilenceWatch, stepWatch, WATCH_OFF } from './silence-watch.ts';
import type { Transcript } from './transcript.ts';
import type { WindowLedger } from './window-ledger.ts';

export interface RepliesOptions {
  readonly profile: ModelProfile;
  readonly ledger: WindowLedger;
  readonly transcript: Transcript;
  readonly calls: OpenCalls;
  readonly clock: Clock;
  readonly count: Count;
  readonly on: LiveSessionEvents;
}

export interface Replies {
  /** Says whether something of an answer came. */
  take(message: ServerMessage): 'answering' | 'other';
  /** Something was asked; an answer is due. */
  asked(): void;
  /** People have begun to speak: no answer is due. */
  spokenOver(): void;
  nudged(): void;
  /** The service owes the end of a turn and will not pay. */
  endTurn(): void;
  /** The connection is gone: what came of an answer is all there will be. */
  abandon(): void;
  readonly watch: SilenceWatch;
  /** Whether the model is in the middle of nothing. */
  readonly idle: boolean;
}

export function createReplies(options: RepliesOptions): Replies {
  const { profile, ledger, transcript, calls, clock, count, on } = options;
  const output = createAudioOutput(count);
  let generations = NO_GENERATIONS;
  let watch: SilenceWatch = WATCH_OFF;
  /** Sound of the current answer. */
  let audioMs = 0;
  /** Only for models that go on after a turn: something was asked, and `IDLE` has not come. */
  let busy = false;

  const observe = (event: SilenceEvent): void => {
    watch = stepWatch(watch, event, clock.now());
  };

  const content = (): number => {
    const step = contentArrived(generations);
    generations = step.generations;
    observe({ type: 'content' });
    if (step.began) {
      ledger.answered();
      audioMs = 0;
    }
    return step.id;
  };

  /** A part that cannot be heard is no answer. */
  const sound = (message: ServerMessage): boolean => {
    if (message.modelTurn) observe({ type: 'sign' });
    if (message.shown) content();
    let heard = message.shown;
    for (const part of message.audio) {
      const pcm = output.decode(generations.current?.id ?? generations.last + 1, part);
      if (pcm === null) continue;
      heard = true;
      const generation = content();
      audioMs += (pcm.length * 1000) / LIVE_OUTPUT_RATE;
      on.audio(generation, pcm);
    }
    return heard;
  };

  /** Words come in no order to the sound: those of an answer that is over may be late. */
  const words = (text: string): void => {
    if (text === '') return;
    transcript.output(text);
    const { current, owed, last } = generations;
    const late = owed ?? (ledger.awaiting || last === 0 ? null : last);
    on.outputTranscript(current === null && late !== null ? late : content(), text);
  };

  const called = ({ toolCalls, cancelledCalls }: ServerMessage): void => {
    if (toolCalls.length > 0) {
      content();
      calls.called(toolCalls);
      observe({ type: 'called' });
      on.toolCall(toolCalls);
    }
    if (cancelledCalls.length > 0) cancel(calls.cancel(cancelledCalls));
  };

  const cancel = (ids: readonly string[]): void => {
    if (ids.length === 0) return;
    count('live_calls_cancelled_total', ids.length);
    on.toolCallCancellation(ids);
  };

  const generationComplete = (): void => {
    const { generations: next, id } = generationCompleted(generations);
    generations = next;
    if (id === null) return;
    observe({ type: 'generationComplete', audioMs });
    on.generationComplete(id);
  };

  const interrupted = (): void => {
    const begun = generations.current !== null;
    const step = interruptedBy(generations, !ledger.idle);
    generations = step.generations;
    ledger.interrupted(begun);
    if (begun) observe(ledger.awaiting ? { type: 'asked' } : { type: 'over' });
    // 3.8 never announces it: the calls of an answer that was cut are dead, and their responses ignored (live-api.md §3.4).
    if (profile.blockingTools) cancel(calls.clear());
    if (step.id !== null) on.interrupted(step.id);
  };

  const turnComplete = (): void => {
    const spoken = generations.current !== null;
    const end = turnCompleted(generations);
    generations = end.generations;
    if (end.natural) {
      if (spoken) ledger.finished();
      else ledger.answered();
      observe(ledger.awaiting ? { type: 'asked' } : { type: 'over' });
    }
    transcript.turnOver();
    for (const id of end.ended) on.turnComplete(id);
  };

  return {
    get watch() {
      return watch;
    },
    get idle() {
      return generations.current === null && generations.owed === null && !busy;
    },
    take(message) {
      if (message.usage) on.usage(message.usage);
      if (message.inputText !== '') {
        transcript.input(message.inputText);
        observe({ type: 'sign' });
        on.inputTranscript(message.inputText);
      }
      const heard = sound(message);
      words(message.outputText);
      called(message);
      if (message.generationComplete) generationComplete();
      if (message.interrupted) interrupted();
      if (message.interactionStatus === 'IDLE') busy = false;
      if (message.turnComplete) turnComplete();
      return heard || message.toolCalls.length > 0 || message.turnComplete ? 'answering' : 'other';
    },
    asked() {
      busy = profile.goesOnAfterTurn;
      observe({ type: 'asked' });
    },
    spokenOver: () => observe({ type: 'over' }),
    nudged: () => observe({ type: 'nudged' }),
    endTurn() {
      count('live_turns_without_end_total');
      turnComplete();
    },
    abandon() {
      const { generations: next, ended } = abandoned(generations);
      generations = next;
      busy = false;
      observe({ type: 'over' });
      if (ended.length > 0) transcript.turnOver();
      else transcript.unanswered();
      cancel(calls.clear());
      for (const id of ended) on.turnComplete(id);
    },
  };
}
