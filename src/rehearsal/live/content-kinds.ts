/**
 * Content, function responses and media as clients may send them (live-api.md §2).
 */
import { anything, bool, bytes, int32, list, message, oneOf, type Read, string, struct } from './proto-json.ts';

const blob = message({ data: bytes, mimeType: string });
export type Blob = Read<typeof blob>;

const part = message({
  text: string,
  inlineData: blob,
  fileData: message({ fileUri: string, mimeType: string }),
  functionCall: message({ id: string, name: string, args: struct }),
  functionResponse: message({ id: string, name: string, response: struct }),
  executableCode: message({ language: string, code: string }),
  codeExecutionResult: message({ outcome: string, output: string }),
  thought: bool,
  thoughtSignature: bytes,
  partMetadata: struct,
  videoMetadata: anything,
});

export const content = message({ role: string, parts: list(part) });
export type Content = Read<typeof content>;

export const clientContent = message({ turns: list(content), turnComplete: bool });
export type ClientContent = Read<typeof clientContent>;

export const realtimeInput = message({
  audio: blob,
  video: blob,
  text: string,
  activityStart: message({}),
  activityEnd: message({}),
  audioStreamEnd: bool,
  mediaChunks: list(blob),
});
export type RealtimeInput = Read<typeof realtimeInput>;

const functionResponse = message({
  id: string,
  name: string,
  response: struct,
  scheduling: oneOf('FunctionResponse.Scheduling', ['SCHEDULING_UNSPECIFIED', 'INTERRUPT', 'WHEN_IDLE', 'SILENT']),
  willContinue: bool,
  parts: list(message({ inlineData: blob })),
});
export type FunctionResponse = Read<typeof functionResponse>;

export const toolResponse = message({ functionResponses: list(functionResponse) });
export type ToolResponse = Read<typeof toolResponse>;

/** All text of a content, its parts as paragraphs. */
export function textOf({ parts = [] }: Content): string {
  return parts.flatMap(({ text }) => (text === undefined ? [] : [text])).join('\n');
}

export const thinkingConfig = message({
  includeThoughts: bool,
  thinkingBudget: int32,
  thinkingLevel: oneOf('ThinkingConfig.ThinkingLevel', ['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'], true),
});
