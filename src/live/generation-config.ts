/**
 * `generationConfig` of the setup: how the model answers (reference/live-api.md §4). Pure; the tuning fits the model already.
 */
import { speechLanguageCode } from '../catalogue/languages.ts';
import type { ModelProfile } from '../catalogue/models.ts';
import { voiceNamed } from '../catalogue/voices.ts';
import type { LiveTuning } from '../types/live-tuning.ts';
import type { RoomSettings } from '../types/settings.ts';

type Json = Readonly<Record<string, unknown>>;

/** What the model answers in. Exactly one of them may be asked for. */
export type Modality = 'AUDIO' | 'TEXT';

/** Text where the model can answer in it: native audio models close the socket over it. */
export function modalityOf({ kind }: ModelProfile, wanted: Modality = 'AUDIO'): Modality {
  return kind === 'half-cascade' ? wanted : 'AUDIO';
}

export function generationConfig(
  profile: ModelProfile,
  settings: RoomSettings,
  modality: Modality,
  tuning: LiveTuning,
): Json {
  const { temperature, topP, topK, maxOutputTokens, seed, presencePenalty, frequencyPenalty } = tuning;
  const { mediaResolution, affectiveDialog } = tuning;
  return {
    responseModalities: [modality],
    // A voice in a session of text is refused.
    ...(modality === 'AUDIO' && { speechConfig: speechConfig(profile, settings) }),
    ...defined({ temperature, topP, topK, maxOutputTokens, seed, presencePenalty, frequencyPenalty }),
    ...(mediaResolution && { mediaResolution: `MEDIA_RESOLUTION_${mediaResolution.toUpperCase()}` }),
    ...thinkingConfig(tuning.thinking),
    ...defined({ enableAffectiveDialog: affectiveDialog }),
  };
}

function speechConfig(profile: ModelProfile, { voice, language }: RoomSettings): Json {
  const languageCode = profile.languageCode ? speechLanguageCode(language) : null;
  return {
    voiceConfig: { prebuiltVoiceConfig: { voiceName: voiceNamed(voice) ?? voice } },
    ...(languageCode !== null && { languageCode }),
  };
}

function thinkingConfig(thinking: LiveTuning['thinking']): Json {
  if (thinking === undefined) return {};
  if ('budgetTokens' in thinking) return { thinkingConfig: { thinkingBudget: thinking.budgetTokens } };
  return { thinkingConfig: { thinkingLevel: thinking.level.toUpperCase() } };
}

/** Without what is undefined: left out of the frame, and out of what is compared with it. */
export function defined(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
