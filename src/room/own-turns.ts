/**
 * Our own turn-taking: windows of activity, opened and closed by `turn/turn.ts`.
 */
import { INITIAL_TURN, releaseFloor, stepTurn, type TurnEffect, type TurnEvent } from '../turn/turn.ts';
import type { TurnTaking, TurnTakingOptions } from './turn-taking.ts';

export function createOwnTurns({ clock, mixdown, live, turnOptions, nameOf, on }: TurnTakingOptions): TurnTaking {
  let turn = INITIAL_TURN;

  const send = (event: TurnEvent): void => {
    const step = stepTurn(turn, event, turnOptions());
    turn = step.state;
    for (const effect of step.effects) perform(effect);
  };

  const perform = (effect: TurnEffect): void => {
    switch (effect.type) {
      case 'duck':
        return on.duck();
      case 'unduck':
        return on.unduck();
      case 'bargeIn':
        return on.bargeIn();
      case 'openWindow': {
        const speakerIds = effect.speakers.map((speaker) => speaker.speakerId);
        on.silence();
        const notes = on.began(speakerIds, effect.at);
        mixdown.open(effect.speakers);
        return live().startWindow({ speakers: speakerIds.map(nameOf), notes, actorIds: speakerIds });
      }
      case 'joinWindow': {
        const { speakerId } = effect.speaker;
        mixdown.join(effect.speaker);
        on.joined(speakerId);
        return live().addSpeaker(nameOf(speakerId), speakerId);
      }
      case 'closeWindow':
        for (const frame of mixdown.close(effect.at)) live().sendAudio(frame);
        live().endWindow();
        return on.finished(effect.lastSpeechAt);
    }
  };

  return {
    packet: (speakerId, at, silence) => send({ type: 'packet', speakerId, at, silence }),
    voice: (window) => send({ type: 'voice', window, now: clock.now() }),
    tick(now) {
      for (const frame of mixdown.due(now)) live().sendAudio(frame);
      send({ type: 'tick', now });
    },
    speakerLeft(speakerId) {
      send({ type: 'speakerLeft', speakerId, now: clock.now() });
      mixdown.forget(speakerId);
    },
    playoutStarted: (at) => send({ type: 'playoutStarted', now: at }),
    playoutEnded: () => send({ type: 'playoutEnded', now: clock.now() }),
    release() {
      const step = releaseFloor(turn, clock.now());
      turn = step.state;
      for (const effect of step.effects) perform(effect);
    },
    get peopleSpeak() {
      return turn.floor.status === 'people';
    },
    get botMustWait() {
      return turn.floor.status === 'people';
    },
    get free() {
      return turn.floor.status === 'free';
    },
  };
}
