/**
 * Calls a tool of a server, and tells the server when nobody waits any more.
 */
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Redact } from '../redact.ts';
import { isRefusal, toToolFailure } from './failures.ts';
import { readResult } from './tool-result.ts';

export interface CallOptions {
  readonly signal: AbortSignal;
  /** After that nobody waits, as when the signal is aborted. */
  readonly timeoutMs: number;
}

/**
 * @param name what the server calls it
 * @returns plain JSON that says something
 * @throws ToolFailure whatever goes wrong
 */
export type CallTool = (
  name: string,
  args: Readonly<Record<string, unknown>>,
  options: CallOptions,
) => Promise<unknown>;

export interface ToolCallOptions {
  readonly client: Client;
  readonly redact: Redact;
  /** The server may be gone. */
  readonly onTrouble: () => void;
}

export function createToolCall({ client, redact, onTrouble }: ToolCallOptions): CallTool {
  return async (name, args, { signal, timeoutMs }) => {
    // The SDK never takes its listener off a signal, and would report calls that are long over as cancelled.
    const calling = new AbortController();
    const cancel = (): void => calling.abort('nobody waits for it any more');
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      const request = { method: 'tools/call', params: { name, arguments: { ...args } } } as const;
      const result = await client.request(request, CallToolResultSchema, {
        signal: calling.signal,
        timeout: timeoutMs,
      });
      return readResult(result, redact);
    } catch (error) {
      const failure = toToolFailure(error, signal.aborted, redact);
      const hasAnswered = failure === error || isRefusal(error);
      if (!hasAnswered && !signal.aborted) onTrouble();
      throw failure;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
}
