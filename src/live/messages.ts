/**
 * Server messages, read at the edge (reference/live-api.md §3): text or binary frames, every field by itself, so that one
 * that has changed its shape costs only itself. Unknown fields and bare `{}` are ignored.
 */
import { z } from 'zod';
import type { TurnUsage } from '../types/live.ts';
import { type CodePart, codeExecutionResult, executableCode } from './code-part.ts';
import { type Grounding, groundingMetadata } from './grounding.ts';
import type { FunctionCall } from './live-session.ts';
import { usageMetadata } from './usage.ts';

/** Sound as it came: base64 of PCM, and what it says of itself. */
export interface EncodedAudio {
  readonly data: string;
  readonly mimeType: string;
}

/** A call as it comes; what is known of its function is added where that is known. */
export type CallMessage = Pick<FunctionCall, 'id' | 'name' | 'args'>;

export interface ServerMessage {
  readonly setupComplete: boolean;
  readonly audio: readonly EncodedAudio[];
  /** Some part of an answer came, whatever its kind; a thought counts, so that thinking is not silence. */
  readonly modelTurn: boolean;
  /** It has a part that is neither sound nor thought: text, code. */
  readonly shown: boolean;
  /** Text parts, joined: the words of an answer in text. */
  readonly text: string;
  readonly code: readonly CodePart[];
  readonly grounding: Grounding | null;
  readonly inputText: string;
  readonly outputText: string;
  readonly interrupted: boolean;
  readonly generationComplete: boolean;
  readonly turnComplete: boolean;
  /** Why the turn ended, when the service says. */
  readonly turnCompleteReason: string | null;
  readonly interactionStatus: string | null;
  readonly toolCalls: readonly CallMessage[];
  readonly cancelledCalls: readonly string[];
  /** ms until the service closes the connection; null: it said nothing. */
  readonly goAwayMs: number | null;
  /** A handle that can be resumed from; empty: there is none at the moment. */
  readonly handle: string | null;
  readonly usage: TurnUsage | null;
}

export interface ReadMessage {
  readonly message: ServerMessage;
  /** Names of fields that were not what they should be; `json` when nothing could be read. */
  readonly faults: readonly string[];
}

/** What is left of a `goAway` whose duration cannot be read: a few seconds (§3.5). */
const UNREADABLE_GO_AWAY_MS = 5_000;

const flag = z.boolean();
const transcription = z.object({ text: z.string().optional() }).transform(({ text }) => text ?? '');
const part = z.object({
  inlineData: z.object({ data: z.string(), mimeType: z.string().default('audio/pcm') }).optional(),
  text: z.string().optional(),
  thought: z.boolean().optional(),
  executableCode: z.unknown().optional(),
  codeExecutionResult: z.unknown().optional(),
});
const functionCall = z.object({
  id: z.string(),
  name: z.string(),
  args: z.record(z.string(), z.unknown()).nullish(),
});

type Fields = Record<string, unknown>;

export function readServerMessage(frame: string | Uint8Array): ReadMessage {
  const faults: string[] = [];
  const json = parse(frame);
  if (!isFields(json)) return { message: messageOf({}, {}, faults), faults: ['json'] };
  const content = json['serverContent'];
  const message = messageOf(json, isFields(content) ? content : {}, faults);
  if (content !== undefined && !isFields(content)) faults.push('serverContent');
  return { message, faults };
}

function messageOf(json: Fields, content: Fields, faults: string[]): ServerMessage {
  const read = <T>(from: Fields, name: string, schema: z.ZodType<T>, otherwise: T): T => {
    const value = from[name];
    if (value === undefined || value === null) return otherwise;
    const result = schema.safeParse(value);
    if (!result.success) faults.push(name);
    return result.success ? result.data : otherwise;
  };
  const parts = partsOf(
    read(content, 'modelTurn', z.object({ parts: z.array(z.unknown()).optional() }), {}).parts,
    faults,
  );
  const spoken = parts.filter(({ thought }) => thought !== true);
  return {
    setupComplete: json['setupComplete'] !== undefined,
    audio: spoken.flatMap(({ inlineData }) => (inlineData ? [inlineData] : [])),
    modelTurn: parts.length > 0,
    shown: spoken.some(({ inlineData }) => inlineData === undefined),
    text: spoken.map(({ text }) => text ?? '').join(''),
    code: spoken.flatMap((each) => codeOf(each, faults)),
    grounding: read(content, 'groundingMetadata', groundingMetadata.nullable(), null),
    inputText: read(content, 'inputTranscription', transcription, ''),
    outputText: read(content, 'outputTranscription', transcription, ''),
    interrupted: read(content, 'interrupted', flag, false),
    generationComplete: read(content, 'generationComplete', flag, false),
    turnComplete: read(content, 'turnComplete', flag, false),
    turnCompleteReason: read(content, 'turnCompleteReason', z.string().nullable(), null),
    // The type has it in `serverContent`, Google's own sample reads it at the top (§3.2).
    interactionStatus: read(
      content,
      'interactionStatus',
      z.string().nullable(),
      read(json, 'interactionStatus', z.string().nullable(), null),
    ),
    toolCalls: callsOf(
      read(json, 'toolCall', z.object({ functionCalls: z.array(z.unknown()) }), { functionCalls: [] }),
      faults,
    ),
    cancelledCalls: read(json, 'toolCallCancellation', z.object({ ids: z.array(z.string()) }), { ids: [] }).ids,
    goAwayMs: read(json, 'goAway', goAway, null),
    handle: read(json, 'sessionResumptionUpdate', resumption, null),
    usage: read(json, 'usageMetadata', usageMetadata.nullable(), null),
  };
}

/** `{"timeLeft":"9.5s"}`, a protobuf Duration. */
const goAway = z
  .object({ timeLeft: z.unknown() })
  .partial()
  .transform(({ timeLeft }): number | null => {
    const [, seconds] = /^(\d+(?:\.\d+)?)s$/.exec(typeof timeLeft === 'string' ? timeLeft : '') ?? [];
    return seconds === undefined ? UNREADABLE_GO_AWAY_MS : Number(seconds) * 1000;
  });

/** Only a handle that is said to be resumable is one; while the model speaks or calls, there is none (§3.6). */
const resumption = z
  .object({ newHandle: z.string().optional(), resumable: z.boolean().optional() })
  .transform(({ newHandle = '', resumable }): string | null => (resumable === true ? newHandle : ''));

function partsOf(parts: readonly unknown[] | undefined, faults: string[]): z.infer<typeof part>[] {
  return eachOf(parts ?? [], part, 'modelTurn.parts', faults);
}

function codeOf(from: z.infer<typeof part>, faults: string[]): CodePart[] {
  return [
    ...eachOf(given(from.executableCode), executableCode, 'executableCode', faults),
    ...eachOf(given(from.codeExecutionResult), codeExecutionResult, 'codeExecutionResult', faults),
  ];
}

function given(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : [value];
}

function callsOf({ functionCalls }: { functionCalls: readonly unknown[] }, faults: string[]): CallMessage[] {
  const calls = eachOf(functionCalls, functionCall, 'toolCall.functionCalls', faults);
  return calls.map(({ id, name, args }) => ({ id, name, args: args ?? {} }));
}

function eachOf<T>(values: readonly unknown[], schema: z.ZodType<T>, name: string, faults: string[]): T[] {
  return values.flatMap((value) => {
    const result = schema.safeParse(value);
    if (!result.success) faults.push(name);
    return result.success ? [result.data] : [];
  });
}

function parse(frame: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof frame === 'string' ? frame : new TextDecoder('utf-8', { fatal: true }).decode(frame));
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
