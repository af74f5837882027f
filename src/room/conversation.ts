/**
 * A conversation: what joins hearing, turn-taking, the Live session and playback into somebody to talk with.
 *
 * Barge-in goes local first: playback is flushed before anything is sent, and what the service still sends of the old answer
 * is dropped. While people have the floor nothing is played, so the bot never talks over them.
 */
import type { LiveSession, LiveSessionEvents } from '../live/session.ts';
import type { Playback, PlaybackEvents } from '../playback/playback.ts';
import { mayPlay, OPEN_GATE, type StaleGate, stepStaleGate } from '../playback/stale-gate.ts';
import { createMixdown } from '../turn/mixdown.ts';
import {
  INITIAL_TURN,
  releaseFloor,
  stepTurn,
  type TurnEffect,
  type TurnEvent,
  type TurnOptions,
} from '../turn/turn.ts';
import type { SpeakerFrame, VoiceWindow } from '../types/audio-units.ts';
import type { Clock } from '../types/clock.ts';
import type { Count } from '../types/log.ts';
import { createAnswers } from './answers.ts';
import type { RoomEvent } from './protocol.ts';
import { createTurnTimer } from './turn-timer.ts';

type ConversationLiveEvents = Pick<
  LiveSessionEvents,
  'audio' | 'generationComplete' | 'interrupted' | 'turnComplete' | 'inputTranscript' | 'outputTranscript'
>;

export interface ConversationOptions {
  readonly roomId: string;
  readonly clock: Clock;
  readonly count: Count;
  emit(event: RoomEvent): void;
  /** The settings in force. */
  turnOptions(): TurnOptions;
  /** What the model is told a speaker is called. */
  nameOf(speakerId: string): string;
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
  /** Ends the answer being spoken and sends nothing: the rest of it is dropped as it comes. */
  stop(): void;
  /** A turn in text. */
  say(text: string): void;
  /** The connection is gone in mid-answer: what came of it is played, and no more will come. */
  connectionLost(): void;
  /** Closes an open window; from now on nobody is heard. Returns whether an answer is still being spoken. */
  release(): boolean;
}

