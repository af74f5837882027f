/**
 * A conversation: what joins hearing, turn-taking, the Live session and playback into somebody to talk with.
 *
 * Barge-in goes local first: playback is flushed before anything is sent, and what the service still sends of the old answer
 * is dropped. While people have the floor nothing is played, so the bot never talks over them.
 */
import { isConnected, type LiveSession, type LiveSessionEvents } from '../live/session.ts';
import type { Playback, PlaybackEvents } from '../playback/playback.ts';
import { createMixdown } from '../turn/mixdown.ts';
import type { TurnOptions } from '../turn/turn.ts';
import type { SpeakerFrame, VoiceWindow } from '../types/audio-units.ts';
import type { Clock } from '../types/clock.ts';
import type { TurnDetection } from '../types/live-tuning.ts';
import type { Count } from '../types/log.ts';
import type { ToolOutcome } from '../types/tools.ts';
import type { TypedTurn } from '../types/typed-turn.ts';
import { createAnswerGate } from './answer-gate.ts';
import { createAnswers } from './answers.ts';
import { createOwed } from './owed.ts';
import { createOwnTurns } from './own-turns.ts';
import type { RoomEvent } from './protocol.ts';
import { createServiceTurns } from './service-turns.ts';
import { createSpeakUp } from './speak-up.ts';
import { createSpokenTurns } from './spoken-turns.ts';
import { createToolUse, type ToolUse } from './tool-use.ts';
import { createTurnTimer } from './turn-timer.ts';
import { createTypedDesk } from './typed-desk.ts';

export type ConversationLiveEvents = Pick<
  LiveSessionEvents,
  | 'audio'
  | 'generationComplete'
  | 'interrupted'
  | 'turnComplete'
  | 'inputTranscript'
  | 'askedAgain'
  | 'outputTranscript'
> &
  ToolUse['on'];

export interface ConversationOptions {
  readonly roomId: string;
  readonly clock: Clock;
  readonly count: Count;
  emit(event: RoomEvent): void;
  /** Who decides when a turn begins and ends; we do, if left out. */
  readonly detection?: TurnDetection;
  /** The settings in force. */
  turnOptions(): TurnOptions;
  /** What the model is told a speaker is called. */
  nameOf(speakerId: string): string;
  /** For calls of functions; never the same twice. */
  readonly newCallId: () => string;
  createLive(on: ConversationLiveEvents): LiveSession;
  createPlayback(on: PlaybackEvents): Playback;
}

export interface Conversation {
  readonly live: LiveSession;
  readonly playback: Playback;
  packet(speakerId: string, arrivedAt: number, silence: boolean): void;
  frame(frame: SpeakerFrame): void;
  voice(window: VoiceWindow): void;
  tick(now: number): void;
  speakerLeft(speakerId: string): void;
  /**
   * Ends the answer being spoken, or the one still to come to what was asked by now, and sends nothing: what comes of it is
   * dropped. Returns whether there was one.
   */
  stop(): boolean;
  /** Forgets all that was said; an open window is closed. */
  reset(): void;
  /** A turn in text. */
  say(text: string): void;
  /** Asked once the floor is free; events tell what comes of it. */
  typed(turn: TypedTurn): void;
  /** Not asked yet, it never is; its answer is stopped. */
  dropTyped(turnId: string): void;
  /** A jpeg, to be seen with what is said, or asked, now or next. */
  image(jpeg: Uint8Array): void;
  /** Has the model speak about something once the floor is free; an event tells what came of it. */
  speakUp(note: string): void;
  /** What came of a call of a function. */
  toolResult(callId: string, outcome: ToolOutcome): void;
  /** The connection is gone in mid-answer: what came of it is played, and no more will come. */
  connectionLost(): void;
  /** Closes an open window; from now on nobody is heard. Returns whether an answer is still being spoken. */
  release(): boolean;
  /** It is over: what was typed and has no last event gets it. */
  end(): void;
}

