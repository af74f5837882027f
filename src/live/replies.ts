/**
 * Replies: what the service sends, as events of numbered answers. It keeps the books on the way: which question is answered,
 * what was said, which calls are open, and how long ago the last sign of life was.
 */
import { LIVE_OUTPUT_RATE } from '../audio/rates.ts';
import type { ModelProfile } from '../catalogue/models.ts';
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
import type { Ledger } from './ledger.ts';
import type { CallEnd, LiveSessionEvents } from './live-session.ts';
import type { ServerMessage } from './messages.ts';
import type { OpenCalls, ResponseMessage } from './open-calls.ts';
import { type SilenceEvent, type SilenceWatch, stepWatch, WATCH_OFF } from './silence-watch.ts';
import type { Transcript } from './transcript.ts';
import { createTurnCauses } from './turn-causes.ts';

export interface RepliesOptions {
  readonly profile: ModelProfile;
  /** What the model says are the text parts, not the transcription of its sound. */
  readonly inText: boolean;
  readonly ledger: Ledger;
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
  /** Results of calls went out. */
  responded(message: ResponseMessage): void;
  /** People have begun to speak: no answer is due. */
  spokenOver(): void;
  nudged(): void;
  /** The service owes the end of a turn and will not pay. */
  endTurn(): void;
  /** The connection is gone: what came of an answer is all there will be. */
  abandon(): void;
  readonly watch: SilenceWatch;
  /** The last answer of which anything has come. */
  readonly latest: number;
  /** A turn is over, and the model has said that more will follow; not for ever, it may have forgotten to say that it has ended. */
  readonly goesOn: boolean;
  /** Whether the model is in the middle of nothing. */
  readonly idle: boolean;
}

/** How long what such a model does next may take to show. */
const GOES_ON_MS = 30_000;

export function createReplies(options: RepliesOptions): Replies {
  const { profile, inText, ledger, transcript, calls, clock, count, on } = options;
  const output = createAudioOutput(count);
  const causes = createTurnCauses();
  let generations = NO_GENERATIONS;
  let watch: SilenceWatch = WATCH_OFF;
  /** Sound of the current answer. */
  let audioMs = 0;
  /** Something was said in it: until then it may be no more than calls, and what was asked is still owed an answer. */
  let answering = false;
  /** Only for models that go on after a turn: something was asked, and `IDLE` has not come. */
  let busy = false;
  /** When anything last came of an answer, ms. */
  let cameAt = Number.NEGATIVE_INFINITY;

  const observe = (event: SilenceEvent): void => {
    watch = stepWatch(watch, event, clock.now());
  };

  const begin = (): number => {
    const step = contentArrived(generations);
    generations = step.generations;
    observe({ type: 'content' });
    if (step.began) {
      causes.began(ledger.asking);
      answering = false;
      audioMs = 0;
    }
    calls.heard(step.id);
    return step.id;
  };

  const content = (): number => {
    const id = begin();
    if (!answering) ledger.answered();
    answering = true;
    return id;
  };

  /** What comes in no order to the sound: that of an answer that is over may be late. */
  const contentInAnyOrder = (): number => {
    const { current, owed, last } = generations;
    const late = owed ?? (ledger.awaiting || last === 0 ? null : last);
    return current === null && late !== null ? late : content();
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

  const words = (text: string): void => {
    if (text === '') return;
    transcript.output(text);
    on.outputTranscript(contentInAnyOrder(), text);
  };

  const findings = ({ grounding, code }: ServerMessage): void => {
    for (const part of code) {
      on.code(content(), part);
      if (part.type === 'code') observe({ type: 'running' });
    }
    if (grounding !== null) on.grounding(contentInAnyOrder(), grounding);
  };

  const called = ({ toolCalls, cancelledCalls }: ServerMessage): void => {
    if (toolCalls.length > 0) {
      begin();
      const opened = calls.called(toolCalls, causes.actorIds);
      if (calls.blocked) observe({ type: 'called' });
      on.toolCall(opened);
    }
    cancel(calls.cancel(cancelledCalls), 'announced');
  };

  const cancel = (ids: readonly string[], why: CallEnd): void => {
    if (ids.length === 0) return;
    count('live_calls_cancelled_total', ids.length);
    if (watch.status === 'calling' && !calls.blocked) observe({ type: 'uncalled' });
    on.toolCallCancellation(ids, why);
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
    cancel(calls.interrupted(), 'interrupted');
    causes.interrupted();
    if (step.id !== null) on.interrupted(step.id);
  };

  const turnComplete = (): void => {
    const spoken = generations.current !== null;
    const end = turnCompleted(generations);
    generations = end.generations;
    if (end.natural) {
      if (spoken && answering) ledger.finished();
      else ledger.answered();
      causes.over(busy);
      observe(ledger.awaiting ? { type: 'asked' } : { type: 'over' });
    }
    transcript.turnOver();
    for (const id of end.ended) on.turnComplete(id, end.natural ? 'whole' : 'cut');
  };

  const asked = (): void => {
    busy = profile.goesOnAfterTurn;
    observe({ type: 'asked' });
  };

  return {
    get watch() {
      return watch;
    },
    get latest() {
      return generations.last;
    },
    get goesOn() {
      return busy && clock.now() - cameAt < GOES_ON_MS;
    },
    get idle() {
      return generations.current === null && generations.owed === null && !busy;
    },
    take(message) {
      cameAt = clock.now();
      if (message.usage) on.usage(message.usage);
      if (message.inputText !== '') {
        transcript.input(message.inputText);
        observe({ type: 'sign' });
        on.inputTranscript(message.inputText);
      }
      const heard = sound(message);
      words(inText ? message.text : message.outputText);
      findings(message);
      called(message);
      if (message.generationComplete) generationComplete();
      if (message.interrupted) interrupted();
      if (message.interactionStatus === 'IDLE') busy = false;
      if (message.turnComplete) turnComplete();
      return heard || message.toolCalls.length > 0 || message.turnComplete ? 'answering' : 'other';
    },
    asked,
    responded({ blocking, silent, actorIds }) {
      // Where the model has waited, the same answer goes on.
      if (!blocking || generations.current === null) causes.responded(actorIds);
      const nothingElse = generations.current === null && generations.owed === null && ledger.idle;
      if (blocking || (!silent && nothingElse)) asked();
    },
    spokenOver: () => observe({ type: 'over' }),
    nudged: () => observe({ type: 'nudged' }),
    endTurn() {
      count('live_turns_without_end_total');
      turnComplete();
    },
    abandon() {
      const { generations: next, ended } = abandoned(generations, answering);
      busy = false;
      causes.lost();
      observe({ type: 'over' });
      // What was asked and has only led to calls is asked again.
      if (generations.current === null || answering) transcript.callsLost(calls.background);
      generations = next;
      if (ended.length > 0) transcript.turnOver();
      else transcript.unanswered();
      cancel(calls.clear(), 'dropped');
      for (const id of ended) on.turnComplete(id, 'lost');
      on.askedAgain();
    },
  };
}
