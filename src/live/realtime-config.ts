/**
 * `realtimeInputConfig` and the transcriptions of the setup: how the service listens (reference/live-api.md §4, §8.1). Pure; the
 * tuning fits the model already.
 */
import { transcriptionHint } from '../catalogue/languages.ts';
import type { AutomaticDetection, LiveTuning, TurnCoverage, TurnDetection } from '../types/live-tuning.ts';
import type { RoomSettings } from '../types/settings.ts';
import { defined, type Modality } from './generation-config.ts';

type Json = Readonly<Record<string, unknown>>;

const COVERAGES: Readonly<Record<TurnCoverage, string>> = {
  activity: 'TURN_INCLUDES_ONLY_ACTIVITY',
  activityAndVideo: 'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO',
  everything: 'TURN_INCLUDES_ALL_INPUT',
};

export function realtimeInputConfig(settings: RoomSettings, detection: TurnDetection, tuning: LiveTuning): Json {
  return {
    automaticActivityDetection:
      detection === 'manual' ? { disabled: true } : automaticDetection(settings, tuning.automaticDetection),
    activityHandling: interrupts(settings, detection, tuning) ? 'START_OF_ACTIVITY_INTERRUPTS' : 'NO_INTERRUPTION',
    // Whatever else was sent in silence is not worth its tokens.
    turnCoverage: COVERAGES[tuning.turnCoverage ?? 'activity'],
  };
}

/**
 * Whether speech stops an answer at the service. With our own detection it hears of speech only when a window is opened, and what a
 * guild wants of interruptions is kept by not opening one: the setting would only cost a connection. With its own it hears
 * everything, so it has to be told.
 */
function interrupts({ interrupt }: RoomSettings, detection: TurnDetection, { activityHandling }: LiveTuning): boolean {
  return activityHandling !== 'none' && (detection === 'manual' || interrupt !== 'off');
}

/** The pause that a guild sets is the silence that ends a turn, unless the operator has one for all. */
function automaticDetection({ pauseMs }: RoomSettings, wanted: AutomaticDetection = {}): Json {
  const { startSensitivity, endSensitivity, prefixPaddingMs, silenceDurationMs = pauseMs } = wanted;
  return {
    ...(startSensitivity && { startOfSpeechSensitivity: `START_SENSITIVITY_${startSensitivity.toUpperCase()}` }),
    ...(endSensitivity && { endOfSpeechSensitivity: `END_SENSITIVITY_${endSensitivity.toUpperCase()}` }),
    ...defined({ prefixPaddingMs, silenceDurationMs }),
  };
}

/** Both are on unless they are switched off; an answer in text is its own transcript. */
export function transcriptions(
  heedsHints: boolean,
  { language }: RoomSettings,
  modality: Modality,
  tuning: LiveTuning,
): Json {
  const { input = true, output = true, languageHints = [], customVocabulary } = tuning.transcription ?? {};
  return {
    ...(input && {
      inputAudioTranscription: {
        ...(heedsHints && hintsFor(language, languageHints)),
        ...defined({ customVocabulary }),
      },
    }),
    ...(output && modality === 'AUDIO' && { outputAudioTranscription: {} }),
  };
}

/**
 * Hints took wrong-language transcripts from 27 % to none (§4). A guild that has a language is spoken to in it; what an operator
 * expects of people is for the others.
 */
function hintsFor(language: string, expected: readonly string[]): Json {
  const ofGuild = transcriptionHint(language);
  const codes = ofGuild === null ? expected.map(transcriptionHint).filter((code) => code !== null) : [ofGuild];
  return codes.length === 0 ? {} : { languageCodes: codes };
}
