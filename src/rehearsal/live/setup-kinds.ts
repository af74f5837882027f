/**
 * The fields of `setup` on the Developer API (live-api.md §4, §6). Fields of Vertex AI alone are unknown here, as they are there.
 */
import { content, thinkingConfig } from './content-kinds.ts';
import {
  anything,
  bool,
  double,
  int32,
  int64,
  type Kind,
  later,
  list,
  mapOf,
  message,
  oneOf,
  type Read,
  string,
} from './proto-json.ts';

const SCHEMA_TYPES = ['STRING', 'NUMBER', 'INTEGER', 'BOOLEAN', 'ARRAY', 'OBJECT', 'NULL'] as const;

/** OpenAPI 3.0 schema, not JSON Schema: `$schema`, `additionalProperties`, `const` are unknown. Types in either case (§4). */
const schema: Kind<unknown> = message({
  type: oneOf('Type', SCHEMA_TYPES, true),
  format: string,
  title: string,
  description: string,
  nullable: bool,
  enum: list(string),
  items: later(() => schema),
  maxItems: int64,
  minItems: int64,
  properties: later(() => mapOf(schema)),
  required: list(string),
  minProperties: int64,
  maxProperties: int64,
  minLength: int64,
  maxLength: int64,
  pattern: string,
  example: anything,
  anyOf: later(() => list(schema)),
  propertyOrdering: list(string),
  default: anything,
  minimum: double,
  maximum: double,
});

const functionDeclaration = message({
  name: string,
  description: string,
  behavior: oneOf('FunctionDeclaration.Behavior', ['UNSPECIFIED', 'BLOCKING', 'NON_BLOCKING']),
  parameters: schema,
  parametersJsonSchema: anything,
  response: schema,
  responseJsonSchema: anything,
});

const tool = message({
  functionDeclarations: list(functionDeclaration),
  googleSearch: message({ timeRangeFilter: anything, searchTypes: anything }),
  codeExecution: message({}),
  urlContext: message({}),
  googleMaps: message({ enableWidget: bool }),
  googleSearchRetrieval: anything,
});
export type Tool = Read<typeof tool>;

const speechConfig = message({
  voiceConfig: message({ prebuiltVoiceConfig: message({ voiceName: string }), replicatedVoiceConfig: anything }),
  languageCode: string,
});

const generationConfig = message({
  responseModalities: list(
    oneOf('GenerationConfig.Modality', ['MODALITY_UNSPECIFIED', 'TEXT', 'IMAGE', 'AUDIO', 'VIDEO']),
  ),
  temperature: double,
  topP: double,
  topK: double,
  maxOutputTokens: int32,
  candidateCount: int32,
  presencePenalty: double,
  frequencyPenalty: double,
  seed: int32,
  mediaResolution: oneOf('GenerationConfig.MediaResolution', [
    'MEDIA_RESOLUTION_UNSPECIFIED',
    'MEDIA_RESOLUTION_LOW',
    'MEDIA_RESOLUTION_MEDIUM',
    'MEDIA_RESOLUTION_HIGH',
  ]),
  speechConfig,
  thinkingConfig,
  enableAffectiveDialog: bool,
  translationConfig: anything,
  responseLogprobs: bool,
  logprobs: int32,
  responseMimeType: string,
  responseSchema: schema,
  responseJsonSchema: anything,
  stopSequences: list(string),
  routingConfig: anything,
  audioTimestamp: bool,
});
export type GenerationConfig = Read<typeof generationConfig>;

const transcription = message({
  languageCodes: list(string),
  customVocabulary: list(string),
  mode: oneOf('AudioTranscriptionConfig.Mode', ['MODE_UNSPECIFIED', 'VERBATIM', 'SMART']),
  wordTimestamp: bool,
  diarization: bool,
  languageHints: anything,
  languageAuto: anything,
  adaptationPhrases: list(string),
});

const sensitivity = (edge: 'Start' | 'End') =>
  oneOf(`RealtimeInputConfig.${edge}Sensitivity`, [
    `${edge.toUpperCase()}_SENSITIVITY_UNSPECIFIED`,
    `${edge.toUpperCase()}_SENSITIVITY_HIGH`,
    `${edge.toUpperCase()}_SENSITIVITY_LOW`,
  ]);

const realtimeInputConfig = message({
  automaticActivityDetection: message({
    disabled: bool,
    startOfSpeechSensitivity: sensitivity('Start'),
    endOfSpeechSensitivity: sensitivity('End'),
    prefixPaddingMs: int32,
    silenceDurationMs: int32,
  }),
  activityHandling: oneOf('RealtimeInputConfig.ActivityHandling', [
    'ACTIVITY_HANDLING_UNSPECIFIED',
    'START_OF_ACTIVITY_INTERRUPTS',
    'NO_INTERRUPTION',
  ]),
  turnCoverage: oneOf('RealtimeInputConfig.TurnCoverage', [
    'TURN_COVERAGE_UNSPECIFIED',
    'TURN_INCLUDES_ONLY_ACTIVITY',
    'TURN_INCLUDES_ALL_INPUT',
    'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO',
  ]),
  interimTranscriptTimestampEnabled: bool,
});

export const setup = message({
  model: string,
  generationConfig,
  systemInstruction: content,
  tools: list(tool),
  realtimeInputConfig,
  sessionResumption: message({ handle: string }),
  contextWindowCompression: message({ triggerTokens: int64, slidingWindow: message({ targetTokens: int64 }) }),
  inputAudioTranscription: transcription,
  outputAudioTranscription: transcription,
  proactivity: message({ proactiveAudio: bool, proactiveVideo: bool }),
  historyConfig: message({ initialHistoryInClientContent: bool }),
  safetySettings: list(anything),
});
export type Setup = Read<typeof setup>;
