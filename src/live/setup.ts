/**
 * The setup frame: the first message of every connection (reference/live-api.md §4, "Proposed frame"). Pure.
 *
 * Only what the model takes goes in, and nothing is ever null: both close the socket.
 */

import { fitTuning } from '../catalogue/fit-tuning.ts';
import type { ModelProfile } from '../catalogue/models.ts';
import { isEnabled, SERVICE_TOOLS, type ServiceToolName } from '../catalogue/service-tools.ts';
import type { TranscriptTurn } from '../types/live.ts';
import type { LiveTuning, TurnDetection } from '../types/live-tuning.ts';
import type { RoomSettings } from '../types/settings.ts';
import type { ToolDeclaration } from '../types/tools.ts';
import { behaviorOf } from './call-manner.ts';
import { generationConfig, type Modality, modalityOf } from './generation-config.ts';
import { instructionFor, type Place } from './instruction.ts';
import { realtimeInputConfig, transcriptions } from './realtime-config.ts';

type Json = Readonly<Record<string, unknown>>;

export interface SetupOptions {
  readonly profile: ModelProfile;
  readonly settings: RoomSettings;
  readonly selfName: string;
  readonly place?: Place | undefined;
  /** In place of the instruction for a room; one paragraph a part. */
  readonly instruction?: readonly string[];
  readonly channelPeople?: number;
  /** Continues a session; null starts a fresh one. */
  readonly handle: string | null;
  /** For a fresh session; left out when it continues one. */
  readonly seed: readonly TranscriptTurn[];
  /** What a session that continues has missed, where no text can go before the next turn. */
  readonly missed?: string | null;
  readonly tools?: readonly ToolDeclaration[];
  /** What the model does not take is left out. */
  readonly tuning?: LiveTuning | undefined;
  /** Ours, unless the service is to decide. */
  readonly detection?: TurnDetection | undefined;
  /** Text where the model has it, else sound. */
  readonly modality?: Modality | undefined;
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
  const { profile, settings, handle, seed, detection = 'manual' } = options;
  const modality = modalityOf(profile, options.modality);
  const tuning = fitTuning(options.tuning ?? {}, profile, detection).taken;
  const { triggerTokens, targetTokens } = tuning.compression ?? COMPRESSION;
  const tools = toolsOf(options);
  return {
    setup: {
      model: `models/${profile.id}`,
      generationConfig: generationConfig(profile, settings, modality, tuning),
      systemInstruction: { parts: instructionParts(options).map((text) => ({ text })) },
      ...(tools.length > 0 && { tools }),
      realtimeInputConfig: realtimeInputConfig(settings, detection, tuning),
      ...transcriptions(profile.languageHints, settings, modality, tuning),
      sessionResumption: handle === null ? {} : { handle },
      // int64 travels as a string (§1).
      contextWindowCompression: {
        triggerTokens: String(triggerTokens),
        slidingWindow: { targetTokens: String(targetTokens) },
      },
      ...(tuning.proactiveAudio !== undefined && { proactivity: { proactiveAudio: tuning.proactiveAudio } }),
      ...(seedsByHistory(profile, handle, seed) && { historyConfig: { initialHistoryInClientContent: true } }),
    },
  };
}

/** Whether history must follow `setupComplete`, ended by `turnComplete: true`, before anything else may be sent. */
export function seedsByHistory(profile: ModelProfile, handle: string | null, seed: readonly TranscriptTurn[]): boolean {
  return profile.historyConfig && handle === null && seed.length > 0;
}

function instructionParts({
  profile,
  settings,
  selfName,
  place,
  instruction,
  channelPeople,
  handle,
  seed,
  missed = null,
}: SetupOptions): string[] {
  const { persona, language } = settings;
  const ofRoom = () => instructionFor({ selfName, persona, language, place, channelPeople: channelPeople ?? null });
  const parts = [...(instruction ?? ofRoom())];
  if (handle !== null && missed !== null) return [...parts, missed];
  if (handle !== null || seed.length === 0 || profile.historyConfig) return parts;
  const lines = seed.map(({ role, text }) => `${role === 'user' ? 'They' : 'You'}: ${text}`);
  return [...parts, `What was said before, so that you can go on from there:\n${lines.join('\n')}`];
}

/** Each tool of the service as `setup` names it. */
const SERVICE_TOOL_FIELDS: Readonly<Record<ServiceToolName, Json>> = {
  google_search: { googleSearch: {} },
  code_execution: { codeExecution: {} },
};

function toolsOf({ profile, settings, tools = [] }: SetupOptions): Json[] {
  const functionDeclarations = tools.map((tool) => {
    const { name, description, parameters } = tool;
    return { name, description, ...(parameters && { parameters }), behavior: behaviorOf(profile, tool) };
  });
  const ofService = SERVICE_TOOLS.filter((it) => it.isAvailable(profile) && isEnabled(settings.tools, it.name));
  return [
    ...(functionDeclarations.length > 0 ? [{ functionDeclarations }] : []),
    ...ofService.map(({ name }) => SERVICE_TOOL_FIELDS[name]),
  ];
}