export function createConversation(options: ConversationOptions): Conversation {
  const { roomId, clock, count, emit } = options;
  const mixdown = createMixdown();
  const timer = createTurnTimer((times) => emit({ type: 'turn', roomId, times }));
  const spoken = createSpokenTurns(clock, (said) => emit({ type: 'transcript', roomId, ...said }));
  const answers = createAnswers((answer) => {
    spoken.finished(answer);
    typed.turns.finished(answer);
  });
  const gate = createAnswerGate();
  const owed = createOwed({ gate, answers, live: () => live, toolUse: () => toolUse });
  let generation = 0;

  /** Whatever is playing or about to be is cut, and its rest will be dropped as it arrives. */
  const silence = (): void => {
    const report = playback.flush();
    if (report.generation === null) return;
    cut(report.generation, report.heardMs);
  };

  const cut = (of: number, heardMs: number): void => {
    answers.cut(of, heardMs);
    if (options.detection !== 'automatic') gate.cut(of, answers.isComplete(of), clock.now());
    // The service may not have noticed who cut it off: then it says the rest, and answers to that in another.
    else if (!answers.isComplete(of)) gate.stop(of);
  };

  /** The service cut its own answer, with nobody speaking: the floor is free again. */
  const silenceForService = (): void => {
    silence();
    turnTaking.playoutEnded();
  };

  /** Nothing is played, and nothing waits to be: an answer that nobody can hear yet does. */
  const isQuiet = (): boolean => playback.state.status === 'idle' && !answers.sounding;

  const nobodySpeaks = (): boolean => turnTaking.free && isQuiet();

  const speakUp = createSpeakUp({
    say(note) {
      owed.asked();
      live.sendText(note);
    },
    settled: (said) => emit({ type: 'spokeUp', roomId, said }),
  });

  const turnTaking = (options.detection === 'automatic' ? createServiceTurns : createOwnTurns)({
    ...{ clock, mixdown, live: () => live, turnOptions: options.turnOptions, nameOf: options.nameOf },
    on: {
      duck: () => playback.duck(),
      unduck: () => playback.unduck(),
      silence: () => silence(),
      bargeIn() {
        count('turn_barge_ins_total');
        silence();
      },
      began(speakerIds, at) {
        typed.turns.overtaken();
        owed.spoken();
        spoken.windowOpened(speakerIds, gate.latest);
        timer.windowOpened(at);
        return answers.takeNotes();
      },
      joined: spoken.joined,
      finished: (lastSpeechAt) => timer.windowClosed(lastSpeechAt, clock.now()),
    },
  });

  const toolUse = createToolUse({
    ...{ roomId, clock, count, emit, newId: options.newCallId },
    respond: (responses) => live.answerTools(responses),
    peopleSpeak: () => turnTaking.peopleSpeak,
    cue: (pcm) => playback.cue(pcm),
  });

  const typed = createTypedDesk({
    ...{ roomId, clock, count, emit, answers, gate, spoken, owed },
    live: () => live,
    heardMs: (of) => playback.heardMs(of),
  });

  const live = options.createLive({
    audio(of, pcm) {
      gate.seen(of);
      generation = Math.max(generation, of);
      answers.sound(of, pcm.length);
      if (turnTaking.botMustWait) cut(of, playback.heardMs(of));
      if (!gate.mayPlay(of, clock.now())) {
        // One that was stopped before it began is cut by its own first sound.
        answers.cut(of, playback.heardMs(of));
        return count('playback_stale_chunks_total');
      }
      timer.chunk(clock.now());
      playback.append(of, pcm);
    },
    generationComplete: (of) => playback.end(of),
    interrupted(of) {
      gate.seen(of);
      if (owed.isOvertaken(of)) typed.turns.passOver(of);
      if (!turnTaking.botMustWait && of >= generation) silenceForService();
      gate.ended(of, 'interrupted');
    },
    turnComplete(of, how) {
      gate.seen(of);
      if (how === 'lost') typed.turns.lost();
      spoken.answered(of, turnTaking.peopleSpeak);
      answers.complete(of);
      gate.ended(of, 'turnComplete');
      toolUse.over(of);
      playback.end(of);
      timer.turnCompleted();
    },
    inputTranscript: spoken.input,
    askedAgain: spoken.askedAgain,
    outputTranscript(of, text) {
      gate.seen(of);
      answers.text(of, text);
    },
    ...toolUse.on,
  });

  const playback = options.createPlayback({
    started(_of, at) {
      timer.packet(at);
      turnTaking.playoutStarted(at);
    },
    finished(of) {
      answers.heard(of);
      turnTaking.playoutEnded();
    },
    overflow: (_of, droppedMs) => count('playback_overflow_total', Math.round(droppedMs)),
  });

  const stop = (): boolean => {
    const { generation: playing, heardMs, unheardMs } = playback.flush();
    if (playing !== null) answers.cut(playing, heardMs);
    typed.turns.stopped();
    const hadCalls = toolUse.stop();
    // A model that cannot be told to say nothing of what became of them says it in an answer of its own.
    const next = owed.unfinished ?? (hadCalls ? gate.latest + 1 : null);
    const isNew = next !== null && gate.stop(next);
    const had = unheardMs > 0 || hadCalls || isNew;
    owed.stopped();
    if (playing !== null) turnTaking.playoutEnded();
    return had;
  };

  return {
    live,
    playback,
    packet: turnTaking.packet,
    frame(frame) {
      if (!mixdown.add(frame)) count('turn_late_frames_total');
    },
    voice: turnTaking.voice,
    tick(now) {
      turnTaking.tick(now);
      typed.tick(now, {
        mayAsk: nobodySpeaks() && owed.mayAsk,
        settled: isQuiet() && owed.nothing,
        peopleSpeak: turnTaking.peopleSpeak,
      });
      speakUp.tick(now, nobodySpeaks() && owed.nothing && isConnected(live.state));
      toolUse.tick(now, turnTaking.free && playback.state.status === 'idle');
      spoken.tick(now, () => answers.soFar((of) => playback.heardMs(of)));
    },
    speakerLeft: turnTaking.speakerLeft,
    stop,
    reset() {
      typed.end();
      spoken.forget();
      turnTaking.release();
      playback.flush();
      answers.forget();
      gate.open();
      toolUse.abandon();
      live.reset();
    },
    say(text) {
      silenceForService();
      typed.turns.overtaken();
      owed.asked();
      live.sendText(text);
    },
    typed: typed.turns.wait.bind(typed.turns),
    dropTyped(turnId) {
      if (typed.turns.drop(turnId) === 'answering') stop();
    },
    image: typed.show,
    speakUp: (note) => speakUp.wait(note, clock.now()),
    toolResult: toolUse.result,
    connectionLost() {
      if (generation > 0) playback.end(generation);
    },
    release() {
      typed.turns.dropWaiting();
      turnTaking.release();
      toolUse.abandon();
      return playback.state.status !== 'idle';
    },
    end: typed.end,
  };
}
