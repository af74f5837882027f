/**
 * All tools of a server: page after page, bounded, and without those that cannot be understood or used.
 */
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { type Tool, ToolSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { Log } from '../../types/log.ts';
import { foreignLine } from './foreign-text.ts';

const LIST_MS = 10_000;
/** More than any conversation can use; a list that goes on after it is cut. */
const MOST_TOOLS = 128;
const MOST_PAGES = 32;

/** One tool that is wrong does not take the others with it. */
const PageSchema = z.object({ tools: z.array(z.unknown()), nextCursor: z.string().optional() });

/** @throws Error when the server does not answer */
export async function listTools(client: Client, log: Log): Promise<readonly Tool[]> {
  if (client.getServerCapabilities()?.tools === undefined) return [];
  const entries: unknown[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES && entries.length <= MOST_TOOLS; page++) {
    const params = cursor === undefined ? {} : { cursor };
    const { tools, nextCursor } = await client.request({ method: 'tools/list', params }, PageSchema, {
      timeout: LIST_MS,
    });
    entries.push(...tools);
    cursor = nextCursor;
    if (cursor === undefined) break;
  }
  if (cursor !== undefined || entries.length > MOST_TOOLS)
    log.warn({ most: MOST_TOOLS }, 'an MCP server has more tools than can be used; the rest is left out');
  return entries.slice(0, MOST_TOOLS).flatMap((entry) => readTool(entry, log));
}

function readTool(entry: unknown, log: Log): readonly Tool[] {
  const result = ToolSchema.safeParse(entry);
  if (!result.success) {
    log.warn(
      { problem: foreignLine(z.prettifyError(result.error), 300) },
      'a tool of an MCP server cannot be understood',
    );
    return [];
  }
  // Tools that are only ever done in the background are of no use to a conversation.
  return result.data.execution?.taskSupport === 'required' ? [] : [result.data];
}
