/**
 * Turn-taking by the Live service: it is sent all that is heard, and answers when it believes a turn to be over. `turn/automatic.ts`
 * says when there is something to send, and what is done about the bot meanwhile.
 */
import {
  type AutomaticEffect,
  type AutomaticStep,
  INITIAL_AUTOMATIC,
  releaseStream,
  stepAutomatic,
} from '../turn/automatic.ts';
import type { TurnEvent } from '../turn/turn.ts';
import type { TurnTaking, TurnTakingOptions } from './turn-taking.ts';

export function createServiceTurns({ clock, mixdown, live, turnOptions, on }: TurnTakingOptions): TurnTaking {
  let state = INITIAL_AUTOMATIC;

  const take = (step: AutomaticStep): void => {
    state = step.state;
    for (const effect of step.effects) perform(effect);
  };
  const send = (event: TurnEvent): void => take(stepAutomatic(state, event, turnOptions()));

  const perform = (effect: AutomaticEffect): void => {
    switch (effect.type) {
      case 'duck':
        return on.duck();
      case 'unduck':
        return on.unduck();
      case 'bargeIn':
        return on.bargeIn();
      case 'openStream':
        mixdown.open([effect.speaker]);
        return live().startWindow({ speakers: [], notes: [], actorIds: [effect.speaker.speakerId] });
      case 'joinStream':
        mixdown.join(effect.speaker);
        return live().addSpeaker('', effect.speaker.speakerId);
      case 'closeStream':
        for (const frame of mixdown.close(effect.at)) live().sendAudio(frame);
        return live().endWindow();
      case 'speech':
        if (effect.first) on.began([effect.speakerId], effect.at);
        else on.joined(effect.speakerId);
        return live().spoke();
      case 'quiet':
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
    release: () => take(releaseStream(state, clock.now())),
    get peopleSpeak() {
      return state.talk !== null;
    },
    // Whose turn it is, is for the service to say: an answer means that it is the bot's.
    botMustWait: false,
    get free() {
      return state.talk === null && state.bot === 'silent';
    },
  };
}
