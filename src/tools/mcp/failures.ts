/**
 * What went wrong with a server: for the log, and for the model.
 */
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { ZodError } from 'zod';
import { ToolFailure } from '../define-tool.ts';
import type { Redact } from '../redact.ts';
import { foreignLine, foreignText } from './foreign-text.ts';

const LONGEST_REASON = 300;
const LONGEST_ANSWER = 1_000;

/** Whether the server itself has said that it will not, in which case it is there. */
export function isRefusal(error: unknown): error is McpError {
  return (
    error instanceof McpError && error.code !== ErrorCode.ConnectionClosed && error.code !== ErrorCode.RequestTimeout
  );
}

/** The end of a sentence for the log. Of what fetch throws the cause says more than the error. */
export function reasonOf(error: unknown, redact: Redact): string {
  if (!(error instanceof Error)) return foreignLine(redact(String(error)), LONGEST_REASON);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return foreignLine(redact(`${error.message}${cause}`), LONGEST_REASON);
}

/** A call that came to nothing, in words for the model. */
export function toToolFailure(error: unknown, cancelled: boolean, redact: Redact): ToolFailure {
  if (error instanceof ToolFailure) return error;
  if (cancelled) return new ToolFailure('it was cancelled');
  if (isRefusal(error)) return new ToolFailure(redact(foreignText(withoutCode(error), LONGEST_ANSWER)));
  if (error instanceof ZodError) return new ToolFailure('its server answered in a way that cannot be understood');
  if (error instanceof McpError && error.code === ErrorCode.RequestTimeout)
    return new ToolFailure('its server did not answer in time');
  return new ToolFailure('its server cannot be reached just now');
}

function withoutCode({ message }: McpError): string {
  return message.replace(/^MCP error -?\d+: /, '');
}
