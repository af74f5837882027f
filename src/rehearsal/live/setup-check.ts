/**
 * Whether a setup fits its model, and what it asks for once it does (live-api.md §4–§7).
 */
import type { Voice } from '../speech/voices.ts';
import { textOf } from './content-kinds.ts';
import { isSpeechLanguage } from './live-languages.ts';
import { DEFAULT_VOICE, standInFor } from './live-voices.ts';
import type { ApiVersion, Behaviour, ModelProfile } from './models.ts';
import { InvalidPayload, unknownName } from './proto-json.ts';
import { type Rejection, rejections } from './rejection.ts';
import type { GenerationConfig, Setup, Tool } from './setup-kinds.ts';

/** A setup that was taken, with every default filled in. */
export interface AcceptedSetup {
  readonly model: ModelProfile;
  readonly modality: 'AUDIO' | 'TEXT';
  readonly voice: Voice;
  readonly manualDetection: boolean;
  /** Silence that ends an utterance in automatic detection, ms. */
  readonly silenceMs: number;
  readonly interruptible: boolean;
  readonly transcribesInput: boolean;
  readonly transcribesOutput: boolean;
  readonly sendsHandles: boolean;
  readonly handle: string | null;
  readonly compression: { readonly triggerTokens: number; readonly targetTokens: number } | null;
  readonly functions: ReadonlyMap<string, Behaviour>;
  readonly searches: boolean;
  readonly runsCode: boolean;
  readonly instruction: string;
  /** `clientContent` is history until a `turnComplete`. */
  readonly seeded: boolean;
}

/** Server default, live-api.md §4. */
const DEFAULT_SILENCE_MS = 800;
const FUNCTION_NAME = /^[A-Za-z_][\w.:-]{0,127}$/;
const MAX_FUNCTIONS = 512;
/** Fields of generateContent that its Live variant has not (§4). */
const NOT_LIVE = [
  'responseLogprobs',
  'logprobs',
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
  'stopSequences',
  'routingConfig',
  'audioTimestamp',
  'translationConfig',
] as const satisfies readonly (keyof GenerationConfig)[];

export function checkSetup(
  setup: Setup,
  { models, version }: { readonly models: readonly ModelProfile[]; readonly version: ApiVersion },
): AcceptedSetup | Rejection {
  const name = setup.model ?? '';
  const model = models.find(({ id }) => name === `models/${id}`);
  if (model === undefined) {
    return name.startsWith('models/') ? rejections.unknownModel(name, version) : rejections.invalidArgument;
  }
  try {
    const refused = checkFields(setup, model, version) ?? checkTools(setup.tools ?? [], model);
    return refused ?? accept(setup, model);
  } catch (error) {
    if (error instanceof InvalidPayload) return rejections.payload(error.message);
    throw error;
  }
}

function checkFields(setup: Setup, model: ModelProfile, version: ApiVersion): Rejection | null {
  const { generationConfig = {}, systemInstruction, proactivity, contextWindowCompression } = setup;
  if (model.proactivity !== version) {
    if (proactivity !== undefined) throw unknownName('proactivity', 'setup');
    if (generationConfig.enableAffectiveDialog !== undefined) {
      throw unknownName('enableAffectiveDialog', 'setup.generation_config');
    }
  }
  const instructed = systemInstruction?.parts ?? [];
  if (instructed.some((part) => part.text === undefined)) return rejections.invalidArgument;
  if (contextWindowCompression) {
    const { trigger, target } = compressionOf(contextWindowCompression, model);
    if (trigger <= 0 || target >= trigger) return rejections.invalidArgument;
  }
  for (const transcription of [setup.inputAudioTranscription, setup.outputAudioTranscription]) {
    if (transcription?.wordTimestamp || transcription?.diarization) return rejections.invalidArgument;
  }
  return checkGeneration(generationConfig, model);
}

function checkGeneration(config: GenerationConfig, model: ModelProfile): Rejection | null {
  const { responseModalities = [], speechConfig } = config;
  if (responseModalities.length > 1) return rejections.twoModalities;
  const [modality = 'AUDIO'] = responseModalities;
  if (modality === 'TEXT' && model.kind === 'native-audio') return rejections.textFromAudioModel;
  // Reported of text from an audio model; a voice where nothing is spoken is the same request the other way round.
  if (modality === 'TEXT' && speechConfig?.voiceConfig !== undefined) return rejections.textFromAudioModel;
  if (modality !== 'AUDIO' && modality !== 'TEXT') return rejections.invalidArgument;
  if (NOT_LIVE.some((field) => config[field] !== undefined)) return rejections.invalidArgument;
  if (!thinkingFits(config, model)) return rejections.invalidArgument;
  if (!languageFits(speechConfig?.languageCode, model)) return rejections.invalidArgument;
  if (speechConfig?.voiceConfig?.replicatedVoiceConfig !== undefined) return rejections.invalidArgument;
  const voice = speechConfig?.voiceConfig?.prebuiltVoiceConfig?.voiceName;
  return voice !== undefined && standInFor(voice) === null ? rejections.unknownVoice(voice, model.id) : null;
}

