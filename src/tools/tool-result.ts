/**
 * What a handler answered, as the model gets it: plain JSON, small enough, without secrets; and what it threw, in words.
 */
import type { ToolOutcome } from '../types/tools.ts';
import { ToolFailure } from './define-tool.ts';
import type { Redact } from './redact.ts';

/** As JSON. Each byte stays in the context, and is paid for with every turn that follows. */
export const MOST_RESULT_BYTES = 16 * 1024;
/** A sentence or two. */
const ERROR_LENGTH = 500;

/** An empty result makes the model call again (reference/live-api.md §6). */
const DONE = { status: 'done' };
/** Half a character, which the service does not take; nothing else is written like this by `JSON.stringify`. */
const LONE_SURROGATE = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

export interface ToolResult {
  readonly outcome: ToolOutcome;
  readonly truncated: boolean;
}

/** @param value anything that a handler may have answered */
export function resultOf(value: unknown, redact: Redact): ToolResult {
  const json = jsonOf(value ?? DONE);
  const plain = json && parsed(redact(json));
  if (!plain) return { outcome: { error: 'the result cannot be read' }, truncated: false };
  const text = JSON.stringify(plain.value);
  if (Buffer.byteLength(text) <= MOST_RESULT_BYTES) return { outcome: { output: plain.value }, truncated: false };
  return { outcome: { output: beginningOf(typeof plain.value === 'string' ? plain.value : text) }, truncated: true };
}

/** What was thrown, in words: those of a `ToolFailure` are meant for the model, any others may tell of the inside. */
export function failureOf(error: unknown, redact: Redact): ToolOutcome {
  if (!(error instanceof ToolFailure)) return { error: 'it failed, for a reason that it did not give' };
  const line = redact(error.message).replace(/\s+/g, ' ').trim();
  return { error: line.slice(0, ERROR_LENGTH).toWellFormed() };
}

function jsonOf(value: unknown): string | null {
  try {
    const json: string | undefined = JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'bigint' ? String(inner) : inner,
    );
    return (json ?? JSON.stringify(DONE)).replace(LONE_SURROGATE, '$1\ufffd');
  } catch {
    // It leads to itself, or throws when it is looked at.
    return null;
  }
}

/** Null for JSON of which a number was taken for a secret. */
function parsed(json: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(json) };
  } catch {
    return null;
  }
}

function beginningOf(text: string): unknown {
  const bytes = Buffer.byteLength(text);
  const note = `The result is ${bytes} bytes long. Only its beginning is here; ask for less to see the rest.`;
  const cutTo = (length: number) => ({ truncated: true, note, beginning: text.slice(0, length).toWellFormed() });
  let [fits, tooLong] = [0, MOST_RESULT_BYTES];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (Buffer.byteLength(JSON.stringify(cutTo(middle))) <= MOST_RESULT_BYTES) fits = middle;
    else tooLong = middle;
  }
  return cutTo(fits);
}
