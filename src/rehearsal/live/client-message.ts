/**
 * Reads one client message: JSON, one of the four message types, every field known (live-api.md §1, §2).
 */

import type { ClientContent, RealtimeInput, ToolResponse } from './content-kinds.ts';
import { clientContent, realtimeInput, toolResponse } from './content-kinds.ts';
import { InvalidPayload, isRecord, message } from './proto-json.ts';
import { type Rejection, rejections } from './rejection.ts';
import { type Setup, setup } from './setup-kinds.ts';

export type ClientMessage =
  /** `raw` is the setup as it came. */
  | { readonly type: 'setup'; readonly setup: Setup; readonly raw: unknown }
  | { readonly type: 'clientContent'; readonly clientContent: ClientContent }
  | { readonly type: 'realtimeInput'; readonly realtimeInput: RealtimeInput }
  | { readonly type: 'toolResponse'; readonly toolResponse: ToolResponse };

const clientMessage = message({ setup, clientContent, realtimeInput, toolResponse });

export function readClientMessage(text: string): ClientMessage | Rejection {
  const json = parse(text);
  if (json === undefined) return rejections.notJson;
  try {
    const read = clientMessage.read(json, '');
    const [first, second] = Object.keys(read);
    if (first === undefined) return rejections.invalidArgument;
    if (second !== undefined) return rejections.payload(alreadySet(second));
    if (read.setup) return { type: 'setup', setup: read.setup, raw: isRecord(json) ? json['setup'] : undefined };
    if (read.clientContent) return { type: 'clientContent', clientContent: read.clientContent };
    if (read.realtimeInput) return { type: 'realtimeInput', realtimeInput: read.realtimeInput };
    if (read.toolResponse) return { type: 'toolResponse', toolResponse: read.toolResponse };
    return rejections.invalidArgument;
  } catch (error) {
    if (error instanceof InvalidPayload) return rejections.payload(error.message);
    throw error;
  }
}

export function isRejection(value: object): value is Rejection {
  return 'code' in value && 'reason' in value;
}

/** Protobuf's words for a second field of a one-of. */
function alreadySet(field: string): string {
  return `Invalid value (oneof), oneof field 'message_type' is already set. Cannot set '${field}'`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