function languageFits(code: string | undefined, { kind }: ModelProfile): boolean {
  return code === undefined || (kind === 'half-cascade' && isSpeechLanguage(code));
}

function thinkingFits({ thinkingConfig }: GenerationConfig, { thinking }: ModelProfile): boolean {
  if (thinkingConfig === undefined) return true;
  if (thinking === 'none') return false;
  const { thinkingBudget, thinkingLevel } = thinkingConfig;
  if (thinking === 'budget') return thinkingLevel === undefined;
  return thinkingBudget === undefined && (thinkingLevel === undefined || thinking.includes(thinkingLevel));
}

function checkTools(tools: readonly Tool[], model: ModelProfile): Rejection | null {
  const functions = tools.flatMap(({ functionDeclarations = [] }) => functionDeclarations);
  const names = functions.map(({ name = '' }) => name);
  const fits =
    functions.length <= MAX_FUNCTIONS &&
    names.every((name) => FUNCTION_NAME.test(name)) &&
    new Set(names).size === names.length &&
    functions.every(({ behavior }) => isAvailable(behavior, model)) &&
    tools.every((tool) => toolFits(tool, model));
  return fits ? null : rejections.invalidArgument;
}

function isAvailable(behavior: Behaviour | 'UNSPECIFIED' | undefined, { behaviours }: ModelProfile): boolean {
  return behavior === undefined || behavior === 'UNSPECIFIED' || behaviours.includes(behavior);
}

function toolFits(tool: Tool, { tools }: ModelProfile): boolean {
  if (tool.googleMaps !== undefined || tool.googleSearchRetrieval !== undefined) return false;
  if (tool.googleSearch !== undefined && !tools.googleSearch) return false;
  if (tool.codeExecution !== undefined && !tools.codeExecution) return false;
  return tool.urlContext === undefined || tools.urlContext;
}

/** Both numbers have defaults: 80 % of the context, and half of the trigger (§4). */
function compressionOf(
  { triggerTokens, slidingWindow }: NonNullable<Setup['contextWindowCompression']>,
  { contextTokens }: ModelProfile,
): { trigger: number; target: number } {
  const trigger = triggerTokens ?? Math.floor(contextTokens * 0.8);
  return { trigger, target: slidingWindow?.targetTokens ?? Math.floor(trigger / 2) };
}

function accept(setup: Setup, model: ModelProfile): AcceptedSetup {
  const { generationConfig = {}, realtimeInputConfig = {}, contextWindowCompression: asked } = setup;
  const { automaticActivityDetection: detection = {} } = realtimeInputConfig;
  const voiceName = generationConfig.speechConfig?.voiceConfig?.prebuiltVoiceConfig?.voiceName ?? DEFAULT_VOICE;
  const compression = asked && compressionOf(asked, model);
  return {
    model,
    modality: generationConfig.responseModalities?.[0] === 'TEXT' ? 'TEXT' : 'AUDIO',
    voice: standInFor(voiceName) ?? 'rms',
    manualDetection: detection.disabled === true,
    silenceMs: detection.silenceDurationMs ?? DEFAULT_SILENCE_MS,
    interruptible: realtimeInputConfig.activityHandling !== 'NO_INTERRUPTION',
    transcribesInput: setup.inputAudioTranscription !== undefined,
    transcribesOutput: setup.outputAudioTranscription !== undefined || model.unasked,
    sendsHandles: setup.sessionResumption !== undefined || model.unasked,
    handle: setup.sessionResumption?.handle ?? null,
    compression: compression ? { triggerTokens: compression.trigger, targetTokens: compression.target } : null,
    functions: functionsOf(setup.tools ?? [], model),
    searches: (setup.tools ?? []).some(({ googleSearch }) => googleSearch !== undefined),
    runsCode: (setup.tools ?? []).some(({ codeExecution }) => codeExecution !== undefined),
    instruction: textOf(setup.systemInstruction ?? {}),
    seeded: setup.historyConfig?.initialHistoryInClientContent === true,
  };
}

function functionsOf(tools: readonly Tool[], model: ModelProfile): Map<string, Behaviour> {
  const functions = tools.flatMap(({ functionDeclarations = [] }) => functionDeclarations);
  return new Map(
    functions.map(({ name = '', behavior }) => [
      name,
      behavior === undefined || behavior === 'UNSPECIFIED' ? model.defaultBehaviour : behavior,
    ]),
  );
}
