/**
 * An MCP server with the lights of the original guide: on, off, and how they are. Run over stdio.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const harmless = { readOnlyHint: false, destructiveHint: false };
const noArguments = { type: 'object' as const, properties: {} };
let lit = false;
let switched = 0;

const tools: Readonly<Record<string, () => string>> = {
  turn_on_the_lights() {
    lit = true;
    switched++;
    return 'The lights are on.';
  },
  turn_off_the_lights() {
    lit = false;
    switched++;
    return 'The lights are off.';
  },
  lights: () => JSON.stringify({ lit, switched }),
};

const server = new Server({ name: 'lights', version: '1.0.0' }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, () => ({
  tools: Object.keys(tools).map((name) => ({ name, inputSchema: noArguments, annotations: harmless })),
}));
server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
  const tool = tools[params.name];
  if (tool === undefined) throw new Error(`unknown tool: ${params.name}`);
  return { content: [{ type: 'text', text: tool() }] };
});
await server.connect(new StdioServerTransport());
