/**
 * Tools of which a test says only what matters to it.
 */
import { z } from 'zod';
import {
  defineForeignTool,
  defineTool,
  type ForeignToolSpec,
  type Tool,
  type ToolSpec,
} from '../../src/tools/define-tool.ts';

export function someTool(spec: Partial<ToolSpec> = {}): Tool {
  return defineTool({
    name: 'some_tool',
    description: 'Does something.',
    args: z.object({}),
    defaultOn: true,
    audience: 'everybody',
    run: async () => 'done',
    ...spec,
  });
}

/** One of a server. */
export function foreignTool(spec: Partial<ForeignToolSpec> = {}): Tool {
  return defineForeignTool({
    name: 'far__tool',
    description: 'Does something elsewhere.',
    source: { kind: 'mcp', server: 'far' },
    parameters: { type: 'object' },
    audience: 'everybody',
    run: async (args) => args,
    ...spec,
  });
}