export function createConversation(options: ConversationOptions): Conversation {
  const { roomId, clock, count, emit } = options;
  const mixdown = createMixdown();
  const timer = createTurnTimer((times) => emit({ type: 'turn', roomId, times }));
  const answers = createAnswers(({ text, interrupted }) => {
    if (text !== '' || interrupted) transcript('model', text, interrupted);
  });
  let turn = INITIAL_TURN;
  let gate: StaleGate = OPEN_GATE;
  let generation = 0;
  let input = '';
  let speakerIds: readonly string[] = [];

  const transcript = (role: 'user' | 'model', text: string, interrupted: boolean): void =>
    emit({
      type: 'transcript',
      roomId,
      role,
      text,
      final: true,
      interrupted,
      speakerIds: role === 'user' ? speakerIds : [],
    });

  const send = (event: TurnEvent): void => {
    const step = stepTurn(turn, event, options.turnOptions());
    turn = step.state;
    for (const effect of step.effects) perform(effect);
  };

  const perform = (effect: TurnEffect): void => {
    switch (effect.type) {
      case 'duck':
        return playback.duck();
      case 'unduck':
        return playback.unduck();
      case 'bargeIn':
        count('turn_barge_ins_total');
        return silence();
      case 'openWindow':
        return openWindow(effect);
      case 'joinWindow':
        mixdown.join(effect.speaker);
        speakerIds = [...speakerIds, effect.speaker.speakerId];
        return live.addSpeaker(options.nameOf(effect.speaker.speakerId));
      case 'closeWindow':
        return closeWindow(effect);
    }
  };

  /** Whatever is playing or about to be is cut, and its rest will be dropped as it arrives. */
  const silence = (): void => {
    const report = playback.flush();
    if (report.generation === null) return;
    answers.cut(report.generation, report.heardMs);
    shutGate(report.generation);
  };

  /** The service cut its own answer, with nobody speaking: the floor is free again. */
  const silenceForService = (): void => {
    silence();
    send({ type: 'playoutEnded', now: clock.now() });
  };

  const shutGate = (cut: number): void => {
    gate = stepStaleGate(gate, {
      type: 'flushed',
      generation: cut,
      turnComplete: answers.isComplete(cut),
      at: clock.now(),
    });
  };

  const openWindow = (effect: Extract<TurnEffect, { type: 'openWindow' }>): void => {
    silence();
    flushInput();
    speakerIds = effect.speakers.map((speaker) => speaker.speakerId);
    mixdown.open(effect.speakers);
    timer.windowOpened(effect.at);
    live.startWindow({ speakers: speakerIds.map(options.nameOf), notes: answers.takeNotes() });
  };

  const closeWindow = (effect: Extract<TurnEffect, { type: 'closeWindow' }>): void => {
    for (const frame of mixdown.close(effect.at)) live.sendAudio(frame);
    live.endWindow();
    timer.windowClosed(effect.lastSpeechAt, clock.now());
  };

  const flushInput = (): void => {
    if (input.trim() !== '') transcript('user', input.trim(), false);
    input = '';
  };

  const live = options.createLive({
    audio(of, pcm) {
      generation = Math.max(generation, of);
      answers.sound(of, pcm.length);
      if (turn.floor.status === 'people') {
        answers.cut(of, playback.heardMs(of));
        shutGate(of);
      }
      if (!mayPlay(gate, of, clock.now())) return count('playback_stale_chunks_total');
      timer.chunk(clock.now());
      playback.append(of, pcm);
    },
    generationComplete: (of) => playback.end(of),
    interrupted(of) {
      if (turn.floor.status !== 'people' && of >= generation) silenceForService();
      gate = stepStaleGate(gate, { type: 'interrupted', generation: of });
    },
    turnComplete(of) {
      flushInput();
      answers.complete(of);
      gate = stepStaleGate(gate, { type: 'turnComplete', generation: of });
      playback.end(of);
      timer.turnCompleted();
    },
    inputTranscript(text) {
      input += text;
    },
    outputTranscript: (of, text) => answers.text(of, text),
  });

  const playback = options.createPlayback({
    started(_of, at) {
      timer.packet(at);
      flushInput();
      send({ type: 'playoutStarted', now: at });
    },
    finished(of) {
      answers.heard(of);
      send({ type: 'playoutEnded', now: clock.now() });
    },
    overflow: (_of, droppedMs) => count('playback_overflow_total', Math.round(droppedMs)),
  });

  return {
    live,
    playback,
    packet: (speakerId, at, silent) => send({ type: 'packet', speakerId, at, silence: silent }),
    frame(frame) {
      if (!mixdown.add(frame)) count('turn_late_frames_total');
    },
    voice: (window) => send({ type: 'voice', window, now: clock.now() }),
    tick(now) {
      for (const frame of mixdown.due(now)) live.sendAudio(frame);
      send({ type: 'tick', now });
    },
    speakerLeft(speakerId) {
      send({ type: 'speakerLeft', speakerId, now: clock.now() });
      mixdown.forget(speakerId);
    },
    stop() {
      const { generation: cut, heardMs } = playback.flush();
      if (cut === null) return;
      answers.cut(cut, heardMs);
      gate = stepStaleGate(gate, { type: 'stopped', generation: cut, turnComplete: answers.isComplete(cut) });
      send({ type: 'playoutEnded', now: clock.now() });
    },
    say(text) {
      silenceForService();
      live.sendText(text);
    },
    connectionLost() {
      if (generation > 0) playback.end(generation);
    },
    release() {
      const step = releaseFloor(turn, clock.now());
      turn = step.state;
      for (const effect of step.effects) perform(effect);
      return playback.state.status !== 'idle';
    },
  };
}
