/**
 * The setup frame: the first message of every connection (reference/live-api.md §4, "Proposed frame"). Pure.
 *
 * Only what the model takes goes in, and nothing is ever null: both close the socket.
 */
import type { TranscriptTurn } from '../types/live.ts';
import type { RoomSettings } from '../types/settings.ts';
import { instructionFor } from './instruction.ts';
import { SPEECH_LANGUAGE_CODES } from './languages.ts';
import type { ModelProfile, ThinkingLevel } from './models.ts';
import { voiceNamed } from './voices.ts';

type Json = Readonly<Record<string, unknown>>;

/** A function the model may call; `parameters` in Google's Schema (OpenAPI 3.0, not JSON Schema; §6). */
export interface LiveTool {
  readonly name: string;
  readonly description: string;
  readonly parameters?: Json;
}

/** What an operator may set beyond a guild's settings. What the model does not take is left out. */
export interface SetupTuning {
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly maxOutputTokens?: number;
  readonly seed?: number;
  readonly mediaResolution?: 'low' | 'medium' | 'high';
  readonly thinking?: { readonly level: Lowercase<ThinkingLevel> } | { readonly budgetTokens: number };
  readonly compression?: { readonly triggerTokens: number; readonly targetTokens: number };
  /** False: speech does not stop the model's answer on the server. */
  readonly interruptible?: boolean;
  readonly googleSearch?: boolean;
  readonly codeExecution?: boolean;
}

export interface SetupOptions {
  readonly profile: ModelProfile;
  readonly settings: RoomSettings;
  readonly selfName: string;
  readonly channelPeople?: number;
  /** Continues a session; null starts a fresh one. */
  readonly handle: string | null;
  /** For a fresh session; left out when it continues one. */
  readonly seed: readonly TranscriptTurn[];
  readonly tools?: readonly LiveTool[];
  readonly tuning?: SetupTuning;
}

/**
 * Where the context is cut, and to how much: ten minutes of speech at 25 tokens a second, down to five. Every turn bills the
 * whole context again, so this is the cost control (§10).
 */
const COMPRESSION = { triggerTokens: 16_000, targetTokens: 8_000 };

export interface SetupFrame {
  readonly setup: Json;
}

export function setupFrame(options: SetupOptions): SetupFrame {
  const { profile, settings, handle, seed, tuning = {} } = options;
  const { triggerTokens, targetTokens } = tuning.compression ?? COMPRESSION;
  const tools = toolsOf(options);
  return {
    setup: {
      model: `models/${profile.id}`,
      generationConfig: generationConfig(profile, settings, tuning),
      systemInstruction: { parts: instructionParts(options).map((text) => ({ text })) },
      ...(tools.length > 0 && { tools }),
      realtimeInputConfig: {
        automaticActivityDetection: { disabled: true },
        activityHandling: tuning.interruptible === false ? 'NO_INTERRUPTION' : 'START_OF_ACTIVITY_INTERRUPTS',
        turnCoverage: profile.turnCoverage,
      },
      inputAudioTranscription: languageHints(profile, settings.language),
      outputAudioTranscription: {},
      sessionResumption: handle === null ? {} : { handle },
      // int64 travels as a string (§1).
      contextWindowCompression: {
        triggerTokens: String(triggerTokens),
        slidingWindow: { targetTokens: String(targetTokens) },
      },
      ...(seedsByHistory(profile, handle, seed) && { historyConfig: { initialHistoryInClientContent: true } }),
    },
  };
}

/** Whether history must follow `setupComplete`, ended by `turnComplete: true`, before anything else may be sent. */
export function seedsByHistory(profile: ModelProfile, handle: string | null, seed: readonly TranscriptTurn[]): boolean {
  return profile.historyConfig && handle === null && seed.length > 0;
}

function instructionParts({ profile, settings, selfName, channelPeople, handle, seed }: SetupOptions): string[] {
  const { persona, language } = settings;
  const parts = [...instructionFor({ selfName, persona, language, channelPeople: channelPeople ?? null })];
  if (handle !== null || seed.length === 0 || profile.historyConfig) return parts;
  const lines = seed.map(({ role, text }) => `${role === 'user' ? 'They' : 'You'}: ${text}`);
  return [...parts, `What was said before, so that you can go on from there:\n${lines.join('\n')}`];
}

function generationConfig(profile: ModelProfile, settings: RoomSettings, tuning: SetupTuning): Json {
  const { temperature, topP, topK, maxOutputTokens, seed, mediaResolution } = tuning;
  const languageCode = SPEECH_LANGUAGE_CODES.find((code) => code === settings.language);
  return {
    responseModalities: ['AUDIO'],
    speechConfig: {
      voiceConfig: { prebuiltVoiceConfig: { voiceName: voiceNamed(settings.voice) ?? settings.voice } },
      ...(profile.languageCode && languageCode !== undefined && { languageCode }),
    },
    ...defined({ temperature, topP, topK, maxOutputTokens, seed }),
    ...(mediaResolution && { mediaResolution: `MEDIA_RESOLUTION_${mediaResolution.toUpperCase()}` }),
    ...thinkingConfig(profile, tuning.thinking),
  };
}

function thinkingConfig({ thinking }: ModelProfile, wanted: SetupTuning['thinking']): Json {
  if (wanted === undefined || thinking === 'none') return {};
  if ('budgetTokens' in wanted) {
    return thinking === 'budget' ? { thinkingConfig: { thinkingBudget: wanted.budgetTokens } } : {};
  }
  if (thinking === 'budget') return {};
  const level = thinking.find((it) => it.toLowerCase() === wanted.level);
  return level ? { thinkingConfig: { thinkingLevel: level } } : {};
}

/** `behavior` is always said: the default differs between models (§6). */
function toolsOf({ profile, tools = [], tuning = {} }: SetupOptions): Json[] {
  const behavior = profile.blockingTools ? 'BLOCKING' : 'NON_BLOCKING';
  const functionDeclarations = tools.map((tool) => ({ ...tool, behavior }));
  return [
    ...(functionDeclarations.length > 0 ? [{ functionDeclarations }] : []),
    ...(tuning.googleSearch && profile.googleSearch ? [{ googleSearch: {} }] : []),
    ...(tuning.codeExecution && profile.codeExecution ? [{ codeExecution: {} }] : []),
  ];
}

/** Hints took wrong-language transcripts from 27 % to none (§4); without a language there is nothing to hint at. */
function languageHints({ languageHints: heeded }: ModelProfile, language: string): Json {
  return heeded && language !== 'auto' ? { languageCodes: [language] } : {};
}

function defined(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
