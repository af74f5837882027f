/**
 * A server that does what `@modelcontextprotocol/server-everything` does not: tells its environment, hangs until it is cancelled,
 * crashes, speaks on the wrong stream, lists its tools in pages, one of them broken, and another one only when asked.
 */
import { spawn } from 'node:child_process';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const server = new Server({ name: 'probe', version: '1.0.0' }, { capabilities: { tools: { listChanged: true } } });
const noArguments = { type: 'object', properties: {} };
let cancelled = 0;
let hasGrown = false;

const text = (said: unknown) => ({ content: [{ type: 'text', text: JSON.stringify(said) }] });

const tools = {
  environment: () => text(process.env),
  identity: () => text({ pid: process.pid, cwd: process.cwd() }),
  cancelled: () => text(cancelled),
  hang: async (signal: AbortSignal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    cancelled++;
    return text('late');
  },
  crash: () => process.exit(3),
  noise: () => {
    process.stdout.write('this is no JSON\n');
    process.stderr.write('somebody said something private\n');
    return text('still here');
  },
  grow: async () => {
    hasGrown = true;
    await server.sendToolListChanged();
    return text('grown');
  },
  fail: () => {
    throw new Error('It did not work.');
  },
  'huge.answer': () => text('x'.repeat(900_000)),
} as const satisfies Record<string, (signal: AbortSignal) => unknown>;

server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
  const names = [...Object.keys(tools), ...(hasGrown ? ['extra'] : [])];
  const page = Number(params?.cursor ?? 0);
  const entries: object[] = names.slice(4 * page, 4 * page + 4).map((name) => ({ name, inputSchema: noArguments }));
  if (page === 0) entries.push({ name: 'broken' });
  const isLast = 4 * page + 4 >= names.length;
  // The SDK would not let a broken tool pass, were it not for the assertion.
  return { tools: entries as never, ...(!isLast && { nextCursor: String(page + 1) }) };
});
server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
  const tool = Object.entries(tools).find(([name]) => name === params.name)?.[1];
  if (tool === undefined) throw new Error(`unknown tool: ${params.name}`);
  return (await tool(signal)) as ReturnType<typeof text>;
});

process.stderr.write('the probe starts\n');
if (process.argv.includes('--stubborn')) {
  // Neither the end of its input nor a request to go ends it, and it has a child that holds its streams.
  process.on('SIGTERM', () => undefined);
  setInterval(() => undefined, 60_000);
  spawn('sleep', ['3600'], { stdio: 'inherit' });
}
await server.connect(new StdioServerTransport());
