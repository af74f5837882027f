/**
 * What the model is told of a result. It hears and reads text: pictures, sounds and files are named, not handed on.
 */
import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/sdk/types.js';
import { ToolFailure } from '../define-tool.ts';
import type { Redact } from '../redact.ts';
import { foreignLine, foreignText } from './foreign-text.ts';
import { redactJson } from './redaction.ts';

/** An error is a sentence or two; the rest is a stack trace. */
const LONGEST_ERROR = 1_000;
/** Far more than is told to the model in the end, so that what is cut is cut, and said, in one place. */
const LONGEST_TEXT = 1_000_000;
const LONGEST_LABEL = 200;

/**
 * The structure where there is one, else the text.
 *
 * @throws ToolFailure when the server says that it failed
 */
export function readResult(result: CallToolResult, redact: Redact): unknown {
  const text = redact(foreignText(result.content.flatMap(textOf).join('\n'), LONGEST_TEXT));
  if (result.isError === true) {
    throw new ToolFailure(text === '' ? 'it failed and did not say why' : foreignText(text, LONGEST_ERROR));
  }
  const omitted = result.content.flatMap(labelOf).map(redact);
  const said = result.structuredContent === undefined ? text : redactJson(result.structuredContent, redact);
  if (omitted.length > 0) return { result: said, omitted };
  // An empty result makes the model call again (reference/live-api.md §6).
  return said === '' ? { status: 'done', message: 'It has no result to tell.' } : said;
}

function textOf(block: ContentBlock): readonly string[] {
  if (block.type === 'text') return [block.text];
  // Servers that read files hand them over like this.
  if (block.type === 'resource' && 'text' in block.resource) return [block.resource.text];
  return [];
}

/** What is left out, in words. */
function labelOf(block: ContentBlock): readonly string[] {
  switch (block.type) {
    case 'image':
    case 'audio':
      return [foreignLine(`${block.type} (${block.mimeType})`, LONGEST_LABEL)];
    case 'resource_link':
      return [foreignLine(`link to ${block.name}: ${block.uri}`, LONGEST_LABEL)];
    case 'resource':
      return 'text' in block.resource ? [] : [foreignLine(`file ${block.resource.uri}`, LONGEST_LABEL)];
    default:
      return [];
  }
}
