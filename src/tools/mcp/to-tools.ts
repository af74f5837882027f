/**
 * The tools of a server as tools of ours: off until somebody switches them on, and with a confirmation where they may destroy
 * something.
 */
import type { McpServerConfig } from '../../config/mcp-config.ts';
import type { Log } from '../../types/log.ts';
import { defineForeignTool, type Tool, type ToolTrouble } from '../define-tool.ts';
import type { ListedTool } from './connection.ts';
import { foreignText } from './foreign-text.ts';
import type { CallTool } from './tool-call.ts';
import { toolNames } from './tool-names.ts';

const LONGEST_DESCRIPTION = 1_024;

export interface ToToolsOptions {
  readonly config: Pick<McpServerConfig, 'name' | 'id' | 'alwaysAllow'>;
  /** Asked whenever it matters. */
  readonly trouble: () => ToolTrouble | null;
  readonly call: CallTool;
  /** For a call, ms. */
  readonly timeoutMs: number;
  readonly log: Log;
}

export function toTools(listed: readonly ListedTool[], options: ToToolsOptions): readonly Tool[] {
  const once = [...new Map(listed.map((tool) => [tool.name, tool])).values()];
  const names = toolNames(
    options.config.id,
    once.map(({ name }) => name),
  );
  const tools = once.flatMap((tool) => toTool(tool, names.get(tool.name) ?? '', options));
  // Only a server that sets out to do so can have two that are called the same.
  return tools.filter(({ name }, at) => tools.findIndex((other) => other.name === name) === at);
}

function toTool(listed: ListedTool, name: string, options: ToToolsOptions): readonly Tool[] {
  const { config, trouble, call, timeoutMs, log } = options;
  const needsConfirmation = mayDestroy(listed) && !config.alwaysAllow.includes(listed.name);
  try {
    const tool = defineForeignTool({
      name,
      description: describe(listed, config.name),
      source: { kind: 'mcp', server: config.name },
      audience: 'everybody',
      parameters: listed.inputSchema,
      deadlineMs: timeoutMs,
      unavailable: trouble,
      ...(needsConfirmation && { confirm: () => true }),
      run: (args, { signal }) => call(listed.name, args, { signal, timeoutMs }),
    });
    return [tool];
  } catch (error) {
    log.warn({ tool: name, err: error }, 'a tool of an MCP server cannot be used');
    return [];
  }
}

/**
 * What a server that says nothing is taken for (MCP specification, ToolAnnotations: a tool that is not read-only is destructive
 * unless it says that it is not).
 */
function mayDestroy({ annotations }: ListedTool): boolean {
  return annotations?.readOnlyHint !== true && annotations?.destructiveHint !== false;
}

function describe({ name, title, description, annotations }: ListedTool, server: string): string {
  const said = [description, title, annotations?.title].map((text) => foreignText(text ?? '', LONGEST_DESCRIPTION));
  return (
    said.find((text) => text !== '') ?? foreignText(`The tool ${name} of the server ${server}.`, LONGEST_DESCRIPTION)
  );
}
